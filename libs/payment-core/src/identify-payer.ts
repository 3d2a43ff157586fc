import type { PayerIdentity, SignIn } from '@hutong/payment-port';
import { accountFor } from './account-lookup.js';
import type { CoreContext } from './core-context.js';
import { conflict } from './problem.js';

/** Whose account at which wallet asks who the payer is. */
export interface IdentityOf {
  readonly app: string;
  readonly provider: string;
}

/**
 * The address that sends a browser inside the wallet to its sign-in and back; undefined when the account can't ask, and the
 * payer's id at the wallet has to come from elsewhere or another option be offered.
 */
export async function payerSignInUrl(
  core: CoreContext,
  { returnUrl, state, ...of }: IdentityOf & SignIn,
): Promise<string | undefined> {
  return (await identityOf(core, of))?.authorizeUrl({ returnUrl, state });
}

/**
 * The payer's id at the wallet, for the code that came back from its sign-in.
 * @throws PaymentProblem `identity_unsupported`; Rejected, NotReached or OutcomeUnknown as the port's `PayerIdentity` says
 */
export async function payerFromCode(
  core: CoreContext,
  { code, ...of }: IdentityOf & { readonly code: string },
): Promise<string> {
  const identity = await identityOf(core, of);
  if (identity === undefined)
    throw conflict('identity_unsupported', `The account at ${of.provider} cannot tell who the payer is.`);
  return identity.payerOf(code);
}

async function identityOf(core: CoreContext, { app, provider }: IdentityOf): Promise<PayerIdentity | undefined> {
  const account = await accountFor(core, app, provider);
  return account && core.providers.connect(account).identity;
}
