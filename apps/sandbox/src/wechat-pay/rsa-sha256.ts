import { type KeyObject, verify } from 'node:crypto';
import { SigningLanes } from './signing-lanes.js';

const lanes = new WeakMap<KeyObject, SigningLanes>();

/** RSASSA-PKCS1-v1_5 with SHA-256 as base64, computed in the thread pool. */
export async function signRsaSha256(text: string, key: KeyObject): Promise<string> {
  const own = lanes.get(key) ?? new SigningLanes(key);
  lanes.set(key, own);
  return (await own.sign(Buffer.from(text))).toString('base64');
}

export function verifyRsaSha256(data: Buffer, signature: string, key: KeyObject): boolean {
  return verify('RSA-SHA256', data, key, Buffer.from(signature, 'base64'));
}
