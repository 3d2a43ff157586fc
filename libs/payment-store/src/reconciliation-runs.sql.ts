import {
  LostRun,
  type BeijingDay,
  type ReconciliationRun,
  type RunEnd,
  type StatementAccount,
} from '@hutong/payment-core';
import { tallyRow } from './reconciliation.rows.js';
import type { PrismaClient } from './generated/client.js';
import { atomically, type Tx } from './transaction.js';

interface RunRow {
  readonly account_id: string;
  readonly date: BeijingDay;
  readonly app: string;
  readonly provider: string;
  readonly run: number;
  readonly tries: number;
}

/** Adds the day as due now, or makes it due; nothing while somebody works on it. */
export async function requestDay(
  client: PrismaClient,
  { id, app, provider }: StatementAccount,
  date: BeijingDay,
  now: Date,
): Promise<boolean> {
  const changed = await client.$executeRaw`
    INSERT INTO reconciliations (account_id, date, app, provider, status, due_at)
    VALUES (${id}, ${date}, ${app}, ${provider}, 'running', ${now}::timestamptz)
    ON CONFLICT (account_id, date) DO UPDATE SET status = 'running', due_at = EXCLUDED.due_at, leased_until = clock_timestamp(), tries = 0
    WHERE reconciliations.status <> 'running' OR reconciliations.leased_until < clock_timestamp()`;
  return changed > 0;
}

/** The next run of one day; undefined while somebody works on it. */
export async function beginDay(
  client: PrismaClient,
  { id, app, provider }: StatementAccount,
  date: BeijingDay,
  now: Date,
  leaseMs: number,
): Promise<ReconciliationRun | undefined> {
  const [row] = await client.$queryRaw<RunRow[]>`
    INSERT INTO reconciliations (account_id, date, app, provider, status, run, started_at, leased_until, due_at)
    VALUES (
      ${id}, ${date}, ${app}, ${provider}, 'running', 1, ${now}::timestamptz,
      clock_timestamp() + make_interval(secs => ${leaseMs / 1_000}::float8), ${now}::timestamptz
    )
    ON CONFLICT (account_id, date) DO UPDATE SET
      status = 'running', run = reconciliations.run + 1, started_at = EXCLUDED.started_at,
      leased_until = EXCLUDED.leased_until, due_at = EXCLUDED.due_at
    WHERE reconciliations.status <> 'running' OR reconciliations.leased_until < clock_timestamp()
    RETURNING account_id, date, app, provider, run, tries`;
  return row === undefined ? undefined : runOf(row);
}

/** The next run of a day that is due: whoever held it has finished, or has been gone for a lease. */
export async function claimDay(
  client: PrismaClient,
  now: Date,
  leaseMs: number,
): Promise<ReconciliationRun | undefined> {
  const [row] = await client.$queryRaw<RunRow[]>`
    WITH due AS (
      SELECT account_id, date FROM reconciliations
      WHERE due_at <= ${now}::timestamptz AND (status <> 'running' OR leased_until < clock_timestamp())
      ORDER BY date, account_id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE reconciliations SET
      status = 'running', run = reconciliations.run + 1, started_at = ${now}::timestamptz,
      leased_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000}::float8)
    FROM due
    WHERE reconciliations.account_id = due.account_id AND reconciliations.date = due.date
    RETURNING reconciliations.account_id, reconciliations.date, app, provider, run, tries`;
  return row === undefined ? undefined : runOf(row);
}

/** @throws LostRun */
export async function renewRun(client: PrismaClient, run: ReconciliationRun, leaseMs: number): Promise<void> {
  const held = await client.$executeRaw`
    UPDATE reconciliations SET leased_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000}::float8)
    WHERE account_id = ${run.accountId} AND date = ${run.date} AND run = ${run.run}::int AND status = 'running'`;
  if (held === 0) throw new LostRun(run);
}

/** @throws LostRun */
export function finishRun(client: PrismaClient, run: ReconciliationRun, end: RunEnd): Promise<void> {
  return atomically(client, (tx) => finish(tx, run, end));
}

async function finish(tx: Tx, run: ReconciliationRun, end: RunEnd): Promise<void> {
  const { accountId, date } = run;
  const ready = end.status === 'ready';
  const { count } = await tx.reconciliation.updateMany({
    where: { accountId, date, run: run.run, status: 'running' },
    data: {
      status: end.status,
      finishedAt: end.at,
      dueAt: end.dueAt ?? null,
      leasedUntil: new Date(0),
      tries: ready ? 0 : { increment: 1 },
      code: ready ? null : (end.code ?? null),
      ...(ready && { tally: tallyRow(end.tally), waiting: end.waiting }),
    },
  });
  if (count === 0) throw new LostRun(run);
  if (!ready) return;
  const waiting = { accountId, date: { gt: date }, status: 'ready', waiting: { gt: 0 } };
  await tx.reconciliation.updateMany({ where: waiting, data: { dueAt: end.at } });
}

function runOf({ account_id: accountId, ...run }: RunRow): ReconciliationRun {
  return { accountId, ...run };
}
