import {
  REFUND_SOURCES,
  type NewEvent,
  type PaymentStore,
  type Refund,
  type RefundChange,
  type RefundStatus,
} from '@hutong/payment-core';
import { lockPayment, writeEvent } from './event-sequence.js';
import type { PrismaClient } from './generated/client.js';
import { guardedMove } from './guarded-move.js';
import { refundOf, refundRow } from './payment.rows.js';
import { Abandon, atomically, type Tx } from './transaction.js';
import { isUniqueViolation } from './unique-violation.js';

type InsertedRefund = Awaited<ReturnType<PaymentStore['insertRefund']>>;

export async function insertRefund(client: PrismaClient, refund: Refund, event: NewEvent): Promise<InsertedRefund> {
  try {
    return await atomically(client, (tx) => judgeAndInsert(tx, refund, event));
  } catch (error) {
    // The number was taken at the same moment for another payment of the app, which has another lock.
    const standing = isUniqueViolation(error) ? await sameNumber(client, refund) : undefined;
    if (standing === undefined) throw error;
    return { outcome: 'exists', refund: standing };
  }
}

/** Lock first, read second: under the lock no other refund of this payment can appear between the sum and the insert. */
async function judgeAndInsert(tx: Tx, refund: Refund, event: NewEvent): Promise<InsertedRefund> {
  const sequence = await lockPayment(tx, refund.paymentId);
  const standing = await sameNumber(tx, refund);
  if (standing !== undefined) throw new Abandon<InsertedRefund>({ outcome: 'exists', refund: standing });
  const refundable = await refundableOf(tx, refund);
  if (refund.amount.amount > refundable) throw new Abandon<InsertedRefund>({ outcome: 'exceeds', refundable });
  await tx.refund.create({ data: refundRow(refund), select: { id: true } });
  await writeEvent(tx, event, sequence);
  return { outcome: 'inserted', refund };
}

async function sameNumber(tx: Tx, { app, refundNo }: Refund): Promise<Refund | undefined> {
  if (refundNo === undefined) return undefined;
  const row = await tx.refund.findUnique({ where: { app_refundNo: { app, refundNo } } });
  return row === null ? undefined : refundOf(row);
}

/** What was captured, less every refund that is not known to have failed: money whose fate is unknown stays reserved. */
async function refundableOf(tx: Tx, { captureId, paymentId, amount }: Refund): Promise<number> {
  const capture = await tx.capture.findUniqueOrThrow({
    where: { id: captureId, paymentId, currency: amount.currency },
  });
  const reserved = await tx.refund.aggregate({
    where: { captureId, status: { not: 'failed' } },
    _sum: { amount: true },
  });
  return Number(capture.amount - (reserved._sum.amount ?? 0n));
}

export function moveRefund(
  client: PrismaClient,
  id: string,
  to: RefundStatus,
  change: RefundChange,
  event?: NewEvent,
): Promise<boolean> {
  return guardedMove(client, (tx) => move(tx, id, to, change), event);
}

async function move(tx: Tx, id: string, to: RefundStatus, change: RefundChange): Promise<boolean> {
  const { count } = await tx.refund.updateMany({
    where: { id, status: { in: [...REFUND_SOURCES[to]] } },
    data: { ...change, status: to },
  });
  return count === 1;
}
