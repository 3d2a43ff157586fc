import type {
  Delivery,
  DeliveryAttempt,
  EventFacts,
  RecordedEvent,
  SigningKey,
  WebhookEndpoint,
} from '@hutong/payment-core';
import type { Prisma } from './generated/client.js';
import { seal, unseal } from './sealed-secrets.js';
import { withoutNulls } from './without-nulls.js';

export type EndpointRow = Prisma.WebhookEndpointGetPayload<object>;
export type KeyRow = Prisma.WebhookKeyGetPayload<object>;
export type DeliveryRow = Prisma.WebhookDeliveryGetPayload<{ include: { log: true } }>;
export type OutboxRow = Prisma.EventGetPayload<{ include: { payment: true } }>;

export function endpointOf({ deletedAt: _, ...row }: EndpointRow): WebhookEndpoint {
  return withoutNulls(row) as WebhookEndpoint;
}

type Secrets = Pick<SigningKey, 'secret' | 'privateKey'>;

function rowIdentity(id: string): string {
  return `webhook-key:${id}`;
}

export function keyRow(masterKey: Buffer, endpointId: string, { secret, privateKey, ...key }: SigningKey) {
  const secrets: Secrets = { secret, privateKey };
  return { ...key, endpointId, sealed: Uint8Array.from(seal(masterKey, rowIdentity(key.id), secrets)) };
}

/** @throws SealBroken */
export function keyOf(masterKey: Buffer, { sealed, endpointId: _, ...row }: KeyRow): SigningKey {
  return { ...withoutNulls(row), ...(unseal(masterKey, rowIdentity(row.id), sealed) as Secrets) } as SigningKey;
}

export function deliveryOf(row: DeliveryRow): Delivery {
  const { id, eventId, endpointId, status, attempts, nextAttemptAt } = row;
  const log = row.log.map(({ deliveryId: _, ...attempt }) => withoutNulls(attempt) as DeliveryAttempt);
  return { ...withoutNulls({ id, eventId, endpointId, status, attempts, nextAttemptAt }), log } as Delivery;
}

export function factsOf({ payment, ...event }: OutboxRow, history: EventFacts['history']): EventFacts {
  const { id, app, type, createdAt, sequence } = event;
  const data = event.data as EventFacts['data'];
  const facts = { id, app, type, createdAt, sequence, data, history };
  if (payment === null) return facts;
  const { orderNo, amount, currency } = payment;
  return { ...facts, payment: { id: payment.id, orderNo, amount: Number(amount), currency } };
}

type RecordedRow = Pick<OutboxRow, 'id' | 'app' | 'type' | 'createdAt' | 'paymentId' | 'sequence'>;

export function recordedEventOf(
  { id, app, type, createdAt, paymentId, sequence }: RecordedRow,
  body: string,
): RecordedEvent {
  return { ...withoutNulls({ id, app, type, createdAt, paymentId, sequence }), body } as RecordedEvent;
}
