import type { Authorship } from '../audit/audit-entry.js';
import { checkAttempt } from '../check-attempt.js';
import { checkRefund } from '../check-refund.js';
import type { CoreContext } from '../core-context.js';
import { conflict, invalid, type PaymentProblem } from '../problem.js';
import { sendRefund } from '../send-refund.js';
import type { Review, ReviewAction } from '../stores/review.store.js';
import { showReview } from './list-reviews.js';
import { isSettled, subjectOf, type ReviewSubject } from './review-subject.js';

/** What a person decides, with the key that they decide with. */
export interface ReviewDecision {
  readonly action: ReviewAction;
  readonly note?: string;
  readonly actor: string;
}

type RefundSubject = ReviewSubject & { readonly kind: 'refund' };

/**
 * Ends a review. `recheck` asks the provider and ends it only if the matter is settled then; `retry` sends a refund that
 * waits for a person again, under its own number, from where it goes its ordinary way; `dismiss` takes a person's word,
 * with a note, and moves nothing.
 * @throws PaymentProblem `not_found`, `review_resolved`, `review_unsettled`, `review_not_retryable`, `review_not_checkable`
 */
export async function resolveReview(core: CoreContext, id: string, decision: ReviewDecision): Promise<Review> {
  const review = await showReview(core, id);
  if (review.resolution !== undefined) throw resolvedAlready();
  switch (decision.action) {
    case 'dismiss':
      if (decision.note === undefined) throw invalid('/note', 'must say how it was dealt with.');
      await close(core, review, decision);
      break;
    case 'recheck':
      await recheck(core, review);
      await close(core, review, decision);
      break;
    case 'retry':
      await retry(core, review, decision);
  }
  return showReview(core, id);
}

async function close(core: CoreContext, review: Review, { action, note, actor }: ReviewDecision): Promise<void> {
  const resolution = { action, ...(note !== undefined && { note }), at: core.clock.now() };
  const by: Authorship = { actor, ...(note !== undefined && { reason: note }) };
  if (!(await core.stores.reviews.resolveReview(review, resolution, by))) throw resolvedAlready();
}

function resolvedAlready(): PaymentProblem {
  return conflict('review_resolved', 'This review is resolved already.');
}

async function recheck(core: CoreContext, review: Review): Promise<void> {
  const subject = await subjectOf(core, review);
  if (subject === undefined)
    throw conflict(
      'review_not_checkable',
      'It names nothing that a provider could be asked about; dismiss it with a note.',
    );
  const outcome = await ask(core, subject);
  const after = await subjectOf(core, review);
  const unclear = outcome === 'mismatch' || outcome === 'unanswered';
  if (after === undefined || unclear || !isSettled(after)) throw unsettled(outcome, after);
}

function ask(core: CoreContext, subject: ReviewSubject) {
  if (subject.kind === 'attempt') return checkAttempt(core, subject.attempt);
  return isSettled(subject) ? Promise.resolve('settled' as const) : checkRefund(core, subject.refund);
}

function unsettled(outcome: string, subject: ReviewSubject | undefined): PaymentProblem {
  const status = subject?.kind === 'refund' ? subject.refund.status : subject?.attempt.status;
  const detail =
    'Its provider was asked and did not settle it; the review stays open. Ask again later, or dismiss it with a note.';
  return conflict('review_unsettled', detail, { outcome, status: status ?? null });
}

/** The review ends first: what the provider says to the refund now, it says of a refund on its way, and may raise a new one. */
async function retry(core: CoreContext, review: Review, decision: ReviewDecision): Promise<void> {
  const subject = await subjectOf(core, review);
  if (subject?.kind !== 'refund' || subject.refund.status !== 'needs_review')
    throw conflict('review_not_retryable', 'Only a refund that waits for a person can be sent again.');
  await close(core, review, decision);
  await sendAgain(core, subject);
}

async function sendAgain(core: CoreContext, { refund, capture, attempt }: RefundSubject): Promise<void> {
  const { payments } = core.stores;
  const now = core.clock.now();
  if (!(await payments.moveRefund(refund.id, 'processing', { nextCheckAt: now, sendAt: now, alertedAt: null }))) return;
  const { alertedAt: _, ...forgotten } = refund;
  await sendRefund(core, { ...forgotten, status: 'processing', sendAt: now }, capture, attempt);
}
