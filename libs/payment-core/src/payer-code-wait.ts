import type { Attempt } from './payment.js';
import { EXPIRY_GRACE_MS } from './polling-plan.js';

/** For so long after its time a code that could not be closed is still tried at the same pace. */
const INSISTENCE_MS = 60_000;

/**
 * True when the payer who showed a code has had the time that its wallet gives for the password: the till must go on, so
 * what is still unpaid is closed. That the payer was faster is found out by asking first, and by the close itself.
 */
export function hasWaitedLongEnough(attempt: Attempt, now: Date): boolean {
  const until = waitsUntil(attempt);
  return until !== undefined && now.getTime() >= until;
}

/** When to ask next about a payer's code: as often as its wallet wants, and just when the wait is over. */
export function nextPayerCodeCheck(attempt: Attempt, now: Date): Date | undefined {
  const until = waitsUntil(attempt);
  if (until === undefined || attempt.nextAction?.type !== 'await_payer') return undefined;
  const at = now.getTime();
  if (at >= until + INSISTENCE_MS) return undefined;
  const planned = at + attempt.nextAction.pollAfterMs;
  return new Date(at < until ? Math.min(planned, until) : planned);
}

/** Milliseconds; undefined for whatever is not a payer's code that awaits its password. */
function waitsUntil({ status, nextAction }: Attempt): number | undefined {
  const waits = status === 'awaiting_payer' && nextAction?.type === 'await_payer';
  return waits ? nextAction.expiresAt.getTime() + EXPIRY_GRACE_MS : undefined;
}
