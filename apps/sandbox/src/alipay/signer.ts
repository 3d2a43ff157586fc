import type { Tamperings } from '../frame/fault-rule.js';
import type { AlipayKeys } from './alipay-keys.js';
import { signRsa2 } from './rsa2.js';

/** The signature faults this wire can show. Nothing here carries a timestamp or serial that a signature would bind. */
export const ALIPAY_TAMPERINGS = ['bad_signature', 'no_signature', 'wrong_key'] as const;

/** Alipay's signature over `bytes`, or what a fault rule wants instead; undefined: none at all. */
export async function alipaySignature(
  bytes: Uint8Array,
  keys: AlipayKeys,
  tamperings: Tamperings,
): Promise<string | undefined> {
  if (tamperings.has('no_signature')) return undefined;
  const signature = signRsa2(bytes, tamperings.has('wrong_key') ? await keys.stray() : keys.own);
  return tamperings.has('bad_signature') ? spoiled(signature) : signature;
}

/** Still Base64 of 256 bytes, so that clients fail in verifying and not in parsing. */
const spoiled = (signature: string): string => (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
