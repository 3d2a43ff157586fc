import 'reflect-metadata';
import type { Clock, RawMessage, ProviderTools } from '@hutong/payment-port';
import * as x509 from '@peculiar/x509';
import { createCipheriv, createPublicKey, createSign, createVerify, KeyObject, webcrypto } from 'node:crypto';

/** The moment at which these specs stand. */
export const NOW = new Date('2026-11-23T04:00:00.000Z');
export const MCHID = '1900000001';
export const APPID = 'wxd678efh567hg6787';
export const API_V3_KEY = '0123456789abcdefghijklmnopqrstuv';

/** A key with its certificate, as WeChat Pay's platform or an impostor holds them. */
export interface Holder {
  readonly serial: string;
  readonly privateKey: KeyObject;
  readonly privatePem: string;
  readonly certificate: string;
}

export async function newHolder(serial: string, notAfter = new Date('2031-11-22T00:00:00Z')): Promise<Holder> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2_048,
  };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notBefore = new Date('2026-11-22T00:00:00Z');
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    { serialNumber: serial, name: 'CN=Tenpay.com Root CA', notBefore, notAfter, signingAlgorithm: algorithm, keys },
    webcrypto as Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[1],
  );
  const privateKey = KeyObject.from(keys.privateKey);
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { serial, privateKey, privatePem, certificate: certificate.toString('pem') };
}

export const [platform, secondPlatform, impostor, merchant] = await Promise.all([
  newHolder('5157F09EFDC096DE15EBE81A47057A7232F1B8E1'),
  newHolder('0A57F09EFDC096DE15EBE81A47057A7232F1B8E2'),
  newHolder('5157F09EFDC096DE15EBE81A47057A7232F1B8E1'),
  newHolder('444F4864EA9B34415A1B2C3D4E5F60718293A4B5'),
]);

/** WeChat Pay's public key of this merchant; and the one of another, under the same kind of id. */
export const [publicKey, secondPublicKey] = await Promise.all([
  newPublicKey('PUB_KEY_ID_0114232134912410000000000000'),
  newPublicKey('PUB_KEY_ID_0119000000022026112300112233'),
]);

async function newPublicKey(id: string): Promise<Holder> {
  return { ...(await newHolder('01')), serial: id };
}

/** What `pub_key.pem` contains. */
export function publicPem({ certificate }: Holder): string {
  return createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString();
}

/** The settings' half that makes an account verify with this public key. */
export function publicKeySettings(holder: Holder): Record<string, unknown> {
  return { public_key_id: holder.serial, public_key: publicPem(holder) };
}

export function settings(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    mchid: MCHID,
    appid: APPID,
    serial_no: merchant.serial,
    private_key: merchant.privatePem,
    api_v3_key: API_V3_KEY,
    platform_certificates: [platform, secondPlatform].map(({ serial, certificate }) => ({
      serial_no: serial,
      certificate,
    })),
    ...more,
  };
}

