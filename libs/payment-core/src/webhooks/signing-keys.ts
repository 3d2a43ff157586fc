import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { newId } from '../ids.js';
import type { SigningKey } from './webhook.js';

const SECRET_BYTES = 32;

/** A fresh secret and key pair for one endpoint. */
export function mintSigningKey(now: Date): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    id: newId('whk', now),
    secret: `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`,
    publicKey: `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')}`,
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    createdAt: now,
  };
}
