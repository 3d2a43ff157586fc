/**
 * When to ask a provider again, in seconds after the last question: WeChat Pay recommends 5 s, 30 s, 1, 3, 5, 10 and
 * 30 minutes after an order; Alipay 3–5 s at first. The last step repeats.
 */
const STEPS_S = [5, 10, 30, 60, 180, 300, 600, 1_800] as const;

/** A provider may still be settling a payment made in the last moment before the expiry we sent. */
export const EXPIRY_GRACE_MS = 10_000;

/** How long a fresh `starting` row belongs to the request that wrote it before the worker looks after it. */
export const START_LEASE_MS = 30_000;

/** The next moment to ask about an attempt; never long after its expiry, when the answer becomes final. */
export function nextAttemptCheck(checks: number, now: Date, expiresAt: Date): Date {
  const planned = now.getTime() + stepMs(checks);
  const final = expiresAt.getTime() + EXPIRY_GRACE_MS;
  return new Date(final > now.getTime() ? Math.min(planned, final) : planned);
}

export function nextRefundCheck(checks: number, now: Date): Date {
  return new Date(now.getTime() + stepMs(checks));
}

function stepMs(checks: number): number {
  return (STEPS_S[Math.min(checks, STEPS_S.length - 1)] ?? 1_800) * 1_000;
}
