import { createHmac, createPrivateKey, sign } from 'node:crypto';

export interface WebhookForTest {
  /** `whsec_…` (signs `v1`) or `whsk_…` (the 32 bytes of an ed25519 private key; signs `v1a`); several, as in an overlap. */
  readonly secrets: string | readonly string[];
  readonly body: Uint8Array | string;
  /** Default: a fixed one. */
  readonly id?: string;
  /** Default: now. */
  readonly at?: Date;
}

/** An ed25519 private key is these bytes and its own 32 (PKCS #8, RFC 8410). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The headers that the gateway would send with this body, so that the tests of your receiver hard-code no signature. */
export function signWebhookForTest({ secrets, body, id = 'evt_test', at = new Date() }: WebhookForTest) {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': [secrets]
      .flat()
      .map((secret) => signature(secret, content))
      .join(' '),
  };
}

function signature(secret: string, content: Buffer): string {
  const bytes = Buffer.from(secret.slice(secret.indexOf('_') + 1), 'base64');
  if (secret.startsWith('whsec_')) return `v1,${createHmac('sha256', bytes).update(content).digest('base64')}`;
  if (secret.startsWith('whsk_')) {
    const key = createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, bytes]), format: 'der', type: 'pkcs8' });
    return `v1a,${sign(null, content, key).toString('base64')}`;
  }
  throw new TypeError('A secret to sign with begins with whsec_ or whsk_.');
}
