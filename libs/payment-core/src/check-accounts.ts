import { InvalidAccountConfig, NotReached, Rejected, UntrustedMessage, type AccountCheck } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import { newId } from './ids.js';
import { notFound } from './problem.js';
import type { Account } from './stores/config.store.js';

/** An account and everything that was looked at. */
export interface AccountReport {
  readonly app: string;
  readonly provider: string;
  readonly ref: string;
  readonly version: number;
  readonly checks: readonly AccountCheck[];
}

type Core = Pick<CoreContext, 'stores' | 'providers' | 'notifyUrl'>;

/**
 * Looks at the newest version of each account of an app: its settings, what its provider says about them, and one signed
 * query about an order that nobody placed. Changes nothing anywhere.
 * @throws PaymentProblem not_found without such an app
 */
export async function checkAccounts(core: Core, app: string): Promise<readonly AccountReport[]> {
  if ((await core.stores.config.findApp(app)) === undefined) throw notFound('app');
  const accounts = await core.stores.config.listAccounts(app);
  return Promise.all(accounts.map((account) => reportOn(core, account)));
}

async function reportOn(core: Core, account: Account): Promise<AccountReport> {
  const { app, provider, ref, version } = account;
  const settings = settingsCheck(core, account);
  const examined = core.providers.examine(account, core.notifyUrl(provider, account.id));
  const query = settings.ok ? [await queryCheck(core, account)] : [];
  return { app, provider, ref, version, checks: [settings, ...examined, ...query] };
}

function settingsCheck({ providers }: Core, account: Account): AccountCheck {
  const name = 'settings';
  const definition = providers.definition(account.provider);
  if (definition === undefined) {
    return {
      name,
      ok: false,
      says: `${account.provider} is not part of this application`,
      try: 'Install its provider.',
    };
  }
  try {
    definition.readSettings(account.settings);
    return { name, ok: true, says: 'every field fits' };
  } catch (error) {
    if (!(error instanceof InvalidAccountConfig)) throw error;
    return { name, ok: false, says: error.message, try: 'Correct the fields, and seed the app again.' };
  }
}

/** `not_found` is what a wallet that believes our signature says, and whose answer we believe. */
async function queryCheck({ providers }: Core, account: Account): Promise<AccountCheck> {
  const name = 'signed query';
  try {
    const { state } = await providers.connect(account).payments.query(newId('att'));
    if (state === 'not_found') return { name, ok: true, says: 'the signature holds in both directions' };
    return {
      name,
      ok: false,
      says: `an order that nobody placed is ${state}`,
      try: 'Look at what answers at its address.',
    };
  } catch (error) {
    return { name, ok: false, ...queryTrouble(error) };
  }
}

function queryTrouble(error: unknown): Pick<AccountCheck, 'says' | 'try'> {
  const says = error instanceof Error ? error.message : String(error);
  if (error instanceof Rejected) {
    return { says: `${says} [${error.code}]`, try: 'Compare number, serial number and private key with the console.' };
  }
  if (error instanceof NotReached)
    return { says, try: 'Check the network, the proxy and the address in the settings.' };
  if (error instanceof UntrustedMessage) {
    return { says, try: 'Save the answer with its headers, and give it to `hutong doctor <file>`.' };
  }
  return { says, try: 'Try again; if it stays, ask the provider with the time of this call.' };
}
