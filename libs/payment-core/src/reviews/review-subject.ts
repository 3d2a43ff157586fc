import type { CoreContext } from '../core-context.js';
import { attemptBehind, hasWallet, type Capture, type Refund, type WalletAttempt } from '../payment.js';
import type { Review } from '../stores/review.store.js';

/** What a provider can be asked about. */
export type ReviewSubject =
  | { readonly kind: 'attempt'; readonly attempt: WalletAttempt }
  | { readonly kind: 'refund'; readonly refund: Refund; readonly capture: Capture; readonly attempt: WalletAttempt };

/** The attempt or the refund that a review names, as it stands now; undefined where it names none of ours. */
export async function subjectOf(
  { stores }: Pick<CoreContext, 'stores'>,
  { paymentId, data }: Review,
): Promise<ReviewSubject | undefined> {
  const record = paymentId === undefined ? undefined : await stores.payments.loadPayment(paymentId);
  if (record === undefined) return undefined;
  const refund = record.refunds.find(({ id }) => id === data['refund_id']);
  const capture = refund && record.captures.find(({ id }) => id === refund.captureId);
  const behind = capture && attemptBehind(record, capture);
  if (refund && capture && behind) return { kind: 'refund', refund, capture, attempt: behind };
  const attempt = record.attempts.filter(hasWallet).find(({ id }) => id === data['attempt_id']);
  return attempt && { kind: 'attempt', attempt };
}

/** Whether nothing about it can change any more, unless money comes. */
export function isSettled(subject: ReviewSubject): boolean {
  if (subject.kind === 'refund') return ['succeeded', 'failed'].includes(subject.refund.status);
  return ['paid', 'failed', 'closed'].includes(subject.attempt.status);
}
