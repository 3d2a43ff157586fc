import type { RefundSnapshot } from '@hutong/payment-port';
import { providerOf } from '../account-lookup.js';
import type { CoreContext } from '../core-context.js';
import { attemptBehind, type Refund } from '../payment.js';

/**
 * What the provider says of a refund now; nothing is sent and nothing moves.
 * @throws what the provider throws; Error when it cannot refund
 */
export async function askAboutRefund(core: CoreContext, refund: Refund): Promise<RefundSnapshot> {
  const record = await core.stores.payments.loadPayment(refund.paymentId);
  const capture = record?.captures.find(({ id }) => id === refund.captureId);
  const attempt = record && capture && attemptBehind(record, capture);
  const refunds = attempt && (await providerOf(core, attempt)).refunds;
  if (capture === undefined || attempt === undefined || refunds === undefined)
    throw new Error(`Nobody can be asked about refund ${refund.id}.`);
  return refunds.query({
    reference: refund.reference,
    paymentReference: attempt.reference,
    paymentProviderReference: capture.providerReference,
    amount: refund.amount,
  });
}

/** Their answer is what a refund that has ended says here. */
export function saysTheSame({ state }: RefundSnapshot, { status }: Pick<Refund, 'status'>): boolean {
  if (state === 'succeeded') return status === 'succeeded';
  if (state === 'failed') return status === 'failed' || status === 'needs_review';
  return state === 'stuck' && status === 'needs_review';
}
