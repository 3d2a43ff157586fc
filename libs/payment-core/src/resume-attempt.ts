import { checkAttempt } from './check-attempt.js';
import type { CoreContext } from './core-context.js';
import type { Attempt, PayerFacts, Payment } from './payment.js';
import { prepareAttempt } from './prepare-attempt.js';
import { conflict } from './problem.js';

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
  if (attempt.status === 'starting' && (attempt.nextCheckAt ?? now) > now) {
    throw conflict(
      'attempt_in_progress',
      'Another request is starting this attempt right now; ask again in a moment.',
      { attempt_id: attempt.id },
    );
  }
  return sendAgain(core, payment, attempt, payer);
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
  const known = (await core.stores.payments.loadPayment(payment.id))?.attempts.find((it) => it.id === attempt.id);
  if (known?.status !== 'unknown' || outcome === 'unanswered') return known;
  const sent = await prepareAttempt(core, payment, known, { payer });
  return sent.status === 'unknown' ? undefined : sent;
}
