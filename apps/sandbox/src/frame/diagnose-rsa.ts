import { constants, createHash, type KeyObject, publicDecrypt, verify } from 'node:crypto';
import { causeOf, type SignatureCause, type SignatureCauseCode } from './signature-cause.js';

/** What a client may have signed instead, and which mistake that would be. */
export interface Spelling {
  readonly code: SignatureCauseCode;
  readonly text: Uint8Array | string;
  readonly detail?: string;
}

/** A signature that did not hold, and everything it may have been. */
export interface RsaFailure {
  readonly signature: string;
  readonly own: KeyObject;
  /** The string that should have been signed. */
  readonly expected: Uint8Array;
  /** Keys of other accounts, by the names to show. */
  readonly others: Iterable<readonly [name: string, key: KeyObject]>;
  /** Lazy: none is made before the key has proved right. */
  readonly spellings: Iterable<Spelling>;
}

/** Bounds on what one bad request may cost: RSA operations, hashes, bytes under each hash. */
const MOST_KEYS = 32;
const MOST_SPELLINGS = 200;
export const MOST_BYTES = 32_768;

/**
 * Which known mistake explains a signature. PKCS#1 v1.5 lets itself be opened: one operation with a public key tells
 * whether that key signed, with which hash and over which digest, so that every spelling after it costs a hash only.
 */
export function diagnoseRsa({ signature, own, expected, others, spellings }: RsaFailure): SignatureCause {
  const shape = shapeCause(signature, own);
  if (shape !== undefined) return shape;
  const bytes = Buffer.from(signature, 'base64');
  const signed = opened(own, bytes);
  if (signed === undefined) return strangersCause(bytes, own, expected, others);
  if (signed.hash !== 'sha256') return causeOf('another_hash', signed.hash);
  return spellingThatFits(spellings, (text) => digestOf(text).equals(signed.digest)) ?? causeOf('another_string');
}

/** The first of the spellings that `fits`, as its cause; looks at a bounded number of them. */
export function spellingThatFits(
  spellings: Iterable<Spelling>,
  fits: (text: Uint8Array | string) => boolean,
): SignatureCause | undefined {
  let left = MOST_SPELLINGS;
  for (const { code, text, detail } of spellings) {
    if ((left -= 1) < 0) return undefined;
    if (text.length <= MOST_BYTES && fits(text)) return causeOf(code, detail);
  }
  return undefined;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^[A-Za-z0-9+/]{2,3}={1,2}$/;
const SHARED_KEY_BYTES: readonly number[] = [16, 20, 32, 64];

/** What the text of the signature gives away before any mathematics. */
function shapeCause(signature: string, own: KeyObject): SignatureCause | undefined {
  if (signature.length > 4_096) return causeOf('signature_not_base64', 'far too long');
  const size = (own.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  if (/^(?:[0-9a-f]{2})+$|^(?:[0-9A-F]{2})+$/.test(signature)) {
    const bytes = signature.length / 2;
    if (SHARED_KEY_BYTES.includes(bytes)) return causeOf('symmetric_signature', `${bytes} bytes in hexadecimal`);
    if (bytes === size) return causeOf('signature_in_hex');
  }
  if (/^[A-Za-z0-9+/ ]+=*$/.test(signature) && signature.includes(' ')) return causeOf('plus_became_space');
  if (/^[A-Za-z0-9_-]+=*$/.test(signature) && /[_-]/.test(signature)) return causeOf('signature_in_base64url');
  if (!BASE64.test(signature)) return causeOf('signature_not_base64');
  const bytes = Buffer.from(signature, 'base64').length;
  if (bytes === size) return undefined;
  if (SHARED_KEY_BYTES.includes(bytes)) return causeOf('symmetric_signature', `${bytes} bytes`);
  return causeOf('another_key_size', `${bytes * 8} bits in place of ${size * 8}`);
}

function strangersCause(
  signature: Buffer,
  own: KeyObject,
  expected: Uint8Array,
  others: RsaFailure['others'],
): SignatureCause {
  if (isPss(signature, own, expected)) return causeOf('pss_padding');
  let left = MOST_KEYS;
  for (const [name, key] of others) {
    if ((left -= 1) < 0) break;
    if (opened(key, signature) !== undefined) return causeOf('key_of_another_account', name);
  }
  return causeOf('unknown_key');
}

function isPss(signature: Buffer, own: KeyObject, expected: Uint8Array): boolean {
  if (expected.length > MOST_BYTES) return false;
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_AUTO: saltLength } = constants;
  return verify('sha256', expected, { key: own, padding, saltLength }, signature);
}

/** DigestInfo up to the digest (RFC 8017, 9.2), by hash. */
const DIGEST_INFO = {
  sha256: '3031300d060960864801650304020105000420',
  sha1: '3021300906052b0e03021a05000414',
  md5: '3020300c06082a864886f70d020505000410',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
} as const;

function opened(key: KeyObject, signature: Buffer): { readonly hash: string; readonly digest: Buffer } | undefined {
  try {
    const info = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    const known = Object.entries(DIGEST_INFO).find(([, head]) => info.toString('hex').startsWith(head));
    if (known === undefined) return { hash: 'unknown', digest: Buffer.alloc(0) };
    return { hash: known[0], digest: info.subarray(known[1].length / 2) };
  } catch {
    return undefined;
  }
}

const digestOf = (text: Uint8Array | string): Buffer => createHash('sha256').update(text).digest();
