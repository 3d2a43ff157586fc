import { createHmac, hkdfSync } from 'node:crypto';

/** HMAC-SHA256, in hex, under a key of its own drawn from the master key: the master key itself seals and does nothing else. */
export function keyedFingerprint(masterKey: Buffer): (text: string) => string {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'hutong/fingerprint/1', 32));
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
