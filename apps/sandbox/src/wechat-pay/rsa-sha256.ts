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

export function verifyRsaSha256(data: Buffer, signature: string, key: KeyObject): boolean {
  return verify('RSA-SHA256', data, key, Buffer.from(signature, 'base64'));
}
