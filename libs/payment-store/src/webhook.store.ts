import {
  webhookBody,
  type AppEvent,
  type Authorship,
  type ClaimedDelivery,
  type ClaimLimits,
  type Delivery,
  type DeliveryAttempt,
  type DeliveryOutcome,
  type EndpointChange,
  type EventFacts,
  type EventFilter,
  type RecordedEvent,
  type Redelivery,
  type SigningKey,
  type WebhookEndpoint,
  type WebhookStore,
  newId,
} from '@hutong/payment-core';
import { claimDeliveries } from './claim-deliveries.sql.js';
import { finishAttempt } from './finish-attempt.js';
import type { Prisma, PrismaClient } from './generated/client.js';
import { redeliver } from './redeliver.js';
import { bodiesOf, relayEvents } from './relay-events.js';
import { atomically } from './transaction.js';
import { changeEndpoint, deleteEndpoint, insertEndpoint, rotateKey } from './webhook-endpoint-writes.js';
import { deliveryOf, endpointOf, keyOf, recordedEventOf, type OutboxRow } from './webhook.rows.js';

const NEWEST_FIRST = [{ createdAt: 'desc' }, { id: 'desc' }] satisfies Prisma.EventOrderByWithRelationInput[];

/** Reads are here; writes are a file each. */
export class WebhookStoreOnPrisma implements WebhookStore {
  constructor(
    private readonly client: PrismaClient,
    private readonly masterKey: Buffer,
  ) {}

  insertEndpoint(endpoint: WebhookEndpoint, key: SigningKey, most: number, by: Authorship): Promise<boolean> {
    return insertEndpoint(this.client, endpoint, key, most, { masterKey: this.masterKey, by });
  }

  async listEndpoints(app: string): Promise<readonly WebhookEndpoint[]> {
    const rows = await this.client.webhookEndpoint.findMany({
      where: { app, deletedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(endpointOf);
  }

  async findEndpoint(app: string, id: string): Promise<WebhookEndpoint | undefined> {
    const row = await this.client.webhookEndpoint.findUnique({ where: { id, app, deletedAt: null } });
    return row === null ? undefined : endpointOf(row);
  }

  changeEndpoint(app: string, id: string, change: EndpointChange, by: Authorship) {
    return changeEndpoint(this.client, { app, id }, change, by);
  }

  deleteEndpoint(app: string, id: string, by: Authorship): Promise<boolean> {
    return deleteEndpoint(this.client, { app, id }, by);
  }

  rotateKey(
    app: string,
    id: string,
    key: SigningKey,
    overlap: { readonly now: Date; readonly expiresAt: Date; readonly most: number },
    by: Authorship,
  ) {
    return rotateKey(this.client, { app, id }, key, overlap, { masterKey: this.masterKey, by });
  }

  async signingKeys(endpointId: string, now: Date): Promise<readonly SigningKey[]> {
    const rows = await this.client.webhookKey.findMany({
      where: { endpointId, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return rows.map((row) => keyOf(this.masterKey, row));
  }

  relay(now: Date, limit: number, bodyOf: (facts: EventFacts) => string): Promise<number> {
    return relayEvents(this.client, now, limit, bodyOf);
  }

  insertTest({ data, ...event }: AppEvent, body: string, endpointId: string): Promise<boolean> {
    const { id: eventId, app, createdAt } = event;
    return atomically(this.client, async (tx) => {
      const enabled = await tx.$queryRaw<unknown[]>`
        SELECT id FROM webhook_endpoints WHERE id = ${endpointId} AND app = ${app} AND enabled AND deleted_at IS NULL FOR SHARE`;
      if (enabled.length === 0) return false;
      await tx.event.create({ data: { ...event, data: data as Prisma.InputJsonObject, relayedAt: createdAt, body } });
      const delivery = { id: newId('whd', createdAt), app, eventId, endpointId, createdAt };
      await tx.webhookDelivery.create({ data: { ...delivery, status: 'pending', nextAttemptAt: createdAt } });
      return true;
    });
  }

  claimDeliveries(now: Date, limits: ClaimLimits): Promise<readonly ClaimedDelivery[]> {
    return claimDeliveries(this.client, now, limits);
  }

  finishAttempt(claimed: ClaimedDelivery, attempt: DeliveryAttempt, outcome: DeliveryOutcome, now: Date) {
    return finishAttempt(this.client, { claimed, attempt, outcome, now });
  }

  async listEvents(app: string, { paymentId, type, limit, after }: EventFilter): Promise<readonly RecordedEvent[]> {
    const older: Prisma.EventWhereInput =
      after === undefined
        ? {}
        : { OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }] };
    const where = { app, ...(paymentId !== undefined && { paymentId }), ...(type !== undefined && { type }), ...older };
    return this.recorded(
      await this.client.event.findMany({ where, orderBy: NEWEST_FIRST, take: limit, include: { payment: true } }),
    );
  }

  async findEvent(app: string, id: string): Promise<RecordedEvent | undefined> {
    const row = await this.client.event.findUnique({ where: { id, app }, include: { payment: true } });
    return row === null ? undefined : (await this.recorded([row]))[0];
  }

  /** The body is in the row once it was relayed; until then it is what it will be. */
  private async recorded(rows: readonly OutboxRow[]): Promise<readonly RecordedEvent[]> {
    const unwritten = rows.filter((row) => row.body === null);
    const bodies = unwritten.length === 0 ? undefined : await bodiesOf(this.client, unwritten, webhookBody);
    return rows.map((row) => recordedEventOf(row, row.body ?? bodies?.get(row.id) ?? ''));
  }

  async deliveriesOf(eventId: string): Promise<readonly Delivery[]> {
    const rows = await this.client.webhookDelivery.findMany({
      where: { eventId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      include: { log: { orderBy: [{ at: 'asc' }, { id: 'asc' }] } },
    });
    return rows.map(deliveryOf);
  }

  redeliver(what: Redelivery, now: Date) {
    return redeliver(this.client, what, now);
  }
}
