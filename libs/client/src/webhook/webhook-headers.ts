import { UntrustedWebhook, type WebhookHeaders } from './webhook-event.js';

/** The three headers of Standard Webhooks, each there once and well-formed. */
export interface SignedHeaders {
  readonly id: string;
  /** Unix seconds, as the text that was signed. */
  readonly timestamp: string;
  readonly signatures: readonly WebhookSignature[];
}

export interface WebhookSignature {
  /** `v1` (HMAC-SHA256), `v1a` (ed25519), or one that this client does not know. */
  readonly version: string;
  readonly bytes: Buffer;
}

/** More than any overlap of keys needs; each costs a verification. */
const MOST_SIGNATURES = 16;

/** @throws UntrustedWebhook */
export function readHeaders(headers: WebhookHeaders): SignedHeaders {
  const id = matching('webhook-id', single(headers, 'webhook-id'), /^[\w-]{1,255}$/);
  const timestamp = matching('webhook-timestamp', single(headers, 'webhook-timestamp'), /^[1-9]\d{0,11}$/);
  const signatures = single(headers, 'webhook-signature').split(' ').map(readSignature);
  if (signatures.length > MOST_SIGNATURES) throw malformed('webhook-signature');
  return { id, timestamp, signatures };
}

function readSignature(text: string): WebhookSignature {
  const [, version = '', base64 = ''] = /^([a-z0-9]{1,16}),([A-Za-z0-9+/]{1,1024}={0,2})$/.exec(text) ?? [];
  if (version === '') throw malformed('webhook-signature');
  return { version, bytes: Buffer.from(base64, 'base64') };
}

/** Names in any case. A header that came twice is refused: two readers could take different ones. */
function single(headers: WebhookHeaders, name: string): string {
  const found = valuesOf(headers, name);
  if (found.length > 1) throw new UntrustedWebhook('header_repeated', `${name} is there ${found.length} times.`);
  const [value] = found;
  if (value === undefined || value === '') throw new UntrustedWebhook('header_missing', `${name} is missing.`);
  return value;
}

function valuesOf(headers: WebhookHeaders, name: string): readonly string[] {
  if (headers instanceof Headers) return [headers.get(name)].filter((it) => it !== null);
  return Object.entries(headers)
    .filter(([given]) => given.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
}

function matching(name: string, value: string, form: RegExp): string {
  if (form.test(value)) return value;
  throw malformed(name);
}

function malformed(name: string): UntrustedWebhook {
  return new UntrustedWebhook('header_malformed', `${name} is not in the form of Standard Webhooks.`);
}
