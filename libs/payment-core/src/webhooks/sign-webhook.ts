import { createHmac, createPrivateKey, sign } from 'node:crypto';
import type { SigningKey } from './webhook.js';

type Signing = Pick<SigningKey, 'secret' | 'privateKey'>;

export interface WebhookMessage {
  /** The event's id; the same on every attempt. */
  readonly id: string;
  /** Of this attempt, real time. */
  readonly at: Date;
  readonly body: string;
}

/**
 * The three headers of Standard Webhooks. Each key signs `id.timestamp.body` twice: `v1` HMAC-SHA256 with the secret, `v1a` ed25519 with
 * the private key. A receiver takes the message when one signature it knows how to check holds.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function webhookHeaders({ id, at, body }: WebhookMessage, keys: readonly Signing[]): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const content = Buffer.from(`${id}.${timestamp}.${body}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': keys.flatMap((key) => [hmac(content, key), ed25519(content, key)]).join(' '),
  };
}

function hmac(content: Buffer, { secret }: Signing): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

function ed25519(content: Buffer, { privateKey }: Signing): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return `v1a,${sign(null, content, key).toString('base64')}`;
}
