import { createSign, createVerify } from 'node:crypto';
import { certSn, rootCertSn } from './cert-sn.js';
import type { ShownAccount } from './test-merchant.js';

export interface RestCallWish {
  readonly method?: string;
  /** Sent as it is; an object as JSON. */
  readonly body?: string | Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces pairs of the Authorization string before it is signed; undefined leaves one out. */
  readonly auth?: Readonly<Record<string, string | undefined>>;
  /** What is signed in place of the right text. */
  readonly signs?: (text: string) => string;
  /** Changes what is sent after it was signed. */
  readonly spoil?: (header: string) => string;
}

export interface RestReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** For specs: a request of the REST protocol as an SDK would sign it, with whatever should be wrong about it. */
export async function restCallBy(app: ShownAccount, url: string, wish: RestCallWish = {}): Promise<RestReply> {
  const { pathname, search } = new URL(url);
  const { method = 'POST', body = '', headers = {}, auth = {}, signs = (it) => it, spoil = (it) => it } = wish;
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  const authString = authStringOf(app, auth);
  const token = headers['alipay-app-auth-token'];
  const lines = [authString, method, pathname + search, content, ...(token === undefined ? [] : [token])];
  const text = lines.map((line) => `${line}\n`).join('');
  const sign = createSign('RSA-SHA256').update(signs(text)).sign(app.private_key, 'base64');
  const answer = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(app.root_cert === null ? {} : { 'alipay-root-cert-sn': rootCertSn(app.root_cert) }),
      authorization: spoil(`ALIPAY-SHA256withRSA ${authString},sign=${sign}`),
      ...headers,
    },
    ...(method === 'GET' ? {} : { body: content }),
  });
  const reply = await answer.text();
  return { status: answer.status, headers: answer.headers, text: reply, json: parsed(reply) };
}

/** Whether the answer carries Alipay's signature over its body. */
export function restSigned(app: ShownAccount, { headers, text }: RestReply): boolean {
  const signed = `${headers.get('alipay-timestamp')}\n${headers.get('alipay-nonce')}\n${text}\n`;
  const signature = headers.get('alipay-signature');
  return (
    signature !== null && createVerify('RSA-SHA256').update(signed).verify(app.alipay_public_key, signature, 'base64')
  );
}

function authStringOf(app: ShownAccount, auth: RestCallWish['auth']): string {
  const pairs = {
    app_id: app.app_id,
    app_cert_sn: app.app_cert === null ? undefined : certSn(app.app_cert),
    nonce: 'a-nonce',
    timestamp: String(Date.now()),
    expired_seconds: '120',
    ...auth,
  };
  return Object.entries(pairs)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
