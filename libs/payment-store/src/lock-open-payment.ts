import type { Tx } from './transaction.js';

/** As `lockPayment`, while the payment is open: the next event's number; undefined when it is paid, closed or another app's. */
export async function lockOpenPayment(
  tx: Tx,
  { paymentId, app }: { readonly paymentId: string; readonly app: string },
): Promise<number | undefined> {
  const [locked] = await tx.payment.updateManyAndReturn({
    where: { id: paymentId, app, status: 'open' },
    data: { lastSequence: { increment: 1 } },
    select: { lastSequence: true },
  });
  return locked?.lastSequence;
}
