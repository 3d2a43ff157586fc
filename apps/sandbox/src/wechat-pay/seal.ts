import { type KeyObject, randomBytes } from 'node:crypto';
import type { Tamperings } from '../frame/fault-rule.js';
import { SCHEME } from './authorization.js';
import { digits, nonce32, publicKeyIdOf } from './identifiers.js';
import { PUBLIC_KEY_PREFIX } from './key-mode.js';
import { signRsaSha256 } from './rsa-sha256.js';

/** A key of WeChat Pay's that signs, with the name by which clients look it up. */
export interface SigningKey {
  /** A certificate's serial number, or `PUB_KEY_ID_…`. */
  readonly serial: string;
  readonly key: KeyObject;
  /** A key that nobody was told of, for the fault `wrong_key`; made when first asked for. */
  strangersKey(): KeyObject;
}

const STALE_BY_S = 600;

/**
 * The `Wechatpay-*` headers over a body, for answers and notifications alike (protocol §2.1). `Signature-Type` goes on
 * answers too: the Python SDK refuses an answer without it.
 */
export async function sealHeaders(
  body: string,
  signing: SigningKey,
  tamperings: Tamperings,
): Promise<Record<string, string>> {
  const stale = tamperings.has('stale_timestamp') ? STALE_BY_S : 0;
  const timestamp = String(Math.floor(Date.now() / 1_000) - stale);
  const nonce = nonce32();
  const message = `${timestamp}\n${nonce}\n${body}\n`;
  const headers: Record<string, string> = {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': await signatureOf(message, signing, tamperings),
    'Wechatpay-Serial': tamperings.has('wrong_serial') ? foreign(signing.serial) : signing.serial,
    'Wechatpay-Signature-Type': SCHEME,
  };
  if (tamperings.has('no_signature')) delete headers['Wechatpay-Signature'];
  return headers;
}

/** Another name of the same shape. */
function foreign(serial: string): string {
  if (serial.startsWith(PUBLIC_KEY_PREFIX)) return publicKeyIdOf(`19${digits(8)}`);
  return randomBytes(20).toString('hex').toUpperCase();
}

async function signatureOf(message: string, signing: SigningKey, tamperings: Tamperings): Promise<string> {
  // The shape of WeChat's own probe traffic (protocol §2.2): 355 characters, no multiple of 4, not decodable strictly.
  if (tamperings.has('signtest')) return `WECHATPAY/SIGNTEST/${randomBytes(250).toString('base64')}`;
  const key = tamperings.has('wrong_key') ? signing.strangersKey() : signing.key;
  return signRsaSha256(tamperings.has('bad_signature') ? `${message}spoiled` : message, key);
}
