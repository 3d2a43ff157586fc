import type { NewEvent, Payment } from '@hutong/payment-core';
import { eventRow, paymentOf, paymentRow } from './payment.rows.js';
import { lockPayment, writeEvent } from './event-sequence.js';
import type { PrismaClient } from './generated/client.js';
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
): Promise<boolean> {
  return atomically(client, (tx) => close(tx, id, closedReason, event));
}

async function close(tx: Tx, id: string, closedReason: string, event: NewEvent): Promise<boolean> {
  const [closed] = await tx.payment.updateManyAndReturn({
    where: { id, status: 'open' },
    data: { status: 'closed', closedReason, nextCheckAt: null, lastSequence: { increment: 1 } },
    select: { lastSequence: true },
  });
  if (closed === undefined) throw new Abandon(false);
  await writeEvent(tx, event, closed.lastSequence);
  return true;
}

export function appendEvent(client: PrismaClient, event: NewEvent): Promise<void> {
  return atomically(client, async (tx) => writeEvent(tx, event, await lockPayment(tx, event.paymentId)));
}
