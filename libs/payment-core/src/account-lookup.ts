import type { PaymentProvider } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import type { Attempt } from './payment.js';
import type { Account } from './stores/config.store.js';

/** The provider as the attempt knew it: pinned to the account version that made it. */
export async function providerOf(core: CoreContext, attempt: Attempt): Promise<PaymentProvider> {
  const account = await core.stores.config.findAccount(attempt.accountId, attempt.accountVersion);
  if (account === undefined) throw new Error(`Account ${attempt.accountId} version ${attempt.accountVersion} is gone.`);
  return core.providers.connect(account);
}

/** The app's account for new attempts at a provider: the oldest by name, its newest version. */
export async function accountFor(core: CoreContext, app: string, provider: string): Promise<Account | undefined> {
  const accounts = await core.stores.config.listAccounts(app);
  return accounts.filter((account) => account.provider === provider).toSorted((a, b) => (a.ref < b.ref ? -1 : 1))[0];
}
