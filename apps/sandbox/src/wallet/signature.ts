import { createHmac, timingSafeEqual } from 'node:crypto';

/** `v1=` and the hex HMAC-SHA256 over the lines, each ended by a line feed. Bodies are signed as the bytes sent. */
export function walletSignature(secret: string, lines: readonly (string | Buffer)[]): string {
  const mac = createHmac('sha256', secret);
  for (const line of lines) mac.update(line).update('\n');
  return `v1=${mac.digest('hex')}`;
}

export function sameSignature(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
