import { timingSafeEqual } from 'node:crypto';
import type { Stores } from '../stores/stores.js';

const ATTEMPT = 'att_';
/** 26 letters of the attempt's id, then 128 bits of its MAC in base64url. */
const TOKEN = /^[0-9A-Za-z]{26}[\w-]{22}$/;
const ID_LETTERS = 26;
const MAC_BYTES = 16;

type Keyed = Pick<Stores, 'fingerprint'>;

/**
 * What stands in the address that a code holds: short, so that the code is easy to scan, and signed, so that nobody can make one up,
 * or walk from one code to the next. It names its attempt and says nothing else; whether that is alive, its row says.
 */
export function scanCodeToken(stores: Keyed, attemptId: string): string {
  return `${attemptId.slice(ATTEMPT.length)}${macOf(stores, attemptId)}`;
}

/** The attempt that a token of ours names; undefined for anything else, without a look at the database. */
export function readScanCodeToken(stores: Keyed, token: string): string | undefined {
  if (!TOKEN.test(token)) return undefined;
  const attemptId = `${ATTEMPT}${token.slice(0, ID_LETTERS)}`;
  const given = Buffer.from(token.slice(ID_LETTERS));
  return timingSafeEqual(given, Buffer.from(macOf(stores, attemptId))) ? attemptId : undefined;
}

/** The leftmost half of an HMAC-SHA256; what it covers begins with its purpose, so that it is no other fingerprint of ours. */
function macOf({ fingerprint }: Keyed, attemptId: string): string {
  const mac = Buffer.from(fingerprint(JSON.stringify(['scan_code', attemptId])), 'hex');
  return mac.subarray(0, MAC_BYTES).toString('base64url');
}
