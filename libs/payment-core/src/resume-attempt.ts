import { checkAttempt } from './check-attempt.js';
import type { CoreContext } from './core-context.js';
import { hasWallet, type Attempt, type PayerFacts, type Payment } from './payment.js';
import { START_LEASE_MS } from './polling-plan.js';
import { prepareAttempt } from './prepare-attempt.js';
import { conflict, type PaymentProblem } from './problem.js';

/**
 * Goes on with an attempt of the same method, scene and payer: one that still awaits the payer is answered again, one of
 * unknown outcome is asked about and then sent again as it was. Undefined when a new attempt has to take its place.
 * @throws PaymentProblem `attempt_in_progress` while another request is starting it
 */
export async function resumeAttempt(
  core: CoreContext,
  payment: Payment,
  attempt: Attempt,
  payer: PayerFacts,
): Promise<Attempt | undefined> {
  const now = core.clock.now();
  if (attempt.status === 'awaiting_payer')
    return attempt.nextAction && attempt.nextAction.expiresAt > now ? attempt : undefined;
  refuseWhileStarting(core, attempt);
  return sendAgain(core, payment, attempt, payer);
}

/**
 * The same code of a payer again: it was sent and is never sent twice. Its provider is asked, and the attempt answered as it
 * stands then; one of unknown outcome stays so until a new code takes its place.
 * @throws PaymentProblem `attempt_in_progress` while another request is charging it
 */
export async function resumeCharge(core: CoreContext, attempt: Attempt): Promise<Attempt> {
  refuseWhileStarting(core, attempt);
  await checkAttempt(core, attempt);
  return (await core.stores.payments.findAttemptByReference(attempt.reference)) ?? attempt;
}

/**
 * By when it began, not by when it is asked about next: whoever looks after it early takes nothing from the request that made it.
 * @throws PaymentProblem `attempt_in_progress` while that request may still be calling the provider
 */
export function refuseWhileStarting(core: CoreContext, attempt: Attempt): void {
  const age = core.clock.now().getTime() - attempt.createdAt.getTime();
  if (attempt.status === 'starting' && age < START_LEASE_MS) throw attemptInProgress(attempt);
}

export function attemptInProgress({ id }: Attempt): PaymentProblem {
  const detail = 'Another request is starting an attempt of this payment right now; ask again in a moment.';
  return conflict('attempt_in_progress', detail, { attempt_id: id });
}

/**
 * The same request under the same number, once the provider has said how it stands. Undefined when even that does not
 * answer what the payer needs (the order is there, with other facts of the payer): a new attempt takes its place.
 */
async function sendAgain(
  core: CoreContext,
  payment: Payment,
  attempt: Attempt,
  payer: PayerFacts,
): Promise<Attempt | undefined> {
  const outcome = await checkAttempt(core, attempt);
  const attempts = (await core.stores.payments.loadPayment(payment.id))?.attempts ?? [];
  const known = attempts.filter(hasWallet).find((it) => it.id === attempt.id);
  if (known?.status !== 'unknown' || outcome === 'unanswered') return known;
  const sent = await prepareAttempt(core, payment, known, { payer });
  return sent.status === 'unknown' ? undefined : sent;
}
