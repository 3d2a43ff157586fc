import type {
  AppEvent,
  BeijingDay,
  ComparedLine,
  Difference,
  DifferenceCount,
  ListedAccount,
  NewEvent,
  Reconciliation,
  ReconciliationRun,
  ReconciliationStore,
  Resolution,
  RunEnd,
  StagedLine,
  StatementAccount,
  Sums,
  Unbilled,
} from '@hutong/payment-core';
import { addDifferences, countDifferences, reviewDifference } from './difference-writes.js';
import type { PrismaClient } from './generated/client.js';
import { beginDay, claimDay, finishRun, renewRun, requestDay } from './reconciliation-runs.sql.js';
import { differenceOf, reconciliationOf } from './reconciliation.rows.js';
import {
  analyzeLines,
  compareAfter,
  dropLines,
  mark,
  stageLines,
  sumStaged,
  unbilled,
  unmark,
} from './statement-lines.sql.js';

type Day = Pick<ReconciliationRun, 'accountId' | 'date'>;

/** Days, their runs and their differences: reads are here, what locks or joins is in SQL of its own. */
export class ReconciliationStoreOnPrisma implements ReconciliationStore {
  constructor(private readonly client: PrismaClient) {}

  listAccounts({
    activeSince,
    ...of
  }: Parameters<ReconciliationStore['listAccounts']>[0]): Promise<readonly ListedAccount[]> {
    return this.client.account.findMany({
      where: { ...of, OR: [{ retiredAt: null }, { retiredAt: { gte: activeSince } }] },
      select: { id: true, app: true, provider: true, createdAt: true },
      orderBy: { id: 'asc' },
    });
  }

  async schedule(days: Parameters<ReconciliationStore['schedule']>[0]): Promise<number> {
    const data = days.map(({ id: accountId, ...day }) => ({ ...day, accountId, status: 'not_ready' }));
    return (await this.client.reconciliation.createMany({ data, skipDuplicates: true })).count;
  }

  request(account: StatementAccount, date: BeijingDay, now: Date): Promise<boolean> {
    return requestDay(this.client, account, date, now);
  }

  async begin(account: StatementAccount, date: BeijingDay, now: Date, leaseMs: number) {
    return this.clean(await beginDay(this.client, account, date, now, leaseMs));
  }

  async claimDue(now: Date, leaseMs: number): Promise<ReconciliationRun | undefined> {
    return this.clean(await claimDay(this.client, now, leaseMs));
  }

  /** What a run before this one left when it broke off is nobody's. */
  private async clean(run: ReconciliationRun | undefined): Promise<ReconciliationRun | undefined> {
    if (run !== undefined) await dropLines(this.client, run);
    return run;
  }

  renew(run: ReconciliationRun, leaseMs: number): Promise<void> {
    return renewRun(this.client, run, leaseMs);
  }

  letGo(run: ReconciliationRun): Promise<void> {
    return renewRun(this.client, run, 0);
  }

  async finish(run: ReconciliationRun, end: RunEnd): Promise<void> {
    await dropLines(this.client, run);
    await finishRun(this.client, run, end);
  }

  stage(run: ReconciliationRun, lines: readonly StagedLine[]): Promise<void> {
    return stageLines(this.client, run, lines);
  }

  async sumStaged(run: ReconciliationRun): Promise<Sums> {
    await analyzeLines(this.client);
    return sumStaged(this.client, run);
  }

  compareAfter(run: ReconciliationRun, position: number, limit: number): Promise<readonly ComparedLine[]> {
    return compareAfter(this.client, run, position, limit);
  }

  unmark(day: Day): Promise<void> {
    return unmark(this.client, day);
  }

  mark(day: Day, subjectIds: readonly string[]): Promise<void> {
    return mark(this.client, day, subjectIds);
  }

  unbilled(...wanted: Parameters<ReconciliationStore['unbilled']>): Promise<readonly Unbilled[]> {
    return unbilled(this.client, ...wanted);
  }

  async readyDays(accountId: string, from: BeijingDay, until: BeijingDay): Promise<ReadonlySet<BeijingDay>> {
    const where = { accountId, date: { gte: from, lte: until }, status: 'ready' };
    const rows = await this.client.reconciliation.findMany({ where, select: { date: true } });
    return new Set(rows.map(({ date }) => date));
  }

  addDifferences(run: ReconciliationRun, differences: readonly Difference[]): Promise<void> {
    return addDifferences(this.client, run, differences);
  }

  async openDifferences({ accountId, date, run }: ReconciliationRun, after: string, limit: number) {
    const rows = await this.client.reconciliationDifference.findMany({
      where: { accountId, date, run, id: { gt: after }, OR: [{ resolution: null }, { resolution: 'unanswered' }] },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(differenceOf);
  }

  async resolve(id: string, resolution: Resolution, at: Date): Promise<void> {
    await this.client.reconciliationDifference.updateMany({
      where: { id, OR: [{ resolution: null }, { resolution: 'unanswered' }] },
      data: { resolution, resolvedAt: resolution === 'unanswered' ? null : at },
    });
  }

  review(id: string, event: NewEvent | AppEvent, at: Date): Promise<boolean> {
    return reviewDifference(this.client, id, event, at);
  }

  async find(app: string, provider: string, date: BeijingDay): Promise<readonly Reconciliation[]> {
    const rows = await this.client.reconciliation.findMany({
      where: { app, provider, date },
      orderBy: { accountId: 'asc' },
    });
    return rows.map(reconciliationOf);
  }

  async list({ app, provider, from, until }: Parameters<ReconciliationStore['list']>[0]) {
    const rows = await this.client.reconciliation.findMany({
      where: { app, ...(provider !== undefined && { provider }), date: { gte: from, lte: until } },
      orderBy: [{ date: 'desc' }, { provider: 'asc' }, { accountId: 'asc' }],
    });
    return rows.map(reconciliationOf);
  }

  async listDifferences({ accountIds, date, after, limit }: Parameters<ReconciliationStore['listDifferences']>[0]) {
    const rows = await this.client.reconciliationDifference.findMany({
      where: { accountId: { in: [...accountIds] }, date, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(differenceOf);
  }

  countDifferences(
    accountIds: readonly string[],
    from: BeijingDay,
    until: BeijingDay,
  ): Promise<readonly DifferenceCount[]> {
    return countDifferences(this.client, accountIds, from, until);
  }
}
