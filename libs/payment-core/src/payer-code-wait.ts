import type { CoreContext } from './core-context.js';
import type { Attempt } from './payment.js';
import { EXPIRY_GRACE_MS } from './polling-plan.js';

/** What both wallets give for the password at most, where a lost answer leaves no action that says it. */
const WAIT_MS = 50_000;
const POLL_MS = 5_000;
/** For so long after its time a code that could not be closed is still tried at the same pace. */
const INSISTENCE_MS = 60_000;

type Context = Pick<CoreContext, 'clock' | 'providers'>;

/**
 * True when the payer who showed a code has had the time that its wallet gives for the password: the till must go on, so
 * what is still unpaid is closed. That the payer was faster is found out by asking first, and by the close itself.
 */
export function hasWaitedLongEnough(core: Context, attempt: Attempt): boolean {
  const until = waitsUntil(core, attempt);
  return until !== undefined && core.clock.now().getTime() >= until;
}

/** When to ask next about a payer's code: as often as its wallet wants, and just when the wait is over. */
export function nextPayerCodeCheck(core: Context, attempt: Attempt): Date | undefined {
  const until = waitsUntil(core, attempt);
  const now = core.clock.now().getTime();
  if (until === undefined || now >= until + INSISTENCE_MS) return undefined;
  const { nextAction } = attempt;
  const planned = now + (nextAction?.type === 'await_payer' ? nextAction.pollAfterMs : POLL_MS);
  return new Date(now < until ? Math.min(planned, until) : planned);
}

/** Milliseconds; undefined for whatever is not a payer's code whose charge is still open. */
function waitsUntil({ providers }: Context, attempt: Attempt): number | undefined {
  const { status, nextAction, createdAt } = attempt;
  if (status === 'awaiting_payer' && nextAction?.type === 'await_payer')
    return nextAction.expiresAt.getTime() + EXPIRY_GRACE_MS;
  const isCharge = providers.method(attempt.method)?.scenes[attempt.scene] === 'payer_code';
  return status === 'unknown' && isCharge ? createdAt.getTime() + WAIT_MS + EXPIRY_GRACE_MS : undefined;
}
