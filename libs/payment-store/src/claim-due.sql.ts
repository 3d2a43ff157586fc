import type { PrismaClient } from './generated/client.js';

type Kind = 'attempt' | 'refund' | 'payment';

/** Ids of what was claimed, per kind. */
export type Claimed = Readonly<Record<Kind, readonly string[]>>;

/**
 * Claims up to `limit` due rows of each kind by moving their `next_check_at` past the lease. One statement, because every
 * worker asks this again and again, mostly for nothing: three partial indexes answer it. SKIP LOCKED keeps workers from
 * waiting for one another and from ever getting the same row.
 */
export async function claimDue(client: PrismaClient, now: Date, limit: number, leaseMs: number): Promise<Claimed> {
  const until = new Date(now.getTime() + leaseMs);
  const rows = await client.$queryRaw<{ kind: Kind; id: string }[]>`
    WITH due_attempts AS (
      SELECT id FROM attempts WHERE next_check_at <= ${now}::timestamptz
      ORDER BY next_check_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ), due_refunds AS (
      SELECT id FROM refunds WHERE next_check_at <= ${now}::timestamptz
      ORDER BY next_check_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ), due_payments AS (
      SELECT id FROM payments WHERE next_check_at <= ${now}::timestamptz AND status = 'open'
      ORDER BY next_check_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ), claimed_attempts AS (
      UPDATE attempts SET next_check_at = ${until}::timestamptz FROM due_attempts due WHERE attempts.id = due.id
      RETURNING attempts.id
    ), claimed_refunds AS (
      UPDATE refunds SET next_check_at = ${until}::timestamptz FROM due_refunds due WHERE refunds.id = due.id
      RETURNING refunds.id
    ), claimed_payments AS (
      UPDATE payments SET next_check_at = ${until}::timestamptz FROM due_payments due WHERE payments.id = due.id
      RETURNING payments.id
    )
    SELECT 'attempt' AS kind, id FROM claimed_attempts
    UNION ALL SELECT 'refund', id FROM claimed_refunds
    UNION ALL SELECT 'payment', id FROM claimed_payments`;
  const of = (kind: Kind): string[] => rows.filter((row) => row.kind === kind).map((row) => row.id);
  return { attempt: of('attempt'), refund: of('refund'), payment: of('payment') };
}
