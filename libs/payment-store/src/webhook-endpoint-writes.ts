import type {
  AuditAction,
  AuditNote,
  Authorship,
  EndpointChange,
  SigningKey,
  WebhookEndpoint,
} from '@hutong/payment-core';
import { audited } from './audit-log.js';
import type { PrismaClient } from './generated/client.js';
import type { Tx } from './transaction.js';
import { endpointOf, keyRow } from './webhook.rows.js';

interface Writing {
  readonly masterKey: Buffer;
  readonly by: Authorship;
}

export function insertEndpoint(
  client: PrismaClient,
  endpoint: WebhookEndpoint,
  key: SigningKey,
  most: number,
  { masterKey, by }: Writing,
): Promise<boolean> {
  return audited(client, async (tx) => {
    // The app's row lock: two creations at once do not both take the last place.
    await tx.$queryRaw`SELECT id FROM apps WHERE id = ${endpoint.app} FOR UPDATE`;
    if ((await tx.webhookEndpoint.count({ where: { app: endpoint.app, deletedAt: null } })) >= most)
      return { answer: false };
    const data = { ...endpoint, eventTypes: [...endpoint.eventTypes] };
    await tx.webhookEndpoint.create({ data, select: { id: true } });
    await tx.webhookKey.create({ data: keyRow(masterKey, endpoint.id, key), select: { id: true } });
    return { answer: true, note: noteOf('webhook_endpoint.created', endpoint, by) };
  });
}

/** No address in the log: a query may carry a token. */
function noteOf(action: AuditAction, { app, id }: { app: string; id: string }, by: Authorship): AuditNote {
  return { ...by, action, app, subject: `webhook endpoint ${id}`, detail: { id } };
}

export function changeEndpoint(
  client: PrismaClient,
  where: { readonly app: string; readonly id: string },
  { enabled, eventTypes, ...change }: EndpointChange,
  by: Authorship,
): Promise<WebhookEndpoint | undefined> {
  return audited(client, async (tx) => {
    const [row] = await tx.webhookEndpoint.updateManyAndReturn({
      where: { ...where, deletedAt: null },
      data: {
        ...change,
        ...(eventTypes === undefined ? {} : { eventTypes: [...eventTypes] }),
        ...(enabled === undefined ? {} : { enabled, disabledReason: enabled ? null : 'by_app', failingSince: null }),
      },
    });
    if (row === undefined) return { answer: undefined };
    if (enabled === false) await giveUpPending(tx, where.id);
    return { answer: endpointOf(row), note: noteOf('webhook_endpoint.changed', where, by) };
  });
}

export function deleteEndpoint(
  client: PrismaClient,
  where: { readonly app: string; readonly id: string },
  by: Authorship,
): Promise<boolean> {
  return audited(client, async (tx) => {
    const { count } = await tx.webhookEndpoint.updateMany({
      where: { ...where, deletedAt: null },
      data: { deletedAt: new Date(), enabled: false, disabledReason: 'by_app' },
    });
    if (count === 0) return { answer: false };
    await tx.webhookKey.deleteMany({ where: { endpointId: where.id } });
    await giveUpPending(tx, where.id);
    return { answer: true, note: noteOf('webhook_endpoint.deleted', where, by) };
  });
}

/** Whatever waits for an endpoint that gets nothing more. */
export async function giveUpPending(tx: Tx, endpointId: string): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { endpointId, status: 'pending' },
    data: { status: 'dead_letter', nextAttemptAt: null },
  });
}

type Overlap = { readonly now: Date; readonly expiresAt: Date; readonly most: number };

export function rotateKey(
  client: PrismaClient,
  where: { readonly app: string; readonly id: string },
  key: SigningKey,
  overlap: Overlap,
  { masterKey, by }: Writing,
): Promise<'rotated' | 'full' | 'missing'> {
  return audited<'rotated' | 'full' | 'missing'>(client, async (tx) => {
    const found = await tx.$queryRaw<unknown[]>`
      SELECT id FROM webhook_endpoints WHERE id = ${where.id} AND app = ${where.app} AND deleted_at IS NULL FOR UPDATE`;
    if (found.length === 0) return { answer: 'missing' };
    if ((await retireKeys(tx, where.id, overlap)) >= overlap.most) return { answer: 'full' };
    await tx.webhookKey.create({ data: keyRow(masterKey, where.id, key), select: { id: true } });
    return { answer: 'rotated', note: noteOf('webhook_endpoint.rotated', where, by) };
  });
}

/** Answers how many go on signing. Past keys are deleted; without an overlap all are. */
async function retireKeys(tx: Tx, endpointId: string, { now, expiresAt, most }: Overlap): Promise<number> {
  if (expiresAt <= now) await tx.webhookKey.deleteMany({ where: { endpointId } });
  else await tx.webhookKey.deleteMany({ where: { endpointId, expiresAt: { lte: now } } });
  const signing = await tx.webhookKey.count({ where: { endpointId } });
  if (signing < most) await tx.webhookKey.updateMany({ where: { endpointId, expiresAt: null }, data: { expiresAt } });
  return signing;
}
