import type { AppEvent, NewEvent } from '../event.js';
import { newId } from '../ids.js';
import { eventOf } from '../payment-events.js';
import type { Difference } from './reconciliation.js';

/**
 * Tells a person about a difference: an event of the refund or the payment that it is about, or of the app where no payment
 * of ours is behind it.
 */
export function reviewEvent(app: string, difference: Difference, code: string, now: Date): NewEvent | AppEvent {
  const { paymentId, refundId } = difference;
  const data = { code, ...dataOf(difference) };
  if (paymentId === undefined)
    return { id: newId('evt', now), type: 'reconciliation.difference', app, data, createdAt: now };
  return eventOf(
    refundId === undefined ? 'payment.needs_review' : 'refund.needs_review',
    { app, paymentId },
    data,
    now,
  );
}

function dataOf({ id, kind, date, ours, theirs, ...of }: Difference): Readonly<Record<string, unknown>> {
  const data = {
    difference_id: id,
    difference: kind,
    date,
    attempt_id: of.attemptId,
    refund_id: of.refundId,
    reference: of.reference,
    provider_reference: of.providerReference,
    refund_reference: of.refundReference,
    amount: ours?.amount,
    billed_amount: theirs?.amount,
  };
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
