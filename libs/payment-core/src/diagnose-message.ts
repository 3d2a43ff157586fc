import type { Diagnosis, FailingMessage } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import { conflict, notFound } from './problem.js';

/** Which account a message is held against. */
export interface AccountQuestion {
  readonly app: string;
  readonly provider: string;
  /** The seed's name of the account; the first by name where it is not said. */
  readonly ref?: string;
  /** When the message failed; now where it is not said. */
  readonly at?: Date;
}

/**
 * Says which known cause fits a message that did not verify, with the keys of the account's newest version.
 * @throws PaymentProblem not_found without such an account, conflict where the provider can't diagnose
 */
export async function diagnoseMessage(
  { stores, providers }: Pick<CoreContext, 'stores' | 'providers'>,
  { app, provider, ref, at }: AccountQuestion,
  message: FailingMessage,
): Promise<Diagnosis> {
  const accounts = (await stores.config.listAccounts(app)).filter((account) => account.provider === provider);
  const [account] = accounts
    .filter((one) => ref === undefined || one.ref === ref)
    .toSorted((a, b) => (a.ref < b.ref ? -1 : 1));
  if (account === undefined) throw notFound('account');
  const diagnosis = providers.diagnose(account, message, at);
  if (diagnosis === undefined)
    throw conflict('not_diagnosable', `Nobody has written down the mistakes of ${provider}.`);
  return diagnosis;
}
