import type { CoreContext } from '../core-context.js';
import type { ListedAccount, StatementAccount } from '../stores/reconciliation.store.js';
import { beginningOf, dayAt, daysAfter, daysFrom } from './beijing-day.js';
import { CATCH_UP_DAYS, dueAtOf, MAX_CATCH_UP_DAYS, newestDueDay } from './reconciliation-plan.js';

/**
 * Makes every day due whose statement should be there: the day before, from half past ten in Beijing on, and, after a time
 * without a worker, the days that were missed. Days that are there already stay as they are.
 * @param catchUpDays how many days back to look, 1 to 90
 * @returns how many days were added
 */
export async function scheduleReconciliations(core: CoreContext, catchUpDays = CATCH_UP_DAYS): Promise<number> {
  const newest = newestDueDay(core.clock.now());
  const oldest = daysAfter(newest, 1 - Math.min(Math.max(catchUpDays, 1), MAX_CATCH_UP_DAYS));
  const accounts = await core.stores.reconciliations.listAccounts({ activeSince: beginningOf(oldest) });
  const billed: ListedAccount[] = [];
  for (const account of accounts) if (await hasStatements(core, account)) billed.push(account);
  const days = billed.flatMap(({ createdAt, ...account }) =>
    daysFrom(laterOf(oldest, dayAt(createdAt)), newest).map((date) => ({ ...account, date, dueAt: dueAtOf(date) })),
  );
  return core.stores.reconciliations.schedule(days);
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

/** False, and reported, where the stored settings no longer connect: that account's other work reports it too. */
export async function hasStatements(core: CoreContext, { id, provider }: StatementAccount): Promise<boolean> {
  try {
    const [newest] = await core.stores.config.findAccountVersions(id);
    return newest !== undefined && core.providers.connect(newest).bills?.kinds.includes('trades') === true;
  } catch (error) {
    core.report(error, { doing: 'look for statements', account_id: id, provider });
    return false;
  }
}