/** How a signature differs from a correct one. */
export interface Deviation {
  readonly by?: Holder;
  readonly at?: Date;
  /** Replaces headers after signing; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** The headers that WeChat Pay puts on an answer or a notification with this body. */
export function signatureHeaders(
  body: string | Uint8Array,
  { by = platform, at = NOW, headers = {} }: Deviation = {},
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const nonce = 'c5ac7061fccab6bf3e254dcf98995b8c';
  const signer = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n`).update(body).update('\n');
  const all = {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': signer.sign(by.privateKey, 'base64'),
    'Wechatpay-Serial': by.serial,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** What a real probe looks like: 19 characters in front of 250 random bytes. */
export const SIGNTEST = `WECHATPAY/SIGNTEST/${Buffer.alloc(250, 7).toString('base64')}`;

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Bytes or a stream of them, for files. */
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
}

export interface TextAnswer extends Answer {
  readonly body: string;
}

export function signed(status: number, content: unknown, deviation: Deviation = {}): TextAnswer {
  const body = content === undefined ? '' : JSON.stringify(content);
  return {
    status,
    body,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...signatureHeaders(body, deviation) },
  };
}

export function bare(status: number, content?: unknown): TextAnswer {
  return { status, headers: {}, body: content === undefined ? '' : JSON.stringify(content) };
}

export interface NotificationDeviation extends Deviation {
  readonly apiV3Key?: string;
  readonly envelope?: object;
  readonly resource?: object;
}

/** A notification sealed with the APIv3 key and signed. */
export function notification(
  eventType: string,
  originalType: string,
  content: unknown,
  deviation: NotificationDeviation = {},
): RawMessage {
  const resource = {
    original_type: originalType,
    ...sealed(JSON.stringify(content), originalType, deviation.apiV3Key),
    ...deviation.resource,
  };
  const envelope = {
    id: '7442f44b-aa13-5a7c-b6a9-51c5c8ace319',
    create_time: '2026-11-23T12:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: '通知',
    resource,
    ...deviation.envelope,
  };
  const body = Buffer.from(JSON.stringify(envelope));
  return { headers: Object.entries(signatureHeaders(body, deviation)), body };
}

/** How a list of certificates differs from a correct one. */
export interface ListDeviation extends Deviation {
  readonly apiV3Key?: string;
  /** Replaces fields of each entry. */
  readonly entry?: object;
}

/** The answer to `GET /v3/certificates` with these, sealed with the APIv3 key; signed by the first unless it says otherwise. */
export function certificateList(holders: readonly Holder[], deviation: ListDeviation = {}): Answer {
  const data = holders.map(({ serial, certificate }) => ({
    serial_no: serial,
    effective_time: '2026-11-22T08:00:00+08:00',
    expire_time: '2031-11-22T08:00:00+08:00',
    encrypt_certificate: sealed(certificate, 'certificate', deviation.apiV3Key),
    ...deviation.entry,
  }));
  const [by = platform] = holders;
  return signed(200, { data }, { by, ...deviation });
}

/** AES-256-GCM as WeChat Pay seals with a merchant's APIv3 key. */
function sealed(text: string, associatedData: string, apiV3Key = API_V3_KEY): Record<string, string> {
  const nonce = 'fdasfjihihih';
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const ciphertext = bytes.toString('base64');
  return { algorithm: 'AEAD_AES_256_GCM', nonce, associated_data: associatedData, ciphertext };
}

/** A paid order as the query and the notification carry it. */
export function paidOrder(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    appid: APPID,
    mchid: MCHID,
    out_trade_no: 'att_0001',
    transaction_id: '4200001569202611231234567890',
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    bank_type: 'OTHERS',
    success_time: '2026-11-23T11:59:30+08:00',
    payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
    amount: { total: 1_999, payer_total: 1_499, currency: 'CNY', payer_currency: 'CNY' },
    ...more,
  };
}

/** An order that nobody has paid; with an unpaid order, WeChat Pay may not say how it was to be paid. */
export function unpaidOrder(
  trade_state: string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const amount = { total: 1_999, currency: 'CNY' };
  return { appid: APPID, mchid: MCHID, out_trade_no: 'att_0001', trade_state, amount, ...more };
}

export function refundObject(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    refund_id: '50000000382019052709732678859',
    out_refund_no: 'ref_0001',
    transaction_id: '4200001569202611231234567890',
    out_trade_no: 'att_0001',
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    success_time: '2026-11-23T11:59:50+08:00',
    create_time: '2026-11-23T11:59:40+08:00',
    status: 'SUCCESS',
    funds_account: 'AVAILABLE',
    amount: { total: 1_999, refund: 333, payer_total: 1_499, payer_refund: 249, currency: 'CNY' },
    ...more,
  };
}

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** What `fetch` throws when the network fails with this code. */
export function networkFailure(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

/** Tools whose fetch answers each call from the list, in order, and keeps what was sent. An error in the list is thrown. */
export class Line {
  readonly sent: Sent[] = [];
  /** What the clock of these tools says; a spec may move it. */
  now = new Date(NOW);
  readonly clock: Clock = { now: () => new Date(this.now) };
  readonly #answers: (Answer | Error)[];

  constructor(...answers: (Answer | Error)[]) {
    this.#answers = answers;
  }

  get last(): Sent {
    const last = this.sent.at(-1);
    if (last === undefined) throw new Error('Nothing was sent.');
    return last;
  }

  /** Where each call went: host and path. */
  get route(): string[] {
    return this.sent.map(({ url }) => `${new URL(url).host}${new URL(url).pathname}`);
  }

  get lastJson(): Record<string, unknown> {
    return JSON.parse(this.last.body) as Record<string, unknown>;
  }

  get tools(): ProviderTools {
    return { clock: this.clock, nonce: () => '593BEC0C930BF1AFEB40B4A08C8FB242', fetch: this.#fetch };
  }

  readonly #fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    this.sent.push({ method: request.method, url: request.url, headers: request.headers, body: await request.text() });
    const answer = this.#answers.shift();
    if (answer === undefined) throw new Error('No answer is left.');
    if (answer instanceof Error) throw answer;
    return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
}

/** Whether the merchant's key signed exactly this text. */
export function merchantSigned(text: string, signature: string): boolean {
  return createVerify('RSA-SHA256').update(text).verify(createPublicKey(merchant.certificate), signature, 'base64');
}
