import { hash } from 'node:crypto';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long each attempt waits after the one before it; ten in all, over about three days. The ladder is the Standard Webhooks one. */
export const RETRY_SCHEDULE_MS = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** A step is up to this much longer than the ladder says, never shorter. */
export const JITTER = 0.1;

/** Longer than any step: a receiver cannot put a message off for good. */
export const MAX_RETRY_AFTER_MS = 24 * HOUR;

/** Nothing but failures for this long disables an endpoint. */
export const FAILING_LIMIT_MS = 5 * 24 * HOUR;

/**
 * How long to wait after the given number of failed attempts; undefined when the ladder has ended. The jitter spreads what failed
 * together, and is a function of seed, delivery and step: the same ones always wait equally long.
 */
export function retryDelay(failed: number, deliveryId: string, seed = ''): number | undefined {
  const step = RETRY_SCHEDULE_MS[failed];
  return step === undefined ? undefined : Math.round(step * (1 + JITTER * fraction(`${seed}/${deliveryId}/${failed}`)));
}

/** Even over [0, 1). */
function fraction(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16) / 2 ** 32;
}

/** What a `Retry-After` header asks for in milliseconds, at most a day: seconds or an HTTP date. Undefined when it says nothing usable. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * SECOND, MAX_RETRY_AFTER_MS);
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const wait = Date.parse(text) - now.getTime();
  return Number.isNaN(wait) || wait < 0 ? undefined : Math.min(wait, MAX_RETRY_AFTER_MS);
}
