import {
  REFUND_SOURCES,
  type Lease,
  type NewEvent,
  type PaymentStore,
  type Refund,
  type RefundChange,
  type RefundSpacing,
  type RefundStatus,
} from '@hutong/payment-core';
import { lockPayment, writeEvent } from './event-sequence.js';
import type { Schedule } from './attempt-writes.js';
import type { PrismaClient } from './generated/client.js';
import { guardedMove } from './guarded-move.js';
import { heldRow, releasedRow } from './lease.js';
import { refundOf, refundRow } from './payment.rows.js';
import { firstTurn, hasPartLeft } from './refund-turn.js';
import { Abandon, atomically, type Tx } from './transaction.js';
import { isUniqueViolation } from './unique-violation.js';

type InsertedRefund = Awaited<ReturnType<PaymentStore['insertRefund']>>;

export async function insertRefund(
  client: PrismaClient,
  refund: Refund,
  event: NewEvent,
  spacing: RefundSpacing = {},
): Promise<InsertedRefund> {
  try {
    return await atomically(client, (tx) => judgeAndInsert(tx, refund, event, spacing));
  } catch (error) {
    // The number was taken at the same moment for another payment of the app, which has another lock.
    const standing = isUniqueViolation(error) ? await sameNumber(client, refund) : undefined;
    if (standing === undefined) throw error;
    return { outcome: 'exists', refund: standing };
  }
}

/** Lock first, read second: under the lock no other refund of this payment can appear between the sum and the insert. */
async function judgeAndInsert(
  tx: Tx,
  refund: Refund,
  event: NewEvent,
  spacing: RefundSpacing,
): Promise<InsertedRefund> {
  const sequence = await lockPayment(tx, refund.paymentId);
  const standing = await sameNumber(tx, refund);
  if (standing !== undefined) throw new Abandon<InsertedRefund>({ outcome: 'exists', refund: standing });
  const refundable = await refundableOf(tx, refund);
  if (refund.amount.amount > refundable) throw new Abandon<InsertedRefund>({ outcome: 'exceeds', refundable });
  if (!(await hasPartLeft(tx, refund, spacing))) throw new Abandon<InsertedRefund>({ outcome: 'too_many' });
  const { sentAt: _, sendAt: __, ...untimed } = refund;
  const timed = { ...untimed, ...(await firstTurn(tx, refund, spacing)) };
  await tx.refund.create({ data: refundRow(timed), select: { id: true } });
  await writeEvent(tx, event, sequence);
  return { outcome: 'inserted', refund: timed };
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

export interface RefundMove {
  readonly id: string;
  readonly to: RefundStatus;
  readonly change: RefundChange;
  readonly lease: Lease | undefined;
}

export function moveRefund(client: PrismaClient, move: RefundMove, event?: NewEvent): Promise<boolean> {
  return guardedMove(client, (tx) => moveRow(tx, move), event);
}

async function moveRow(tx: Tx, { id, to, change, lease }: RefundMove): Promise<boolean> {
  const { count } = await tx.refund.updateMany({
    where: { id, status: { in: [...REFUND_SOURCES[to]] }, ...heldRow('refund', id, lease) },
    data: { ...change, status: to, ...asked(id, lease) },
  });
  return count === 1;
}

export async function scheduleRefund(client: PrismaClient, { id, nextCheckAt, lease }: Schedule): Promise<void> {
  await client.refund.updateMany({
    where: { id, ...heldRow('refund', id, lease) },
    data: { nextCheckAt, ...asked(id, lease), checks: { increment: 1 } },
  });
}

/** A worker's move ends its lease, and was a step of the refund's plan. */
function asked(id: string, lease: Lease | undefined) {
  const released = releasedRow('refund', id, lease);
  return 'leasedUntil' in released ? { ...released, checks: { increment: 1 } } : {};
}
