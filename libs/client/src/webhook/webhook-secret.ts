import { createHmac, createPublicKey, timingSafeEqual, verify, type KeyObject } from 'node:crypto';

/** One secret, read: it judges the signatures of its own version and no others. */
export interface WebhookSecret {
  readonly version: 'v1' | 'v1a';
  signed(content: Buffer, signature: Buffer): boolean;
}

/** An ed25519 public key is these bytes and its own 32 (SPKI, RFC 8410). */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Reads `whsec_…` (shared, 24 to 64 bytes, for `v1`) or `whpk_…` (the sender's ed25519 public key, for `v1a`).
 * @throws TypeError that says the form and never the secret
 */
export function readSecret(text: string): WebhookSecret {
  const [, prefix, base64 = ''] = /^(whsec_|whpk_)([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (prefix === 'whsec_' && bytes.length >= 24 && bytes.length <= 64) return sharedSecret(bytes);
  if (prefix === 'whpk_' && bytes.length === 32) return publicKey(bytes);
  throw new TypeError('A webhook secret is whsec_ with 24 to 64 bytes as base64, or whpk_ with a public key of 32.');
}

function sharedSecret(secret: Buffer): WebhookSecret {
  return {
    version: 'v1',
    signed(content, signature) {
      const expected = createHmac('sha256', secret).update(content).digest();
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    },
  };
}

function publicKey(raw: Buffer): WebhookSecret {
  const key: KeyObject = createPublicKey({ key: Buffer.concat([ED25519_SPKI, raw]), format: 'der', type: 'spki' });
  return { version: 'v1a', signed: (content, signature) => verify(null, content, key, signature) };
}
