import { newId, TELLING_TYPES, type EventFacts } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { atomically, type Tx } from './transaction.js';
import { factsOf, type OutboxRow } from './webhook.rows.js';

type BodyOf = (facts: EventFacts) => string;

/**
 * Takes events out of the outbox: their bodies, their deliveries and the mark that they were taken commit together. Which rows wait
 * is a mark on the row, because neither times nor sequences tell what committed late; SKIP LOCKED lets several relays share the work.
 */
export function relayEvents(client: PrismaClient, now: Date, limit: number, bodyOf: BodyOf): Promise<number> {
  return atomically(client, (tx) => relay(tx, now, limit, bodyOf));
}

async function relay(tx: Tx, now: Date, limit: number, bodyOf: BodyOf): Promise<number> {
  const waiting = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM events WHERE relayed_at IS NULL ORDER BY id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED`;
  if (waiting.length === 0) return 0;
  const ids = waiting.map(({ id }) => id);
  const rows = await tx.event.findMany({ where: { id: { in: ids } }, include: { payment: true } });
  const bodies = await bodiesOf(tx, rows, bodyOf);
  await tx.$executeRaw`
    UPDATE events SET relayed_at = ${now}::timestamptz, body = told.body
    FROM unnest(${[...bodies.keys()]}::text[], ${[...bodies.values()]}::text[]) AS told(id, body)
    WHERE events.id = told.id`;
  await addDeliveries(tx, rows, now);
  return rows.length;
}

/** An endpoint that is being disabled waits for this transaction, so that it also gives up what is added here. */
async function addDeliveries(tx: Tx, rows: readonly OutboxRow[], now: Date): Promise<void> {
  const apps = [...new Set(rows.map(({ app }) => app))];
  const endpoints = await tx.$queryRaw<{ id: string; app: string; types: string[] }[]>`
    SELECT id, app, event_types AS types FROM webhook_endpoints
    WHERE app = ANY(${apps}::text[]) AND enabled AND deleted_at IS NULL ORDER BY id FOR SHARE`;
  const data = rows.flatMap(({ id: eventId, app, type }) =>
    endpoints
      .filter((it) => it.app === app && (it.types.length === 0 || it.types.includes(type)))
      .map((it) => ({ id: newId('whd', now), app, eventId, endpointId: it.id, status: 'pending', nextAttemptAt: now })),
  );
  if (data.length === 0) return;
  await tx.webhookDelivery.createMany({ data: data.map((it) => ({ ...it, createdAt: now })), skipDuplicates: true });
}

/** Event id → body. */
export async function bodiesOf(tx: Tx, rows: readonly OutboxRow[], bodyOf: BodyOf): Promise<Map<string, string>> {
  const paymentIds = [...new Set(rows.flatMap(({ paymentId }) => paymentId ?? []))];
  const telling = await tx.event.findMany({
    where: { paymentId: { in: paymentIds }, type: { in: [...TELLING_TYPES] } },
    select: { paymentId: true, sequence: true, type: true, data: true },
  });
  const past = Map.groupBy(telling, ({ paymentId }) => paymentId);
  const historyOf = (row: OutboxRow) => (row.paymentId === null ? [] : (past.get(row.paymentId) ?? []));
  return new Map(rows.map((row) => [row.id, bodyOf(factsOf(row, historyOf(row) as unknown as EventFacts['history']))]));
}
