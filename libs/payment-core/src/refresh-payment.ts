import { checkAttempt } from './check-attempt.js';
import { checkRefund } from './check-refund.js';
import type { CoreContext } from './core-context.js';
import { expirePayment } from './close-payment.js';
import type { PaymentRecord } from './payment.js';
import { notFound } from './problem.js';

/** The payment as it stands here. @throws PaymentProblem not_found */
export async function showPayment(core: CoreContext, app: string, id: string): Promise<PaymentRecord> {
  const record = await core.stores.payments.findPayment(app, id);
  if (record === undefined) throw notFound('payment');
  return record;
}

/** Asks the providers about everything that may still change, settles it, then answers the payment. @throws PaymentProblem */
export async function refreshPayment(core: CoreContext, app: string, id: string): Promise<PaymentRecord> {
  const { payment, attempts, refunds } = await showPayment(core, app, id);
  const changing = attempts.filter((attempt) => !['paid', 'failed', 'closed'].includes(attempt.status));
  await Promise.all(changing.map((attempt) => checkAttempt(core, attempt)));
  const moving = refunds.filter((refund) => refund.status === 'processing' || refund.status === 'unknown');
  await Promise.all(moving.map((refund) => checkRefund(core, refund)));
  if (payment.status === 'open' && payment.expiresAt <= core.clock.now()) await expirePayment(core, payment);
  return showPayment(core, app, id);
}
