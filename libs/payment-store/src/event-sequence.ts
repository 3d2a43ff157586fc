import type { NewEvent } from '@hutong/payment-core';
import { eventRow } from './payment.rows.js';
import type { Tx } from './transaction.js';

/**
 * Counts the payment's sequence up, which takes its row lock: from here to the end of the transaction nobody else writes
 * to this payment, so numbers have no gaps and what is judged stays true. Before anything else in the transaction, so that
 * all writers take their locks in one order.
 */
export async function lockPayment(tx: Tx, paymentId: string): Promise<number> {
  const { lastSequence } = await tx.payment.update({
    where: { id: paymentId },
    data: { lastSequence: { increment: 1 } },
    select: { lastSequence: true },
  });
  return lastSequence;
}

export async function writeEvent(tx: Tx, event: NewEvent, sequence: number): Promise<void> {
  await tx.event.create({ data: eventRow(event, sequence), select: { id: true } });
}
