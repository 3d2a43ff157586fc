import { ProviderError, type Bills } from '@hutong/payment-port';
import type { CoreContext } from '../core-context.js';
import { conflict } from '../problem.js';
import type { StatementAccount, RunEnd } from '../stores/reconciliation.store.js';
import { LostRun } from '../stores/reconciliation.store.js';
import { settleDifferences } from './act-on-difference.js';
import type { BeijingDay } from './beijing-day.js';
import { compareOurs, compareTheirs } from './compare.js';
import type { ReconciliationRun } from './reconciliation.js';
import { GRACE_MS, LEASE_MS, nextTry, nextVisit } from './reconciliation-plan.js';
import { stageStatement } from './stage-statement.js';

/**
 * Holds one day of one account against the provider's statement, and does what follows from each difference. The statement
 * is read to its end before a line of it is believed; until the run has ended the day has no new result, and a run that
 * breaks off leaves none.
 * @throws PaymentProblem `reconciliation_running` while somebody else works on that day
 */
export async function reconcileDay(
  core: CoreContext,
  { account, date }: { readonly account: StatementAccount; readonly date: BeijingDay },
): Promise<void> {
  const run = await core.stores.reconciliations.begin(account, date, core.clock.now(), LEASE_MS);
  if (run === undefined)
    throw conflict('reconciliation_running', `${date} is being reconciled right now; look again in a moment.`);
  await runReconciliation(core, run);
}

/**
 * Takes one day that is due and reconciles it. Once `signal` says stop, the run breaks off at its next batch, and the day
 * is due for whoever comes next.
 * @returns false when none was due
 */
export async function reconcileDue(core: CoreContext, signal?: AbortSignal): Promise<boolean> {
  const run = await core.stores.reconciliations.claimDue(core.clock.now(), LEASE_MS);
  if (run === undefined) return false;
  await runReconciliation(core, { ...run, ...(signal && { signal }) });
  return true;
}

async function runReconciliation(core: CoreContext, run: ReconciliationRun): Promise<void> {
  const { reconciliations } = core.stores;
  try {
    const end = await endOf(core, run);
    await (end === 'stopped' ? reconciliations.letGo(run) : reconciliations.finish(run, end));
  } catch (error) {
    if (!(error instanceof LostRun)) throw error;
    core.report(error, { doing: 'reconcile', account_id: run.accountId, date: run.date });
  }
}

/** Whatever goes wrong ends in a status that says so: never in a result. */
async function endOf(core: CoreContext, run: ReconciliationRun): Promise<RunEnd | 'stopped'> {
  try {
    return await attempt(core, run);
  } catch (error) {
    if (error instanceof LostRun) throw error;
    if (run.signal?.aborted) return 'stopped';
    core.report(error, { doing: 'reconcile', account_id: run.accountId, provider: run.provider, date: run.date });
    const now = core.clock.now();
    return { status: 'failed', at: now, code: codeOf(error), ...nextTry(run, now) };
  }
}

async function attempt(core: CoreContext, run: ReconciliationRun): Promise<RunEnd> {
  const bill = await (await billsOf(core, run)).download({ date: run.date, kind: 'trades' });
  const now = core.clock.now();
  if (bill.status === 'not_ready') return { status: 'not_ready', at: now, ...nextTry(run, now) };
  const { reconciliations } = core.stores;
  if (bill.status === 'ready') await stageStatement(reconciliations, run, bill.lines);
  const moment = { date: run.date, now, graceMs: GRACE_MS };
  const statement = await reconciliations.sumStaged(run);
  await reconciliations.unmark(run);
  const book = await compareTheirs(reconciliations, run, moment);
  const waiting = await compareOurs(reconciliations, run, moment);
  const tally = book.heldAgainst(statement);
  const unanswered = await settleDifferences(core, run);
  const inFlight = tally.in_flight.payments.count + tally.in_flight.refunds.count;
  const at = core.clock.now();
  return { status: 'ready', at, tally, waiting, ...nextVisit(run, at, { unanswered, inFlight, waiting }) };
}

/** By the account's newest keys. @throws Error where the wire has no statements */
async function billsOf(core: CoreContext, { accountId, provider }: ReconciliationRun): Promise<Bills> {
  const [newest] = await core.stores.config.findAccountVersions(accountId);
  const bills = newest && core.providers.connect(newest).bills;
  if (bills?.kinds.includes('trades')) return bills;
  throw new Error(`${provider} has no statements of trades.`);
}

/** Why, in a word that may be shown: the provider's error class, with the reason where it said no. */
function codeOf(error: unknown): string {
  if (!(error instanceof ProviderError)) return 'failed_here';
  const reason = 'reason' in error ? `:${String(error.reason)}` : '';
  return `${error.name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()}${reason}`;
}
