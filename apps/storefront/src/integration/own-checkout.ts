import type { Attempt, Hutong, PaymentMethod } from '@hutong/client';
import type { OrderToPay } from './checkout.js';

// Only for shops that draw the options on a page of their own, instead of sending the payer to the hosted cashier.

/** The options in the app's own order, for this amount and where the payer stands. */
export async function optionsFor(hutong: Hutong, order: OrderToPay): Promise<readonly PaymentMethod[]> {
  const { amount, scene } = order;
  return (await hutong.get('/v1/payment-methods', { query: { amount, scene } })).data;
}

/** Starts to pay with one option; its `next_action` says what the payer does. */
export function startAttempt(
  hutong: Hutong,
  paymentId: string,
  { method, order, ip }: { readonly method: string; readonly order: OrderToPay; readonly ip: string },
): Promise<Attempt> {
  return hutong.post('/v1/payments/{id}/attempts', {
    path: { id: paymentId },
    body: { method, scene: order.scene, payer: { ip } },
  });
}
