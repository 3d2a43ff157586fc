import type { ClaimedDelivery, DeliveryAttempt, DeliveryOutcome } from '@hutong/payment-core';
import { audited } from './audit-log.js';
import type { Prisma, PrismaClient } from './generated/client.js';
import { Abandon, atomically, type Tx } from './transaction.js';
import { giveUpPending } from './webhook-endpoint-writes.js';

interface Finished {
  readonly claimed: ClaimedDelivery;
  readonly attempt: DeliveryAttempt;
  readonly outcome: DeliveryOutcome;
  readonly now: Date;
}

/** An exchange, what becomes of the delivery and of its endpoint, together; nothing once the fence has moved on. */
export function finishAttempt(client: PrismaClient, finished: Finished): Promise<boolean> {
  const { outcome, claimed } = finished;
  if (outcome.kind !== 'disable') return atomically(client, (tx) => write(tx, finished));
  const { reason } = outcome;
  const subject = `webhook endpoint ${claimed.endpointId}`;
  return audited(client, async (tx) => ({
    answer: await write(tx, finished),
    note: { actor: 'worker', action: 'webhook_endpoint.disabled', app: claimed.app, subject, detail: { reason } },
  }));
}

/** The endpoint's row before the delivery's, as all writers of both do. */
async function write(tx: Tx, finished: Finished): Promise<boolean> {
  await markEndpoint(tx, finished);
  if (!(await moveDelivery(tx, finished))) throw new Abandon(false);
  const { claimed, attempt, outcome } = finished;
  await tx.webhookAttempt.create({ data: { ...attempt, deliveryId: claimed.id }, select: { id: true } });
  if (outcome.kind !== 'disable') return true;
  await giveUpPending(tx, claimed.endpointId);
  const { event } = outcome;
  await tx.event.create({ data: { ...event, data: event.data as Prisma.InputJsonObject }, select: { id: true } });
  return true;
}

async function markEndpoint(tx: Tx, { claimed: { endpointId: id }, outcome, now }: Finished): Promise<void> {
  if (outcome.kind === 'delivered') {
    await tx.webhookEndpoint.updateMany({ where: { id, failingSince: { not: null } }, data: { failingSince: null } });
    return;
  }
  await tx.webhookEndpoint.updateMany({ where: { id, failingSince: null }, data: { failingSince: now } });
  if (outcome.kind !== 'disable') return;
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { id, enabled: true },
    data: { enabled: false, disabledReason: outcome.reason },
  });
  // Disabled meanwhile: the event says it once.
  if (count === 0) throw new Abandon(false);
}

/** What was given up meanwhile stays given up, unless it did arrive. */
async function moveDelivery(tx: Tx, { claimed, outcome }: Finished): Promise<boolean> {
  const states = outcome.kind === 'delivered' ? ['pending', 'dead_letter'] : ['pending'];
  const { count } = await tx.webhookDelivery.updateMany({
    where: { id: claimed.id, fence: claimed.fence, status: { in: states } },
    data: { attempts: { increment: 1 }, leasedUntil: null, ...stateAfter(outcome) },
  });
  return count === 1;
}

function stateAfter(outcome: DeliveryOutcome) {
  switch (outcome.kind) {
    case 'delivered':
      return { status: 'delivered', nextAttemptAt: null };
    case 'retry':
      return { status: 'pending', nextAttemptAt: outcome.at };
    case 'dead_letter':
    case 'disable':
      return { status: 'dead_letter', nextAttemptAt: null };
  }
}
