import type { DueQuery, Lease, WorkPart } from '@hutong/payment-core';
import { LIVE_ATTEMPTS } from '@hutong/payment-core';
import { Prisma, type PrismaClient } from './generated/client.js';

/**
 * Claims up to `limit` due rows over all kinds, the longest waiting first. Due is what business time says; free is what the
 * database's clock says, so that workers whose clocks differ never hold one row together. One statement, because every
 * worker asks this again and again, mostly for nothing: three partial indexes answer it. SKIP LOCKED keeps workers from
 * waiting for one another and from ever getting the same row.
 */
export async function claimDue(
  client: PrismaClient,
  { part, now, limit, leaseMs }: DueQuery,
): Promise<readonly Lease[]> {
  const free = Prisma.sql`(leased_until IS NULL OR leased_until <= clock_timestamp())`;
  const until = Prisma.sql`clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'`;
  return client.$queryRaw<Lease[]>`
    WITH due_attempts AS (
      SELECT id, next_check_at FROM attempts
      WHERE next_check_at <= ${now}::timestamptz AND ${free} AND ${isOf(part, Prisma.sql`provider`)}
      ORDER BY next_check_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ), due_refunds AS (
      SELECT refunds.id, next_check_at FROM refunds JOIN captures ON captures.id = refunds.capture_id
      WHERE next_check_at <= ${now}::timestamptz AND ${free} AND ${isOf(part, Prisma.sql`captures.provider`)}
      ORDER BY next_check_at LIMIT ${limit}::int FOR UPDATE OF refunds SKIP LOCKED
    ), due_payments AS (
      SELECT id, next_check_at FROM payments
      WHERE next_check_at <= ${now}::timestamptz AND status = 'open' AND ${free} AND ${expiresAt(part)}
      ORDER BY next_check_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ), longest AS (
      SELECT 'attempt' AS kind, id, next_check_at FROM due_attempts
      UNION ALL SELECT 'refund', id, next_check_at FROM due_refunds
      UNION ALL SELECT 'payment', id, next_check_at FROM due_payments
      ORDER BY next_check_at, id LIMIT ${limit}::int
    ), claimed_attempts AS (
      UPDATE attempts SET leased_until = ${until}, lease = lease + 1 FROM longest due
      WHERE due.kind = 'attempt' AND attempts.id = due.id
      RETURNING attempts.id, lease
    ), claimed_refunds AS (
      UPDATE refunds SET leased_until = ${until}, lease = lease + 1 FROM longest due
      WHERE due.kind = 'refund' AND refunds.id = due.id
      RETURNING refunds.id, lease
    ), claimed_payments AS (
      UPDATE payments SET leased_until = ${until}, lease = lease + 1 FROM longest due
      WHERE due.kind = 'payment' AND payments.id = due.id
      RETURNING payments.id, lease
    )
    SELECT 'attempt' AS kind, id, lease AS number FROM claimed_attempts
    UNION ALL SELECT 'refund', id, lease FROM claimed_refunds
    UNION ALL SELECT 'payment', id, lease FROM claimed_payments`;
}

function isOf(part: WorkPart, provider: Prisma.Sql): Prisma.Sql {
  if ('at' in part) return Prisma.sql`${provider} = ${part.at}`;
  return Prisma.sql`(${provider} IS NULL OR ${provider} <> ALL(${[...part.besides]}::text[]))`;
}

/** An expiring payment is closed at its providers first, so it waits for those only where a live attempt is. */
function expiresAt(part: WorkPart): Prisma.Sql {
  const live = Prisma.sql`SELECT FROM attempts WHERE payment_id = payments.id AND status = ANY(${[...LIVE_ATTEMPTS]}::text[])`;
  if ('at' in part) return Prisma.sql`EXISTS (${live} AND provider = ${part.at})`;
  return Prisma.sql`NOT EXISTS (${live} AND provider = ANY(${[...part.besides]}::text[]))`;
}
