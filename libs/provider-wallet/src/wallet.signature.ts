import { createHmac, timingSafeEqual } from 'node:crypto';

/** `v1=<hex HMAC-SHA256>` over lines that each end with a line feed; the last line is the body as it travels. */
export function signature(secret: string, lines: readonly (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', secret);
  for (const line of lines) hmac.update(line).update('\n');
  return `v1=${hmac.digest('hex')}`;
}

/** Compares in constant time; texts of unequal length are simply different. */
export function signatureHolds(secret: string, lines: readonly (string | Uint8Array)[], given: string): boolean {
  const expected = Buffer.from(signature(secret, lines));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** A signed message is good for 300 seconds, either way. `timestamp` is unix seconds as text. */
export function isFresh(timestamp: string, now: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1_000 - Number(timestamp)) <= 300;
}
