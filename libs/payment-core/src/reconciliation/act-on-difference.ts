import { checkAttempt } from '../check-attempt.js';
import { checkRefund } from '../check-refund.js';
import type { CoreContext } from '../core-context.js';
import { settleRefund } from '../settle-refund.js';
import { askAboutRefund, saysTheSame } from './ask-about-refund.js';
import { holdDay } from './hold-day.js';
import type { Difference, DifferenceKind, ReconciliationRun, Resolution } from './reconciliation.js';
import { reviewEvent } from './review-event.js';

const PAGE = 100;

/** A person has to look, and the code says at what. */
interface Review {
  readonly review: string;
}

type Act = (core: CoreContext, difference: Difference, run: ReconciliationRun) => Promise<Resolution | Review>;

const tell =
  (review: string): Act =>
  () =>
    Promise.resolve({ review });

/** Proof moves money here, and a statement is none: whoever could write the file could write a line. So the provider is asked. */
const ACTS = {
  missing_here: (core, difference, run) =>
    difference.subject === 'payment'
      ? settleMissing(core, difference, run)
      : tell('refunded_elsewhere')(core, difference, run),
  refund_without_payment: settleRefundedPayment,
  state: settleRefundState,
  missing_there: tell('not_billed'),
  amount: tell('billed_amount'),
  duplicate: tell('billed_twice'),
  // Written when it was found: a merchant number that systems share has many of these.
  foreign: () => Promise.resolve('none'),
} as const satisfies Record<DifferenceKind, Act>;

/**
 * Does what follows from each difference of a run, one after the other, and writes beside it what was done. What an
 * earlier run did is not done again.
 * @returns how many the provider did not answer about
 * @throws LostRun
 */
export async function settleDifferences(core: CoreContext, run: ReconciliationRun): Promise<number> {
  const { reconciliations } = core.stores;
  let unanswered = 0;
  for (let after = ''; ;) {
    const page = await reconciliations.openDifferences(run, after, PAGE);
    for (const difference of page) {
      await holdDay(reconciliations, run);
      if ((await settleDifference(core, difference, run)) === 'unanswered') unanswered += 1;
    }
    if (page.length < PAGE) return unanswered;
    after = page.at(-1)!.id;
  }
}

async function settleDifference(
  core: CoreContext,
  difference: Difference,
  run: ReconciliationRun,
): Promise<Resolution> {
  const done = await act(core, difference, run);
  const { reconciliations } = core.stores;
  const now = core.clock.now();
  if (typeof done === 'string') {
    await reconciliations.resolve(difference.id, done, now);
    return done;
  }
  await reconciliations.review(difference.id, reviewEvent(run.app, difference, done.review, now), now);
  return 'review';
}

/** One that fails must not keep the others waiting: the next run asks about it again. */
async function act(core: CoreContext, difference: Difference, run: ReconciliationRun): Promise<Resolution | Review> {
  try {
    return await ACTS[difference.kind](core, difference, run);
  } catch (error) {
    core.report(error, { doing: 'settle a difference', difference_id: difference.id, provider: run.provider });
    return 'unanswered';
  }
}

/** The ordinary path: ask, and settle by proof. It pays an open payment; money for any other is owed back. */
async function settleMissing(core: CoreContext, difference: Difference, run: ReconciliationRun) {
  const outcome = await askAndSettle(core, difference);
  const capture = await captureOf(core, difference);
  if (capture !== undefined) {
    await core.stores.reconciliations.mark(run, [capture.id]);
    return capture.accepted ? 'settled' : 'owed';
  }
  if (outcome === 'unanswered') return outcome;
  // Settling has told a person already when the proof did not fit.
  return outcome === 'mismatch' ? 'review' : { review: 'billed_not_confirmed' };
}

/** Their money went back before we knew that it had come: the payment is settled if the provider proves it, the refund is told. */
async function settleRefundedPayment(core: CoreContext, difference: Difference): Promise<Resolution | Review> {
  const outcome = await askAndSettle(core, difference);
  return outcome === 'unanswered' ? outcome : { review: 'refunded_elsewhere' };
}

async function askAndSettle(core: CoreContext, { paymentId, attemptId }: Difference) {
  const record = await core.stores.payments.loadPayment(paymentId!);
  const attempt = record?.attempts.find(({ id }) => id === attemptId);
  if (attempt === undefined) throw new Error(`Attempt ${attemptId} is gone.`);
  return checkAttempt(core, attempt);
}

async function captureOf(core: CoreContext, { paymentId, providerReference }: Difference) {
  const record = await core.stores.payments.loadPayment(paymentId!);
  return record?.captures.find((it) => it.providerReference === providerReference);
}

/** A refund that is under way here is asked about as ever; of one that has ended only the last word may change. */
async function settleRefundState(core: CoreContext, { refundId, theirs }: Difference, { app }: ReconciliationRun) {
  const refund = await core.stores.payments.findRefund(app, refundId!);
  if (refund === undefined) throw new Error(`Refund ${refundId} is gone.`);
  const wasMoving = refund.status === 'processing' || refund.status === 'unknown';
  if (wasMoving) await checkRefund(core, refund);
  else {
    const snapshot = await askAboutRefund(core, refund);
    if (saysTheSame(snapshot, refund)) return 'confirmed';
    if (snapshot.state === 'succeeded' && refund.status === 'needs_review') await settleRefund(core, refund, snapshot);
  }
  const now = await core.stores.payments.findRefund(app, refund.id);
  if (now?.status === theirs?.state) return 'settled';
  const moves = now?.status === 'processing' || now?.status === 'unknown';
  return moves ? 'unanswered' : { review: 'billed_state' };
}
