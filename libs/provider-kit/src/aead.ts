import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';

const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** A 32-byte AES key from its ASCII text, as WeChat Pay's APIv3 key is given. @throws RangeError on another length */
export function aesKey(text: string): KeyObject {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length !== 32) throw new RangeError(`The key must be exactly 32 bytes, not ${bytes.length}.`);
  return createSecretKey(bytes);
}

/**
 * Opens AES-256-GCM `base64(ciphertext || 16-byte tag)`.
 * @throws Error when key, nonce, associated data or tag do not hold
 */
export function openAead(
  key: KeyObject,
  sealed: { nonce: string; associatedData: string; ciphertext: string },
): Buffer {
  const nonce = Buffer.from(sealed.nonce, 'utf8');
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  if (nonce.length !== NONCE_BYTES) throw new RangeError('The nonce must be 12 bytes.');
  if (bytes.length < TAG_BYTES) throw new RangeError('The ciphertext is shorter than its tag.');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(sealed.associatedData, 'utf8'));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]);
}
