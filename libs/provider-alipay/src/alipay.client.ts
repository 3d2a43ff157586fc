import { OutcomeUnknown, UntrustedMessage, type Clock, type ProviderTools, type Signer } from '@hutong/payment-port';
import { beijingTime, rsaSign, sendHttp } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';
import { AlipayCertificates, DOWNLOAD } from './alipay-certificates.js';
import type { AlipaySettings } from './alipay.config.js';
import {
  brokenSignature,
  certificateEnded,
  otherCertificate,
  refusal,
  unsignedAnswer,
  type CallContext,
} from './alipay.errors.js';
import { readCredentials, type Credentials } from './credentials.js';
import { fieldsOf, type Fields } from './message-fields.js';
import { envelopeHolds, openEnvelope, readResponse, type SignedEnvelope } from './signed-envelope.js';
import { stringToSign } from './string-to-sign.js';

/** biz_content before it is JSON. Absent values are left out. */
export type BizContent = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Where Alipay reports to (notify_url) and sends the browser (return_url): parameters beside biz_content. */
export interface Addresses {
  readonly notify_url?: string;
  readonly return_url?: string;
}

/** The numbers that bind an answer to its request. */
const NUMBERS = ['out_trade_no', 'trade_no', 'out_request_no'] as const;

const SUCCESS = ['10000'];
/** The request was fine and its product said no. */
const BUSINESS_FAILED = '40004';

/** One account at the classic gateway: sign, send, verify, classify. Keys are parsed once, here. */
export class AlipayClient {
  readonly appId: string;
  readonly sellerId: string;
  readonly clock: Clock;
  readonly #gatewayUrl: string;
  readonly #credentials: Credentials;
  /** Undefined in key mode. */
  readonly #certificates: AlipayCertificates | undefined;
  readonly #tools: ProviderTools;

  constructor(settings: AlipaySettings, tools: ProviderTools) {
    this.appId = settings.app_id;
    this.sellerId = settings.seller_id;
    this.clock = tools.clock;
    this.#gatewayUrl = settings.gateway_url;
    this.#credentials = readCredentials(settings);
    this.#tools = tools;
    const { certificates } = this.#credentials;
    const download = async (alipay_cert_sn: string) =>
      this.#exchange(DOWNLOAD, await this.#signed(DOWNLOAD.operation, { alipay_cert_sn }, {}));
    this.#certificates = certificates && new AlipayCertificates(certificates, tools.clock, download);
  }

  /**
   * Calls a method and answers the fields of a genuine answer with one of the codes in `taken`.
   * @throws Rejected when they said no, with their sub_code
   * @throws NotReached, OutcomeUnknown, UntrustedMessage
   */
  async call(
    method: string,
    content: BizContent,
    addresses: Addresses = {},
    taken: readonly string[] = SUCCESS,
  ): Promise<Fields> {
    const context: CallContext = { provider: 'alipay', operation: method };
    const envelope = await this.#exchange(context, await this.#signed(method, content, addresses));
    const answer = await this.#believed(context, envelope);
    refuseOtherOrder(context, content, answer);
    if (!taken.includes(answer('code') ?? '')) throw refusal(context, answer);
    return answer;
  }

  /**
   * Calls a method and answers which key signed the answer, whatever it says, success or not.
   * @throws Rejected when the gateway does not know who asks; NotReached, OutcomeUnknown, UntrustedMessage
   */
  async signerOf(method: string, content: BizContent): Promise<Signer> {
    const context: CallContext = { provider: 'alipay', operation: method };
    const envelope = await this.#exchange(context, await this.#signed(method, content, {}));
    const answer = await this.#believed(context, envelope);
    const code = answer('code') ?? '';
    if (code !== SUCCESS[0] && code !== BUSINESS_FAILED) throw refusal(context, answer);
    return this.#certificates === undefined
      ? { kind: 'public_key', name: 'alipay_public_key' }
      : { kind: 'certificate', name: envelope.certSn ?? '' };
  }

