import type { PaymentProvider } from '@hutong/payment-port';
import { providerOf } from './account-lookup.js';
import type { CoreContext } from './core-context.js';
import { inStep } from './observation/observer.js';
import { hasWallet, type Attempt, type WalletAttempt } from './payment.js';
import { hasWaitedLongEnough, nextPayerCodeCheck } from './payer-code-wait.js';
import { eventOf } from './payment-events.js';
import { isAttemptOverdue, nextAttemptCheck, START_LEASE_MS } from './polling-plan.js';
import { checkScanCode } from './scan-codes/close-scan-code.js';
import { settleAttempt, type SettleOutcome } from './settle-payment.js';

/**
 * Asks the provider about an attempt and applies the answer. Whatever goes wrong leaves the attempt as it is, to be
 * asked again at the next step of its plan: no answer is not a failure.
 */
export function checkAttempt(core: CoreContext, attempt: Attempt): Promise<SettleOutcome | 'unanswered'> {
  const about = { app_id: attempt.app, payment_id: attempt.paymentId, attempt_id: attempt.id };
  return inStep(core, { name: 'check_attempt', about }, () => check(core, attempt));
}

async function check(core: CoreContext, attempt: Attempt): Promise<SettleOutcome | 'unanswered'> {
  if (!hasWallet(attempt)) return checkScanCode(core, attempt);
  const outcome = await ask(core, attempt);
  if (outcome === 'unchanged' || outcome === 'unanswered') await watchOn(core, attempt);
  if (outcome === 'mismatch') await core.stores.payments.scheduleAttempt(attempt.id, null);
  return outcome;
}

async function ask(core: CoreContext, attempt: WalletAttempt): Promise<SettleOutcome | 'unanswered'> {
  try {
    const provider = await providerOf(core, attempt);
    const snapshot = await provider.payments.query(attempt.reference);
    if (snapshot.state === 'awaiting_payer' && isToBeClosed(core, attempt))
      return await closeAgain(core, provider, attempt);
    return await settleAttempt(core, attempt, snapshot, { proof: 'query' });
  } catch (error) {
    core.report(error, { doing: 'query an attempt', attempt_id: attempt.id, provider: attempt.provider });
    return 'unanswered';
  }
}

/**
 * A close that did not get through, and whatever its wallet still has open after its time: an order of WeChat Pay stays
 * unpaid for ever unless somebody closes it, and a payment that another try paid closes none.
 */
function isToBeClosed(core: CoreContext, attempt: Attempt): boolean {
  const over = core.clock.now() > attempt.expiresAt;
  return over || attempt.status === 'superseded' || hasWaitedLongEnough(core, attempt);
}

/** An attempt that its payer could still pay, and should not: closed where the provider says so, else asked about again. */
async function closeAgain(
  core: CoreContext,
  provider: PaymentProvider,
  attempt: WalletAttempt,
): Promise<SettleOutcome> {
  const outcome = await provider.payments.close?.(attempt.reference);
  return outcome === 'closed' ? settleAttempt(core, attempt, { state: 'closed' }, { proof: 'query' }) : 'unchanged';
}

/**
 * An attempt that is `starting` long after it began lost its maker: what became of the call is unknown, and the payer may
 * send it again. One that should have ended a day ago is shown to a person, once, and asked about once a day from then on.
 */
async function watchOn(core: CoreContext, attempt: WalletAttempt): Promise<void> {
  const { payments } = core.stores;
  const now = core.clock.now();
  const nextCheckAt = nextCheck(core, attempt);
  const orphaned = attempt.status === 'starting' && now.getTime() >= attempt.createdAt.getTime() + START_LEASE_MS;
  if (orphaned) await payments.moveAttempt(attempt.id, 'unknown', { nextCheckAt });
  else if (nextCheckAt === null || !isAttemptOverdue(attempt, now))
    await payments.scheduleAttempt(attempt.id, nextCheckAt);
  else await payments.scheduleAttempt(attempt.id, nextCheckAt, { at: now, event: overdueEvent(attempt, now) });
}

function overdueEvent(attempt: WalletAttempt, now: Date) {
  const data = { attempt_id: attempt.id, code: 'no_final_answer', status: attempt.status };
  return eventOf('payment.needs_review', attempt, data, now);
}

/** Settled attempts are left alone; every other is watched to its end. */
function nextCheck(core: CoreContext, attempt: WalletAttempt): Date | null {
  const settled = attempt.status === 'paid' || attempt.status === 'failed' || attempt.status === 'closed';
  if (settled) return null;
  const pace = core.providers.pace(attempt.provider);
  return nextPayerCodeCheck(core, attempt) ?? nextAttemptCheck(attempt, pace, core.clock.now());
}
