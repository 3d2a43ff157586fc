import { randomFillSync } from 'node:crypto';

/** Drawn at once, because a draw costs the same for sixteen bytes as for thousands. */
const pool = Buffer.alloc(4_096);
let used = pool.length;

/** Cryptographically random bytes as lower-case hex digits, two for each byte. @param bytes at most 64 */
export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}
