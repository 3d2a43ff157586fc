import { UntrustedMessage, type Clock } from '@hutong/payment-port';
import { readCertificate, readPublicKey, type HttpAnswer } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';
import { sameSerial } from './certificate-serial.js';
import { objectField, readJsonObject, textField, type JsonObject } from './json-fields.js';
import type { Merchant } from './merchant.js';
import type { PlatformKeys } from './platform-keys.js';
import { openSealed } from './sealed-content.js';
import { verifySigned } from './signed-message.js';
import type { WechatCall } from './wechat-pay.client.js';
import type { PlatformCertificate } from './wechat-pay.config.js';
import { errorAnswer, genuineError, unknownOutcome, unsignedError } from './wechat-pay.errors.js';

const OPERATION = 'certificates';
const CALL: WechatCall = { operation: OPERATION, method: 'GET', path: '/v3/certificates' };

/** What an unknown serial number may cost: whoever makes them up must not make us call without end. */
const AT_MOST_EVERY_MS = 60_000;
/** WeChat Pay asks clients to look more often than every 12 hours. */
const REFRESH_MS = 11 * 60 * 60 * 1_000;
const AFTER_A_FAILURE_MS = 10 * 60 * 1_000;

/** A serial number as certificates have them; ids of public keys are not to be downloaded. */
const CERTIFICATE_SERIAL = /^[0-9A-Fa-f]{1,40}$/;

/**
 * Keeps a merchant's platform certificates up to date: `GET /v3/certificates`, pay.weixin.qq.com/doc/v3/merchant/4012076511.
 * They are learned into the account's keys, beside those of its settings, and forgotten with the connection.
 */
export class CertificateDownload {
  #startedAt = 0;
  #hasFailed = false;
  #last: Promise<void> | undefined;

  constructor(
    private readonly merchant: Merchant,
    private readonly clock: Clock,
    private readonly send: (call: WechatCall) => Promise<HttpAnswer>,
  ) {}

  isDue(): boolean {
    const wait = this.#hasFailed ? AFTER_A_FAILURE_MS : REFRESH_MS;
    return this.clock.now().getTime() >= this.#startedAt + wait;
  }

  /**
   * The key that a message names. One that is not held is looked for once; what then is still unknown stays so.
   * @throws what the download threw
   */
  async keyNamed(serial: string): Promise<KeyObject | undefined> {
    const known = this.merchant.platformKeys.find(serial, this.clock.now());
    if (known !== undefined || !CERTIFICATE_SERIAL.test(serial)) return known;
    await this.refresh();
    return this.merchant.platformKeys.find(serial, this.clock.now());
  }

  /**
   * Downloads, but not twice within a minute: whoever asks again meanwhile, during the download or after it, gets that
   * one's outcome. A merchant that has only the public key has none to download; that is no error.
   * @throws Rejected, NotReached, OutcomeUnknown or UntrustedMessage; what was held before is still held
   */
  refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.#last !== undefined && now < this.#startedAt + AT_MOST_EVERY_MS) return this.#last;
    this.#startedAt = now;
    this.#last = this.#download().then(
      () => void (this.#hasFailed = false),
      (error: unknown) => {
        this.#hasFailed = true;
        throw error;
      },
    );
    return this.#last;
  }

  async #download(): Promise<void> {
    const answer = await this.send(CALL);
    const now = this.clock.now();
    if (answer.status !== 200) return this.#refused(answer, now);
    const listed = readListed(this.merchant.apiV3Key, answer.body, now);
    await verify(this.merchant.platformKeys.with(listed), answer, now);
    this.merchant.platformKeys.learn(listed);
  }

  /**
   * "There are none" teaches nothing, so that it does not matter who says it. What else is refused is believed as any
   * refusal is: where WeChat Pay never signs it, or where a key that is held already signed it.
   */
  async #refused(answer: HttpAnswer, now: Date): Promise<void> {
    const error = errorAnswer(OPERATION, answer);
    if (answer.status === 404 && error.code === 'RESOURCE_NOT_EXISTS') return;
    if (answer.status < 400 || answer.status >= 500) throw unknownOutcome(OPERATION, `HTTP ${answer.status}`);
    if (!answer.headers.has('Wechatpay-Signature')) throw unsignedError(error, answer.body.length === 0);
    await verify(this.merchant.platformKeys, answer, now);
    throw genuineError(error);
  }
}

function verify(keys: PlatformKeys, answer: HttpAnswer, now: Date): Promise<void> {
  return verifySigned(async (serial) => keys.find(serial, now), now, {
    operation: OPERATION,
    header: (name) => answer.headers.get(name) ?? undefined,
    body: answer.body,
  });
}

/**
 * The one answer that is read before its signature holds, because the certificate that it was signed with may be inside.
 * What is read are sealed certificates: nobody without the APIv3 key can have put one there. The signature is held
 * against them and what was known before, and nothing is kept unless it holds.
 */
function readListed(apiV3Key: KeyObject, body: Buffer, now: Date): PlatformCertificate[] {
  const data = readJsonObject(body)?.['data'];
  if (!Array.isArray(data)) throw unknownOutcome(OPERATION, 'the answer lists no certificates');
  const listed = data.map((item: unknown) => openCertificate(apiV3Key, item as JsonObject));
  return listed.filter(({ certificate }) => now <= new Date(readCertificate(certificate).validTo));
}

/** Its X.509 content alone counts: serial number and dates beside it are not sealed. @throws UntrustedMessage */
function openCertificate(apiV3Key: KeyObject, item: JsonObject): PlatformCertificate {
  const sealed = objectField(item, 'encrypt_certificate');
  const certificate = sealed && openSealed(apiV3Key, sealed)?.toString('utf8');
  if (certificate === undefined)
    throw untrusted('a certificate in it cannot be opened; is api_v3_key the one of the console?');
  const { serialNumber } = legible(certificate);
  if (!sameSerial(textField(item, 'serial_no') ?? '', serialNumber))
    throw untrusted('a certificate in it has another serial number than stands beside it');
  return { serial_no: serialNumber, certificate };
}

function legible(certificate: string): { readonly serialNumber: string } {
  try {
    readPublicKey(certificate);
    return readCertificate(certificate);
  } catch {
    throw untrusted('what it seals is no certificate of an RSA key');
  }
}

function untrusted(why: string): UntrustedMessage {
  return new UntrustedMessage(`WeChat Pay's list of certificates proves nothing: ${why}.`, {
    provider: 'wechat_pay',
    operation: OPERATION,
  });
}
