import { randomBytes } from 'node:crypto';
import type { Tamperings } from '../frame/fault-rule.js';
import { SCHEME } from './authorization.js';
import { nonce32 } from './identifiers.js';
import type { Platform } from './platform.js';
import { signRsaSha256 } from './rsa-sha256.js';

const STALE_BY_S = 600;

/**
 * The `Wechatpay-*` headers over a body, for answers and notifications alike (protocol §2.1). `Signature-Type` goes on
 * answers too: the Python SDK refuses an answer without it.
 */
export async function sealHeaders(
  body: string,
  platform: Platform,
  tamperings: Tamperings,
): Promise<Record<string, string>> {
  const stale = tamperings.has('stale_timestamp') ? STALE_BY_S : 0;
  const timestamp = String(Math.floor(Date.now() / 1_000) - stale);
  const nonce = nonce32();
  const message = `${timestamp}\n${nonce}\n${body}\n`;
  const headers: Record<string, string> = {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': await signatureOf(message, platform, tamperings),
    'Wechatpay-Serial': tamperings.has('wrong_serial')
      ? randomBytes(20).toString('hex').toUpperCase()
      : platform.serial,
    'Wechatpay-Signature-Type': SCHEME,
  };
  if (tamperings.has('no_signature')) delete headers['Wechatpay-Signature'];
  return headers;
}

async function signatureOf(message: string, platform: Platform, tamperings: Tamperings): Promise<string> {
  // The shape of WeChat's own probe traffic (protocol §2.2): 355 characters, no multiple of 4, not decodable strictly.
  if (tamperings.has('signtest')) return `WECHATPAY/SIGNTEST/${randomBytes(250).toString('base64')}`;
  const key = tamperings.has('wrong_key') ? platform.strangersKey() : platform.key;
  return signRsaSha256(tamperings.has('bad_signature') ? `${message}spoiled` : message, key);
}
