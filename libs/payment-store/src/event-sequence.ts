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

/** What waits for a person is counted with the payment, which is locked already. */
export async function writeEvent(tx: Tx, event: NewEvent, sequence: number): Promise<void> {
  if (isReview(event.type))
    await tx.payment.update({
      where: { id: event.paymentId },
      data: { openReviews: { increment: 1 } },
      select: { id: true },
    });
  await tx.event.create({ data: eventRow(event, sequence), select: { id: true } });
}

function isReview(type: string): boolean {
  return type.endsWith('.needs_review');
}
