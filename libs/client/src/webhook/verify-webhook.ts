import { UntrustedWebhook, type WebhookEvent, type WebhookHeaders } from './webhook-event.js';
import { readHeaders, type SignedHeaders } from './webhook-headers.js';
import { readSecret } from './webhook-secret.js';

export interface WebhookToVerify {
  /** `whsec_…` or `whpk_…`; several while keys change over. */
  readonly secrets: string | readonly string[];
  readonly headers: WebhookHeaders;
  /** The body as it came over the wire, before any parser touched it. */
  readonly body: Uint8Array | string;
  /** Default: now. */
  readonly now?: Date;
  /** How far its time may lie from now, both ways: 1 to 3600 seconds, default 300. */
  readonly toleranceS?: number;
}

/**
 * Proves that the gateway sent this, recently, byte for byte (Standard Webhooks), and only then reads it.
 * @throws UntrustedWebhook with its `reason`; TypeError when a secret is none, or the body was parsed already
 */
export function verifyWebhook({ secrets, headers, body, now, toleranceS = 300 }: WebhookToVerify): WebhookEvent {
  const bytes = rawBytes(body);
  const known = [secrets].flat().map(readSecret);
  if (known.length === 0) throw new TypeError('verifyWebhook needs the secret of your webhook endpoint.');
  const signed = readHeaders(headers);
  requireRecent(signed, now ?? new Date(), toleranceS);
  const content = Buffer.concat([Buffer.from(`${signed.id}.${signed.timestamp}.`), bytes]);
  const matches = signed.signatures.some(({ version, bytes: signature }) =>
    known.some((secret) => secret.version === version && secret.signed(content, signature)),
  );
  if (!matches) {
    throw new UntrustedWebhook(
      'no_signature_matches',
      'No signature is of these bytes and any of these secrets: is it the secret of this endpoint, and the body as it came?',
    );
  }
  return read(signed, bytes);
}

function rawBytes(body: Uint8Array | string): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError('verifyWebhook needs the raw body, as bytes or text: a parsed one has lost what was signed.');
}

function requireRecent({ timestamp }: SignedHeaders, now: Date, toleranceS: number): void {
  const age = now.getTime() / 1_000 - Number(timestamp);
  const far = `It was signed ${Math.abs(Math.round(age))} s`;
  if (!(toleranceS >= 1 && toleranceS <= 3_600)) throw new TypeError('toleranceS is 1 to 3600 seconds.');
  if (!(age <= toleranceS)) throw new UntrustedWebhook('too_old', `${far} ago: a replay, or a clock that is wrong.`);
  if (age < -toleranceS) throw new UntrustedWebhook('too_new', `${far} in the future: is this machine's clock right?`);
}

function read({ id, timestamp }: SignedHeaders, bytes: Uint8Array): WebhookEvent {
  const payload = jsonOf(bytes);
  if (typeof payload !== 'object' || payload === null || !('type' in payload) || typeof payload.type !== 'string') {
    throw new UntrustedWebhook('body_unreadable', 'It is signed, and is no JSON object with a type.');
  }
  return { id, sentAt: new Date(Number(timestamp) * 1_000), type: payload.type, payload: { ...payload } };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
