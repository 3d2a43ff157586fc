import type { CoreContext } from '../core-context.js';
import { conflict, invalid, notFound } from '../problem.js';
import type { StatementAccount } from '../stores/reconciliation.store.js';
import { beginningOf, dayAt, isDay, type BeijingDay } from './beijing-day.js';
import { hasStatements } from './schedule-reconciliations.js';

export interface DayOfProvider {
  readonly app: string;
  readonly provider: string;
  /** The provider's own calendar day, in Beijing. */
  readonly date: string;
}

/**
 * The accounts whose statements make up an app's day at a provider.
 * @throws PaymentProblem `invalid_request` (no day, or one that is not over), `not_found`, `statements_unsupported`
 */
export async function accountsOfDay(
  core: CoreContext,
  { app, provider, date }: DayOfProvider,
): Promise<readonly StatementAccount[]> {
  expectPastDay(date, dayAt(core.clock.now()));
  const activeSince = beginningOf(date);
  const accounts = await core.stores.reconciliations.listAccounts({ app, provider, activeSince });
  if (accounts.length === 0) throw notFound(`account of ${app} at ${provider}`);
  const billed: StatementAccount[] = [];
  for (const { id } of accounts) {
    const account = { id, app, provider };
    if (await hasStatements(core, account)) billed.push(account);
  }
  if (billed.length === 0) throw conflict('statements_unsupported', `${provider} gives no statements of trades.`);
  return billed;
}

function expectPastDay(date: string, today: BeijingDay): void {
  if (!isDay(date)) throw invalid('date', 'must be a day in Beijing, such as 2026-11-22.');
  if (date >= today) throw invalid('date', `must be over: in Beijing it is ${today}.`);
}

/**
 * Makes an app's day at a provider due at once, on every account that it has there; a worker takes it from here.
 * @returns true when no account's day had been there before
 * @throws PaymentProblem as `accountsOfDay`; `reconciliation_running` while somebody works on it
 */
export async function requestReconciliation(core: CoreContext, wanted: DayOfProvider): Promise<boolean> {
  const accounts = await accountsOfDay(core, wanted);
  const { reconciliations } = core.stores;
  const known = await reconciliations.find(wanted.app, wanted.provider, wanted.date);
  const requested = await Promise.all(
    accounts.map((account) => reconciliations.request(account, wanted.date, core.clock.now())),
  );
  if (requested.includes(true)) return known.length === 0;
  throw conflict('reconciliation_running', `${wanted.date} is being reconciled right now; look again in a moment.`);
}
