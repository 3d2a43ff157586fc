import { closeAttempt, isLive } from './close-attempt.js';
import type { CoreContext } from './core-context.js';
import { eventOf } from './payment-events.js';
import type { Payment, PaymentRecord } from './payment.js';
import { conflict, notFound } from './problem.js';

/**
 * Cancels an open payment: every live attempt is closed at its provider first. Canceling what is closed changes nothing.
 * @throws PaymentProblem `payment_already_paid` — refund it instead; `not_found`
 */
export async function cancelPayment(core: CoreContext, app: string, id: string): Promise<PaymentRecord> {
  const record = await core.stores.payments.findPayment(app, id);
  if (record === undefined) throw notFound('payment');
  if (record.payment.status === 'open') await closeHere(core, record.payment, 'canceled');
  const after = (await core.stores.payments.findPayment(app, id)) ?? record;
  if (after.payment.status === 'paid')
    throw conflict('payment_already_paid', 'This payment is paid already; refund it instead.');
  return after;
}

/** Closes an open payment whose time is over, in the same order: at the providers, then here. */
export async function expirePayment(core: CoreContext, payment: Payment): Promise<void> {
  await closeHere(core, payment, 'expired');
}

/** Tries are closed before the payment is, and once after: one may begin in between, and none can later. */
async function closeHere(core: CoreContext, payment: Payment, reason: 'canceled' | 'expired'): Promise<void> {
  await closeLiveTries(core, payment);
  const about = { app: payment.app, paymentId: payment.id };
  const event = eventOf('payment.closed', about, { reason }, core.clock.now());
  if (await core.stores.payments.closePayment(payment.id, reason, event)) await closeLiveTries(core, payment);
}

async function closeLiveTries(core: CoreContext, { id }: Payment): Promise<void> {
  const record = await core.stores.payments.loadPayment(id);
  for (const attempt of (record?.attempts ?? []).filter(isLive)) await closeAttempt(core, attempt);
}
