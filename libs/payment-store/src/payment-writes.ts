import { isDeepStrictEqual } from 'node:util';
import type { Lease, NewEvent, Payment } from '@hutong/payment-core';
import { eventRow, paymentOf, paymentRow } from './payment.rows.js';
import { lockPayment, writeEvent } from './event-sequence.js';
import type { PrismaClient } from './generated/client.js';
import { heldRow, holds } from './lease.js';
import { Abandon, atomically, type Tx } from './transaction.js';
import { isUniqueViolation } from './unique-violation.js';

type Inserted = { readonly inserted: boolean; readonly payment: Payment };

export async function insertPayment(client: PrismaClient, payment: Payment, event: NewEvent): Promise<Inserted> {
  const { paymentId: _, ...first } = eventRow(event, 1);
  try {
    await client.payment.create({
      data: { ...paymentRow(payment), lastSequence: 1, events: { create: first } },
      select: { id: true },
    });
    return { inserted: true, payment };
  } catch (error) {
    const { app, orderNo } = payment;
    const standing = isUniqueViolation(error)
      ? await client.payment.findUnique({ where: { app_orderNo: { app, orderNo } } })
      : null;
    if (standing === null) throw error;
    return { inserted: false, payment: paymentOf(standing) };
  }
}

export function closePayment(
  client: PrismaClient,
  id: string,
  closedReason: 'canceled' | 'expired',
  event: NewEvent,
  lease?: Lease,
): Promise<boolean> {
  return atomically(client, (tx) => close(tx, { id, closedReason, lease }, event));
}

interface Closing {
  readonly id: string;
  readonly closedReason: string;
  readonly lease: Lease | undefined;
}

async function close(tx: Tx, { id, closedReason, lease }: Closing, event: NewEvent): Promise<boolean> {
  const [closed] = await tx.payment.updateManyAndReturn({
    where: { id, status: 'open', ...heldRow('payment', id, lease) },
    data: { status: 'closed', closedReason, nextCheckAt: null, leasedUntil: null, lastSequence: { increment: 1 } },
    select: { lastSequence: true },
  });
  if (closed === undefined) throw new Abandon(false);
  await writeEvent(tx, event, closed.lastSequence);
  return true;
}

export function appendEvent(client: PrismaClient, event: NewEvent): Promise<void> {
  return atomically(client, async (tx) => writeEvent(tx, event, await lockPayment(tx, event.paymentId)));
}

/** What waits for a person, unless the very same does already. */
export function raiseReview(client: PrismaClient, event: NewEvent, lease?: Lease): Promise<void> {
  return atomically(client, (tx) => raise(tx, event, lease));
}

async function raise(tx: Tx, event: NewEvent, lease: Lease | undefined): Promise<void> {
  const sequence = await lockPayment(tx, event.paymentId);
  if (lease !== undefined && !(await holds(tx, lease))) throw new Abandon(undefined);
  const { type, paymentId, data } = event;
  const open = await tx.event.findMany({ where: { paymentId, type, resolution: null }, select: { data: true } });
  if (open.some((it) => isDeepStrictEqual(it.data, data))) throw new Abandon(undefined);
  await writeEvent(tx, event, sequence);
}
