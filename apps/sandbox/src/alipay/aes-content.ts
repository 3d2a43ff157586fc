import { createCipheriv, createDecipheriv } from 'node:crypto';

/** AES-128-CBC, PKCS7, and an IV of sixteen zeros: so Alipay specifies it (opendocs common/02mse3). */
const CIPHER = 'aes-128-cbc';
const IV = Buffer.alloc(16);

/** @param key the account's encrypt_key, Base64 of 16 bytes. @returns Base64 */
export function encryptContent(bytes: Uint8Array, key: string): string {
  const cipher = createCipheriv(CIPHER, Buffer.from(key, 'base64'), IV);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
}

/** @throws Error when it was not encrypted with this key */
export function decryptContent(content: string, key: string): Buffer {
  const decipher = createDecipheriv(CIPHER, Buffer.from(key, 'base64'), IV);
  return Buffer.concat([decipher.update(content, 'base64'), decipher.final()]);
}
