import { newId, TEST_EVENT_TYPE, type Redelivery } from '@hutong/payment-core';
import { Prisma, type PrismaClient } from './generated/client.js';
import { atomically, type Tx } from './transaction.js';

type Queued = { readonly outcome: 'queued' | 'too_many'; readonly deliveries: number };

/** Existing deliveries start over, missing ones are made; the pair of event and endpoint stays unique. */
export function redeliver(client: PrismaClient, what: Redelivery, now: Date): Promise<Queued> {
  return atomically(client, (tx) => queue(tx, what, now));
}

async function queue(tx: Tx, what: Redelivery, now: Date): Promise<Queued> {
  const pairs = await pairsOf(tx, what);
  if (pairs.length > what.most) return { outcome: 'too_many', deliveries: await countAll(tx, what) };
  const ids = pairs.map(() => newId('whd', now));
  await tx.$executeRaw`
    INSERT INTO webhook_deliveries AS d (id, app, event_id, endpoint_id, status, replay, next_attempt_at, created_at)
    SELECT pair.id, ${what.app}, pair.event_id, pair.endpoint_id, 'pending', true, ${now}::timestamptz, ${now}::timestamptz
    FROM unnest(
      ${ids}::text[], ${pairs.map((it) => it.eventId)}::text[], ${pairs.map((it) => it.endpointId)}::text[]
    ) AS pair(id, event_id, endpoint_id)
    ON CONFLICT (event_id, endpoint_id) DO UPDATE SET
      status = 'pending', attempts = 0, next_attempt_at = excluded.next_attempt_at,
      replay = d.status <> 'pending' OR d.replay`;
  return { outcome: 'queued', deliveries: pairs.length };
}

type Pair = { readonly eventId: string; readonly endpointId: string };

/** One more than allowed tells that there are too many. The endpoints are held, so that none is disabled meanwhile. */
async function pairsOf(tx: Tx, what: Redelivery): Promise<readonly Pair[]> {
  await tx.$queryRaw`SELECT id FROM webhook_endpoints WHERE app = ${what.app} ORDER BY id FOR SHARE`;
  return tx.$queryRaw<Pair[]>`
    SELECT e.id AS "eventId", w.id AS "endpointId" ${matching(what)} ORDER BY e.created_at, e.id LIMIT ${what.most + 1}::int`;
}

async function countAll(tx: Tx, what: Redelivery): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n ${matching(what)}`;
  return row?.n ?? 0;
}

function matching({ app, events, endpointId, undeliveredOnly }: Redelivery): Prisma.Sql {
  const byId = 'id' in events;
  const which = byId
    ? Prisma.sql`e.id = ${events.id}`
    : Prisma.sql`e.created_at >= ${events.from}::timestamptz AND e.created_at < ${events.to}::timestamptz AND e.type <> ${TEST_EVENT_TYPE}`;
  const subscribed = Prisma.sql`(w.event_types = '{}' OR e.type = ANY(w.event_types))`;
  const where =
    endpointId === undefined ? subscribed : Prisma.sql`w.id = ${endpointId} AND (${byId}::boolean OR ${subscribed})`;
  const fresh = Prisma.sql`NOT EXISTS (
    SELECT 1 FROM webhook_deliveries had WHERE had.event_id = e.id AND had.endpoint_id = w.id AND had.status = 'delivered')`;
  return Prisma.sql`
    FROM events e JOIN webhook_endpoints w ON w.app = e.app
    WHERE e.app = ${app} AND e.relayed_at IS NOT NULL AND e.body IS NOT NULL AND ${which}
      AND w.enabled AND w.deleted_at IS NULL AND ${where} AND (NOT ${undeliveredOnly}::boolean OR ${fresh})`;
}
