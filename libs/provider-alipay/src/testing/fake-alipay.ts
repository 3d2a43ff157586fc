import { createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import type { ProviderTools } from '@hutong/payment-port';
import { MERCHANT, newCertificate, newRoot } from './certificates.js';

function newPair(): { readonly privatePem: string; readonly publicPem: string } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Made once per process: the app's own pair, Alipay's, and somebody else's. */
export const APP_KEYS = newPair();
export const ALIPAY_KEYS = newPair();
export const STRANGER_KEYS = newPair();

export const NOW = new Date('2026-11-23T04:00:00.000Z');

const ACCOUNT = {
  app_id: '2021000000000001',
  seller_id: '2088000000000001',
  private_key: APP_KEYS.privatePem,
  gateway_url: 'https://gateway.test/gateway.do',
};

/** An account in key mode. */
export const SETTINGS = { ...ACCOUNT, alipay_public_key: ALIPAY_KEYS.publicPem };

export const [APP_CERT, ALIPAY_CERT, ROOT_CERT] = await Promise.all([
  newCertificate('20200518620392d4090897ba4d51c212', APP_KEYS.privatePem, { to: MERCHANT }),
  newCertificate('2020051451e63c2fe04d538716fe2135', ALIPAY_KEYS.privatePem),
  newRoot('6f1f3b9d'),
]);

/** The same account in certificate mode. */
export const CERTIFICATE_SETTINGS = {
  ...ACCOUNT,
  app_cert: APP_CERT.pem,
  alipay_cert: ALIPAY_CERT.pem,
  root_cert: ROOT_CERT.pem,
};

export function signedBy(privatePem: string, text: string | Buffer): string {
  return createSign('RSA-SHA256').update(text).sign(privatePem, 'base64');
}

/** Every parameter of a call as the gateway merges them, query first, body last. */
export function parametersOf(url: string, body = ''): Record<string, string> {
  return Object.fromEntries([...new URL(url).searchParams, ...new URLSearchParams(body)]);
}

/** Whether the app's signature covers these parameters, by the gateway's own rule. */
export function appSigned(parameters: Readonly<Record<string, string>>, publicPem = APP_KEYS.publicPem): boolean {
  const { sign = '', ...rest } = parameters;
  const names = Object.keys(rest)
    .filter((name) => rest[name] !== '')
    .toSorted();
  const text = names.map((name) => `${name}=${rest[name] ?? ''}`).join('&');
  return createVerify('RSA-SHA256').update(text).verify(publicPem, sign, 'base64');
}

/** What the gateway puts between the response and its signature when the call named the app's certificate. */
export function certificateMember({ app_cert_sn }: Readonly<Record<string, string>>, sn = ALIPAY_CERT.sn): string {
  if (app_cert_sn === undefined) return '';
  return app_cert_sn === APP_CERT.sn ? `,"alipay_cert_sn":"${sn}"` : ',"alipay_cert_sn":"unknown app_cert_sn"';
}

/** A gateway answer with a signature over exactly `response`. */
export function signedAnswer(
  method: string,
  response: string,
  privatePem = ALIPAY_KEYS.privatePem,
  certificate = '',
): string {
  const sign = signedBy(privatePem, response);
  return `{"${method.replaceAll('.', '_')}_response":${response}${certificate},"sign":"${sign}"}`;
}

export interface SeenCall {
  readonly url: string;
  readonly parameters: Record<string, string>;
  readonly content: Record<string, unknown>;
}

export type Reply = Readonly<Record<string, unknown>> | { readonly raw: string; readonly status?: number };

/** Alipay in memory: refuses what the app did not sign, answers what the test says, signs for real. */
export class FakeAlipay {
  readonly calls: SeenCall[] = [];
  /** Files fetched beside the gateway, by anybody who has their address. */
  readonly fetched: Request[] = [];
  readonly tools: ProviderTools;
  /** What the clock of these tools says; a spec may move it. */
  now: Date;
  /** What lies at an address beside the gateway. */
  files: Readonly<Record<string, () => Response>> = {};
  #replies: Readonly<Record<string, Reply | readonly Reply[]>>;

  constructor(replies: Readonly<Record<string, Reply | readonly Reply[]>> = {}, now = NOW) {
    this.#replies = replies;
    this.now = now;
    this.tools = { fetch: this.#fetch, clock: { now: () => this.now }, nonce: () => 'n'.repeat(32) };
  }

  /** Methods in the order in which they were called, without `alipay.`. */
  get methods(): string[] {
    return this.calls.map(({ parameters }) => (parameters['method'] ?? '').replace('alipay.', ''));
  }

  readonly #fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const file = this.files[request.url];
    if (file !== undefined) {
      this.fetched.push(request);
      return file();
    }
    const parameters = parametersOf(request.url, await request.text());
    const method = parameters['method'] ?? '';
    if (!appSigned(parameters)) throw new Error(`${method} is not well signed.`);
    this.calls.push({ url: request.url, parameters, content: JSON.parse(parameters['biz_content'] ?? '{}') });
    const reply = this.#next(method);
    if (isRaw(reply)) return new Response(reply.raw, { status: reply.status ?? 200 });
    const response = JSON.stringify({ code: '10000', msg: 'Success', ...reply });
    return new Response(signedAnswer(method, response, ALIPAY_KEYS.privatePem, certificateMember(parameters)));
  };

  #next(method: string): Reply {
    const reply = this.#replies[method.replace('alipay.', '')];
    if (reply === undefined) throw new Error(`No reply to ${method}.`);
    if (!Array.isArray(reply)) return reply as Reply;
    return (reply as Reply[])[this.methods.filter((one) => `alipay.${one}` === method).length - 1] ?? {};
  }
}

function isRaw(reply: Reply): reply is { raw: string; status?: number } {
  return typeof reply['raw' as keyof Reply] === 'string';
}
