import { type KeyObject, sign, verify } from 'node:crypto';

/** RSASSA-PKCS1-v1_5 with SHA-256 as base64, computed in the thread pool. */
export function signRsaSha256(text: string, key: KeyObject): Promise<string> {
  return new Promise((done, failed) => {
    sign('RSA-SHA256', Buffer.from(text), key, (error, signature) => {
      if (error === null) done(signature.toString('base64'));
      else failed(error);
    });
  });
}

/**
 * The signature is standard Base64 in one line (protocol §1.2), with or without its padding; Node's decoder alone would take
 * other alphabets and blanks too, which do not come back as they were.
 */
export function verifyRsaSha256(data: Buffer, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64');
  const standard = bytes.toString('base64');
  if (signature !== standard && signature !== standard.replace(/=+$/, '')) return false;
  return verify('RSA-SHA256', data, key, bytes);
}
