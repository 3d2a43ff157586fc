import type { CreatedPayment, Hutong, Payment, Refund, Scene } from '@hutong/client';

/** What the shop knows of an order when it asks for money. */
export interface OrderToPay {
  /** The shop's own number, never used again. */
  readonly no: string;
  /** Fen. */
  readonly amount: number;
  readonly description: string;
  readonly scene: Scene;
  /** Where the payer's browser comes back to. */
  readonly returnUrl: string;
}

/**
 * Creates the payment of an order; send the payer to its `cashier_url`. The key is the order's: a second click, or a call
 * made again after an `OutcomeUnknown`, is the same payment.
 */
export function createPayment(hutong: Hutong, order: OrderToPay): Promise<CreatedPayment> {
  return hutong.post('/v1/payments', {
    idempotencyKey: `payment-of-order-${order.no}`,
    body: {
      order_no: order.no,
      amount: order.amount,
      currency: 'CNY',
      description: order.description,
      scene: order.scene,
      return_url: order.returnUrl,
    },
  });
}

/** How an order stands, the wallet asked first; nothing when no payment was created for it. */
export async function paymentOf(hutong: Hutong, orderNo: string): Promise<Payment | undefined> {
  const { data } = await hutong.get('/v1/payments', { query: { order_no: orderNo } });
  const id = data[0]?.id;
  if (id === undefined) return undefined;
  return hutong.get('/v1/payments/{id}', { path: { id }, query: { refresh: 'true' } });
}

/** Sends money back. `refundNo` is the shop's own: the same one twice is one refund. */
export function refund(hutong: Hutong, paymentId: string, refundNo: string, amount: number): Promise<Refund> {
  return hutong.post('/v1/payments/{id}/refunds', {
    path: { id: paymentId },
    idempotencyKey: `refund-of-order-${refundNo}`,
    body: { refund_no: refundNo, amount },
  });
}
