import type { Environment, Scene } from '@hutong/payment-port';
import type { Checkout } from './options/checkout-facts.js';
import type { PayerFacts, Payment } from './payment.js';

/** A payment as the policy is asked about it, with what is known of its payer. */
export function checkoutOf(payment: Payment, scene: Scene, payer: PayerFacts = payment.payer ?? {}): Checkout {
  const { id, segments, clientVersion } = payer;
  const environment = environmentOf(payer);
  return {
    amount: payment.amount.amount,
    currency: payment.amount.currency,
    scene,
    ...(id !== undefined && { payerId: id }),
    ...(segments !== undefined && { segments }),
    ...(clientVersion !== undefined && { clientVersion }),
    ...(environment !== undefined && { environment }),
  };
}

/** What of it says where the payer stands; undefined when nothing does. */
export function environmentOf({
  userAgent,
  pageUrl,
  referrerPolicy,
  clientAppId,
}: PayerFacts): Environment | undefined {
  const environment = {
    ...(userAgent !== undefined && { userAgent }),
    ...(pageUrl !== undefined && { pageUrl }),
    ...(referrerPolicy !== undefined && { referrerPolicy }),
    ...(clientAppId !== undefined && { clientAppId }),
  };
  return Object.keys(environment).length === 0 ? undefined : environment;
}
