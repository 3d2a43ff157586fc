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

/** Standard Base64 in one line (protocol §1.2); Node's decoder alone would take other alphabets and blanks too. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function verifyRsaSha256(data: Buffer, signature: string, key: KeyObject): boolean {
  return BASE64.test(signature) && verify('RSA-SHA256', data, key, Buffer.from(signature, 'base64'));
}
