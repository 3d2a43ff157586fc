import type { CoreContext } from '../core-context.js';
import { invalid, notFound } from '../problem.js';
import { isDay, type BeijingDay } from './beijing-day.js';
import type { Reconciliation } from './reconciliation.js';
import {
  differenceDocument,
  reconciliationDocument,
  type ReconciliationDocument,
  type ReconciliationReport,
} from './reconciliation-document.js';
import type { DayOfProvider } from './request-reconciliation.js';

export interface Page {
  /** The id of the last difference that was seen; empty: from the first. */
  readonly after?: string;
  readonly limit?: number;
}

/** How many differences an answer carries at most. */
export const MAX_DIFFERENCES = 500;

/** An app's day at a provider, with a page of its differences. @throws PaymentProblem not_found, invalid_request */
export async function showReconciliation(
  core: CoreContext,
  { app, provider, date }: DayOfProvider,
  { after = '', limit = MAX_DIFFERENCES }: Page = {},
): Promise<ReconciliationReport> {
  if (!isDay(date)) throw invalid('date', 'must be a day in Beijing, such as 2026-11-22.');
  const { reconciliations } = core.stores;
  const accounts = await reconciliations.find(app, provider, date);
  if (accounts.length === 0) throw notFound(`reconciliation of ${provider} on ${date}`);
  const accountIds = accounts.map(({ accountId }) => accountId);
  const document = reconciliationDocument(accounts, await reconciliations.countDifferences(accountIds, date, date));
  if (document.status !== 'ready') return { ...document, differences: [], has_more: false };
  const page = await reconciliations.listDifferences({ accountIds, date, after, limit: limit + 1 });
  const runs = new Map(accounts.map(({ accountId, run }) => [accountId, run]));
  return {
    ...document,
    differences: page.slice(0, limit).map((it) => differenceDocument(it, runs.get(it.accountId))),
    has_more: page.length > limit,
  };
}

/** An app's days, newest first, without their differences. */
export async function listReconciliations(
  core: CoreContext,
  query: { readonly app: string; readonly provider?: string; readonly from: BeijingDay; readonly until: BeijingDay },
): Promise<readonly ReconciliationDocument[]> {
  const { reconciliations } = core.stores;
  const rows = await reconciliations.list(query);
  const accountIds = [...new Set(rows.map(({ accountId }) => accountId))];
  const counts = await reconciliations.countDifferences(accountIds, query.from, query.until);
  return daysOf(rows).map((accounts) =>
    reconciliationDocument(
      accounts,
      counts.filter((it) => accounts.some((row) => row.accountId === it.accountId && row.date === it.date)),
    ),
  );
}

function daysOf(rows: readonly Reconciliation[]): readonly (readonly Reconciliation[])[] {
  return Object.values(Object.groupBy(rows, ({ date, provider }) => `${date} ${provider}`)).map((day) => day ?? []);
}
