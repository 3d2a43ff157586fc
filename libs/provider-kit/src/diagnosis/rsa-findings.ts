import { constants, createHash, publicDecrypt, verify, type KeyObject } from 'node:crypto';
import type { Finding, SignatureCause } from '@hutong/payment-port';
import { rsaVerify } from '../rsa-signature.js';
import { finding } from './findings.js';

/** A text that may have been under the signature, and what that would mean. */
export type Spelling = readonly [cause: SignatureCause, text: string | Uint8Array, detail?: string];

export interface RsaQuestion {
  readonly signature: string;
  /** The key that should hold. */
  readonly key: KeyObject;
  /** The texts that should be under it; usually one. */
  readonly expected: readonly Uint8Array[];
  /** Other keys, and what it means when one of them signed. */
  readonly otherKeys?: readonly (readonly [cause: SignatureCause, key: KeyObject, detail?: string])[];
  readonly spellings: () => Iterable<Spelling>;
}

/** What one question may cost, whoever asks it: notifications come from strangers. */
const MOST_SPELLINGS = 250;
const MOST_BYTES = 65_536;

/**
 * Undefined when the signature holds; else the mistake that explains it. An RSA signature of PKCS#1 v1.5 can be opened
 * with the public key: that tells for certain whether the key is right, before any text is guessed.
 */
export function rsaFinding({ signature, key, expected, otherKeys = [], spellings }: RsaQuestion): Finding | undefined {
  if (expected.some((text) => rsaVerify(key, text, signature))) return undefined;
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const byShape = shapeFinding(signature, size);
  if (byShape !== undefined) return byShape;
  const bytes = Buffer.from(signature, 'base64');
  const digest = digestUnder(key, bytes);
  if (digest === undefined) return keyFinding(bytes, key, expected, otherKeys);
  if (digest === 'another') return finding('another_hash');
  for (const [cause, text, detail] of firstOf(spellings())) {
    if (text.length <= MOST_BYTES && createHash('sha256').update(text).digest().equals(digest)) {
      return finding(cause, detail);
    }
  }
  return finding('another_string');
}

function* firstOf(spellings: Iterable<Spelling>): Generator<Spelling> {
  let left = MOST_SPELLINGS;
  for (const spelling of spellings) {
    if (left === 0) return;
    left -= 1;
    yield spelling;
  }
}

const HEX = /^[0-9a-fA-F]+$/;
/** MD5, SHA-1, SHA-256 and SHA-512, bare or as an HMAC. */
const DIGEST_BYTES: readonly number[] = [16, 20, 32, 64];

function shapeFinding(signature: string, size: number): Finding | undefined {
  if (signature.length > 2_048) return finding('signature_not_base64', 'far too long');
  const hexBytes = HEX.test(signature) ? signature.length / 2 : undefined;
  if (hexBytes !== undefined && DIGEST_BYTES.includes(hexBytes))
    return finding('symmetric_signature', 'in hexadecimal');
  if (hexBytes === size) return finding('signature_in_hex');
  if (/^[A-Za-z0-9+/ ]+=*$/.test(signature) && signature.includes(' ')) return finding('plus_became_space', 'sign');
  if (/^[A-Za-z0-9_-]+=*$/.test(signature) && /[_-]/.test(signature)) return finding('signature_in_base64url');
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== signature) return finding('signature_not_base64');
  if (bytes.length === size) return undefined;
  if (DIGEST_BYTES.includes(bytes.length)) return finding('symmetric_signature', `${bytes.length} bytes`);
  return finding('another_key_size', `${bytes.length * 8} bits in place of ${size * 8}`);
}

function keyFinding(
  signature: Buffer,
  key: KeyObject,
  expected: readonly Uint8Array[],
  otherKeys: NonNullable<RsaQuestion['otherKeys']>,
): Finding {
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  if (expected.some((text) => text.length <= MOST_BYTES && verify('sha256', text, pss, signature))) {
    return finding('pss_padding');
  }
  const [cause, , detail] = otherKeys.find(([, other]) => digestUnder(other, signature) !== undefined) ?? [];
  return cause === undefined ? finding('unknown_key') : finding(cause, detail);
}

/** What stands in front of a SHA-256 digest in a signature (RFC 8017, 9.2, note 1). */
const SHA_256 = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** The digest that `key` signed; `another` when it is of another hash, undefined when another key signed. */
function digestUnder(key: KeyObject, signature: Buffer): Buffer | 'another' | undefined {
  try {
    const info = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    return info.subarray(0, SHA_256.length).equals(SHA_256) ? info.subarray(SHA_256.length) : 'another';
  } catch {
    return undefined;
  }
}
