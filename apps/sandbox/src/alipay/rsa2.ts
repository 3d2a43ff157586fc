import { type KeyObject, createPublicKey, generateKeyPair, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

/** RSA2 = SHA256withRSA, PKCS#1 v1.5, Base64. 2048 bits give the 344 characters that clients cut by. */
export function signRsa2(bytes: Uint8Array, key: KeyObject): string {
  return sign('sha256', bytes, key).toString('base64');
}

/** Standard Base64 in one line; Node's decoder alone would take other alphabets and blanks too. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function verifyRsa2(bytes: Uint8Array, signature: string, key: KeyObject): boolean {
  return BASE64.test(signature) && verify('sha256', bytes, key, Buffer.from(signature, 'base64'));
}

export interface PemPair {
  private_key: string;
  public_key: string;
}

const generate = promisify(generateKeyPair);

/** A fresh 2048-bit pair: PKCS#1 private key (the SDKs' default outside Java), SPKI public key. */
export async function newPemPair(): Promise<PemPair> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return {
    private_key: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    public_key: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}
