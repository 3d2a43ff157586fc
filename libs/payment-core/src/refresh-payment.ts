import { checkAttempt } from './check-attempt.js';
import { checkRefund } from './check-refund.js';
import type { CoreContext } from './core-context.js';
import { expirePayment } from './close-payment.js';
import { isLive } from './close-attempt.js';
import type { Attempt, PaymentRecord, Refund } from './payment.js';
import { notFound } from './problem.js';

/** One request asks about so many of each; an attempt or a refund takes two calls at most. The worker asks about the rest. */
const MOST_ASKED = 5;

/** The payment as it stands here. @throws PaymentProblem not_found */
export async function showPayment(core: CoreContext, app: string, id: string): Promise<PaymentRecord> {
  const record = await core.stores.payments.findPayment(app, id);
  if (record === undefined) throw notFound('payment');
  return record;
}

/**
 * Asks the providers about what may still change — attempts that are live, unknown or superseded, refunds on their way —
 * settles it, then answers the payment. However many there are, one request makes a bounded number of calls, the newest
 * first.
 * @throws PaymentProblem not_found
 */
export async function refreshPayment(core: CoreContext, app: string, id: string): Promise<PaymentRecord> {
  const { attempts, refunds } = await showPayment(core, app, id);
  await Promise.all(
    attempts
      .filter(mayChange)
      .slice(-MOST_ASKED)
      .map((attempt) => checkAttempt(core, attempt)),
  );
  await Promise.all(
    refunds
      .filter(isOnItsWay)
      .slice(-MOST_ASKED)
      .map((refund) => checkRefund(core, refund)),
  );
  const asked = await showPayment(core, app, id);
  if (!canExpireNow(core, asked)) return asked;
  await expirePayment(core, asked.payment);
  return showPayment(core, app, id);
}

function mayChange({ status }: Attempt): boolean {
  return status !== 'paid' && status !== 'failed' && status !== 'closed';
}

function isOnItsWay({ status }: Refund): boolean {
  return status !== 'succeeded' && status !== 'failed';
}

function canExpireNow({ clock }: CoreContext, { payment, attempts }: PaymentRecord): boolean {
  const isOver = payment.status === 'open' && payment.expiresAt <= clock.now();
  return isOver && attempts.filter(isLive).length <= MOST_ASKED;
}
