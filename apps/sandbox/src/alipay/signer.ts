import type { Tamperings } from '../frame/fault-rule.js';
import type { AlipayKeys } from './alipay-keys.js';
import { signRsa2 } from './rsa2.js';

/**
 * The signature faults this wire can show. A timestamp stands beside a signature in REST answers only, and a serial only
 * in answers to apps in certificate mode: `stale_timestamp` and `wrong_serial` change nothing else.
 */
export const ALIPAY_TAMPERINGS = [
  'bad_signature',
  'no_signature',
  'wrong_key',
  'wrong_serial',
  'stale_timestamp',
] as const;

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

/** The name of a certificate that the client was never given; the key, and so the signature, is the right one. */
export function namedSn(certSn: string | undefined, tamperings: Tamperings): string | undefined {
  return tamperings.has('wrong_serial') ? certSn && [...certSn].toReversed().join('') : certSn;
}

/** Still Base64 of 256 bytes, so that clients fail in verifying and not in parsing. */
const spoiled = (signature: string): string => (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
