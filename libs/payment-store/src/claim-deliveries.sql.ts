import type { ClaimedDelivery, ClaimLimits } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { withoutNulls } from './without-nulls.js';

/**
 * Claims due deliveries, endpoint by endpoint: each gets as many as its exchanges allow, one while it fails, and the first of every
 * endpoint is claimed before the second of any. So one that hangs takes one place, however much waits for it. What
 * somebody asked for again comes after what is live. Due is business time; leases are the database's clock.
 */
export async function claimDeliveries(
  client: PrismaClient,
  now: Date,
  { limit, leaseMs, perEndpoint }: ClaimLimits,
): Promise<readonly ClaimedDelivery[]> {
  const rows = await client.$queryRaw<Claimed[]>`
    WITH open_endpoints AS (
      SELECT e.id, e.url, e.failing_since,
        CASE WHEN e.failing_since IS NULL THEN ${perEndpoint}::int ELSE 1 END - (
          SELECT count(*) FROM webhook_deliveries busy
          WHERE busy.endpoint_id = e.id AND busy.leased_until > clock_timestamp()
        ) AS places
      FROM webhook_endpoints e
      WHERE e.enabled AND e.deleted_at IS NULL
    ), due AS (
      SELECT first.id, e.url, e.failing_since,
        row_number() OVER (PARTITION BY e.id ORDER BY first.replay, first.next_attempt_at, first.id) AS turn
      FROM open_endpoints e CROSS JOIN LATERAL (
        SELECT d.id, d.replay, d.next_attempt_at FROM webhook_deliveries d
        WHERE d.endpoint_id = e.id AND d.status = 'pending' AND d.next_attempt_at <= ${now}::timestamptz
          AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())
        ORDER BY d.replay, d.next_attempt_at, d.id LIMIT GREATEST(e.places, 0)
      ) first
    ), chosen AS (
      SELECT id, url, failing_since FROM due ORDER BY turn, id LIMIT ${limit}::int
    ), locked AS (
      SELECT d.id, chosen.url, chosen.failing_since
      FROM webhook_deliveries d JOIN chosen ON chosen.id = d.id
      WHERE d.status = 'pending' AND d.next_attempt_at <= ${now}::timestamptz
        AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())
      FOR UPDATE OF d SKIP LOCKED
    )
    UPDATE webhook_deliveries d
    SET leased_until = clock_timestamp() + ${leaseMs}::bigint * interval '1 millisecond', fence = d.fence + 1
    FROM locked JOIN events ON true
    WHERE d.id = locked.id AND events.id = d.event_id
    RETURNING d.id, d.app, d.event_id AS "eventId", d.endpoint_id AS "endpointId", locked.url, events.body,
      d.attempts, d.fence, locked.failing_since AS "failingSince"`;
  return rows.map((row) => withoutNulls(row) as unknown as ClaimedDelivery);
}

type Claimed = Omit<ClaimedDelivery, 'failingSince'> & { readonly failingSince: Date | null };
