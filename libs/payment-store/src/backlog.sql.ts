import type { Backlog } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';

/** Rows are counted no further: "ten thousand" and "far more" call for the same person. */
const COUNT_TO = 10_000;

interface Row {
  readonly what: string;
  readonly rows: number;
  readonly age: number;
}

/**
 * What waits, in one statement over partial indexes: its cost follows what is waiting, not what there ever was. An attempt
 * that is unknown is asked about until it is settled, so it stands among the due ones.
 */
export async function backlog(client: PrismaClient, now: Date): Promise<Backlog> {
  const rows = await client.$queryRaw<Row[]>`
    WITH due_attempts AS (
      SELECT next_check_at AS since FROM attempts WHERE next_check_at <= ${now}::timestamptz
      ORDER BY next_check_at LIMIT ${COUNT_TO}::int
    ), due_refunds AS (
      SELECT next_check_at AS since FROM refunds WHERE next_check_at <= ${now}::timestamptz
      ORDER BY next_check_at LIMIT ${COUNT_TO}::int
    ), due_payments AS (
      SELECT next_check_at AS since FROM payments WHERE next_check_at <= ${now}::timestamptz AND status = 'open'
      ORDER BY next_check_at LIMIT ${COUNT_TO}::int
    ), due_events AS (
      SELECT created_at AS since FROM events WHERE relayed_at IS NULL ORDER BY id LIMIT ${COUNT_TO}::int
    ), due_webhooks AS (
      SELECT next_attempt_at AS since FROM webhook_deliveries
      WHERE status = 'pending' AND next_attempt_at <= ${now}::timestamptz
      ORDER BY next_attempt_at LIMIT ${COUNT_TO}::int
    ), unknown_attempts AS (
      SELECT created_at AS since FROM attempts WHERE next_check_at IS NOT NULL AND status = 'unknown'
      LIMIT ${COUNT_TO}::int
    ), moving_refunds AS (
      SELECT status, created_at AS since FROM refunds
      WHERE next_check_at IS NOT NULL AND status IN ('processing', 'unknown') LIMIT ${COUNT_TO}::int
    ), refunds_in_review AS (
      SELECT created_at AS since FROM refunds WHERE status = 'needs_review' LIMIT ${COUNT_TO}::int
    ), waiting (what, since) AS (
      SELECT 'attempts', since FROM due_attempts
      UNION ALL SELECT 'refunds', since FROM due_refunds
      UNION ALL SELECT 'payments', since FROM due_payments
      UNION ALL SELECT 'events', since FROM due_events
      UNION ALL SELECT 'webhooks', since FROM due_webhooks
      UNION ALL SELECT 'unknown_attempts', since FROM unknown_attempts
      UNION ALL SELECT 'refund_' || status, since FROM moving_refunds
      UNION ALL SELECT 'refund_needs_review', since FROM refunds_in_review
    )
    SELECT what, count(*)::int AS rows,
      greatest(extract(epoch FROM ${now}::timestamptz - min(since)), 0)::float8 AS age
    FROM waiting GROUP BY what`;
  const openReviews = await countReviews(client);
  return backlogOf(new Map(rows.map((row) => [row.what, row])), openReviews);
}

function backlogOf(found: ReadonlyMap<string, Row>, openReviews: number): Backlog {
  const rows = (what: string): number => found.get(what)?.rows ?? 0;
  const age = (what: string): number => found.get(what)?.age ?? 0;
  const due = (what: string) => ({ rows: rows(what), age: age(what) });
  return {
    unknownAttempts: rows('unknown_attempts'),
    oldestUnknownAge: age('unknown_attempts'),
    due: {
      attempts: due('attempts'),
      refunds: due('refunds'),
      payments: due('payments'),
      events: due('events'),
      webhooks: due('webhooks'),
    },
    refunds: {
      processing: rows('refund_processing'),
      unknown: rows('refund_unknown'),
      needs_review: rows('refund_needs_review'),
    },
    openReviews,
  };
}

/** Events that ask for a person, and that nobody has resolved. */
async function countReviews(client: PrismaClient): Promise<number> {
  const [row] = await client.$queryRaw<{ rows: number }[]>`
    SELECT count(*)::int AS rows FROM (
      SELECT FROM events
      WHERE type IN ('payment.needs_review', 'refund.needs_review')
        AND NOT EXISTS (SELECT FROM resolutions WHERE event_id = events.id)
      LIMIT ${COUNT_TO}::int
    ) reviews`;
  return row?.rows ?? 0;
}
