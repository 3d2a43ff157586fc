import type { PaymentProvider } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import type { WalletAttempt } from './payment.js';
import type { Account } from './stores/config.store.js';

/** The provider as the attempt knew it: pinned to the account version that made it. */
export async function providerOf(core: CoreContext, attempt: WalletAttempt): Promise<PaymentProvider> {
  const account = await core.stores.config.findAccount(attempt.accountId, attempt.accountVersion);
  if (account === undefined) throw new Error(`Account ${attempt.accountId} version ${attempt.accountVersion} is gone.`);
  return core.providers.connect(account);
}

/** The app's account for new attempts at a provider: the oldest by name, its newest version. */
export async function accountFor(core: CoreContext, app: string, provider: string): Promise<Account | undefined> {
  return oldestByName(await core.stores.config.listAccounts(app)).get(provider);
}

/** The account of each provider that new attempts are made with. */
export interface AccountsInUse {
  readonly byProvider: ReadonlyMap<string, Account>;
  readonly providers: readonly string[];
}

/** Answers of lists that are in use, so that a list is sorted once however many checkouts go by it. */
const inUse = new WeakMap<readonly Account[], AccountsInUse>();

/** Of the same list always the same answer. */
export function accountsInUse(accounts: readonly Account[]): AccountsInUse {
  const known = inUse.get(accounts);
  if (known !== undefined) return known;
  const backwards = accounts.toSorted((a, b) => (a.ref < b.ref ? 1 : -1));
  const byProvider = new Map(backwards.map((account) => [account.provider, account]));
  const answer = { byProvider, providers: [...byProvider.keys()] };
  inUse.set(accounts, answer);
  return answer;
}

/** The account of each provider that new attempts are made with. */
export function oldestByName(accounts: readonly Account[]): ReadonlyMap<string, Account> {
  return accountsInUse(accounts).byProvider;
}