  /** The signed order as one text, which the app's SDK takes untouched. Nothing is sent. */
  async orderString(method: string, content: BizContent, addresses: Addresses): Promise<string> {
    return encoded(await this.#signed(method, content, addresses));
  }

  /** The signed order as a URL at the gateway, for a browser. Nothing is sent. */
  async pageUrl(method: string, content: BizContent, addresses: Addresses): Promise<string> {
    return `${this.#gatewayUrl}?${encoded(await this.#signed(method, content, addresses))}`;
  }

  /** Keys that a message to us may be signed with; the one of the certificate that it names, where it names one. */
  async keysFor(certSn: string | undefined): Promise<readonly KeyObject[]> {
    if (this.#certificates === undefined) return [this.#credentials.alipayKey];
    if (certSn === undefined) return this.#certificates.keys();
    const key = await this.#certificates.keyNamed(certSn, 'notification');
    return key === undefined ? [] : [key];
  }

  /** Public parameters, biz_content and sign (opendocs common/057k53): `sign_type` is signed too, blanks are not sent. */
  async #signed(method: string, content: BizContent, addresses: Addresses): Promise<[string, string][]> {
    const parameters: [string, string][] = Object.entries({
      app_id: this.appId,
      method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: beijingTime(this.clock.now()),
      version: '1.0',
      ...addresses,
      ...this.#certificateNumbers(method),
      biz_content: JSON.stringify(content),
    });
    return [...parameters, ['sign', await rsaSign(this.#credentials.privateKey, stringToSign(parameters))]];
  }

  /** Nothing in key mode. What an ended certificate signs would fail on the payer's screen, so it signs nothing. */
  #certificateNumbers(method: string): Readonly<Record<string, string>> {
    const { certificates } = this.#credentials;
    if (certificates === undefined) return {};
    const { appCertSn, rootCertSn, appCertEndsAt } = certificates;
    if (this.clock.now() > appCertEndsAt) {
      throw certificateEnded({ provider: 'alipay', operation: method }, appCertEndsAt);
    }
    return { app_cert_sn: appCertSn, alipay_root_cert_sn: rootCertSn };
  }

  /** Everything travels in the body; the gateway wants `charset` in the query as well, to know how to read it. */
  async #exchange(context: CallContext, parameters: [string, string][]): Promise<SignedEnvelope> {
    const answer = await sendHttp(
      this.#tools,
      {
        method: 'POST',
        url: `${this.#gatewayUrl}?charset=utf-8`,
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8', accept: 'application/json' },
        body: encoded(parameters),
      },
      context,
    );
    const envelope = answer.status === 200 ? openEnvelope(answer.body, context.operation) : undefined;
    if (envelope === undefined) throw unreadable(context, answer.status);
    return envelope;
  }

  /** Verify first, read second. Only an answer that carries no signature at all is read without, to tell why. */
  async #believed(context: CallContext, envelope: SignedEnvelope): Promise<Fields> {
    if (envelope.sign === undefined) throw unsignedAnswer(context, fieldsOf(readResponse(envelope) ?? {}));
    const key = await this.#keyOf(context, envelope);
    if (!envelopeHolds(key, envelope)) throw brokenSignature(context, this.#certificates !== undefined);
    const response = readResponse(envelope);
    if (response === undefined) throw unreadable(context, 200);
    return fieldsOf(response);
  }

  /** In certificate mode an answer names its certificate, and one that we do not have is fetched. */
  async #keyOf(context: CallContext, { certSn }: SignedEnvelope): Promise<KeyObject> {
    if (this.#certificates === undefined) return this.#credentials.alipayKey;
    const key = await this.#certificates.keyNamed(certSn ?? '', 'answer').catch((cause: unknown) => {
      throw otherCertificate(context, certSn, cause);
    });
    if (key === undefined) throw otherCertificate(context, certSn);
    return key;
  }
}

/** A genuine answer about another order, replayed or mixed up on its way, says nothing about ours. */
function refuseOtherOrder(context: CallContext, asked: BizContent, answer: Fields): void {
  for (const name of NUMBERS) {
    const answered = answer(name);
    if (asked[name] !== undefined && answered !== undefined && answered !== asked[name]) {
      throw new UntrustedMessage(`Alipay's answer to ${context.operation} is about another ${name}.`, context);
    }
  }
}

function unreadable(context: CallContext, status: number): OutcomeUnknown {
  return new OutcomeUnknown(`Alipay's answer to ${context.operation} is unreadable (HTTP ${status}).`, context);
}

/** Percent-encoding with `%20` for a blank: the app's SDK does not read `+` as one. */
function encoded(parameters: readonly (readonly [string, string])[]): string {
  return parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}
