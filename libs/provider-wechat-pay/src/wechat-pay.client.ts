import type { ProviderTools, Rejected, UntrustedMessage } from '@hutong/payment-port';
import { rsaSign, sendHttp, type DownloadRequest, type HttpAnswer, type HttpRequest } from '@hutong/provider-kit';
import { readJsonObject, textField, type JsonObject } from './json-fields.js';
import type { Merchant } from './merchant.js';
import { verifySigned } from './signed-message.js';
import { genuineError, unknownOutcome, unsignedError, type ErrorAnswer } from './wechat-pay.errors.js';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
/** Some of its endpoints answer 400 to a request without these two, before looking at anything else. */
const ALWAYS = { Accept: 'application/json', 'User-Agent': 'Hutong/0.1' } as const;

export interface WechatCall {
  /** For errors and logs: `refund`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** Path and query exactly as they go over the wire; they are signed. */
  readonly path: string;
  readonly body?: JsonObject;
}

/** A genuine answer. A 204 has no content. */
export interface WechatAnswer {
  readonly status: number;
  readonly content: JsonObject | undefined;
  /** What its error envelope says; undefined when it carries none. */
  readonly error: ErrorAnswer | undefined;
  /** Their number of the exchange; after a failure its last part is their internal error number. Nobody signs it. */
  readonly requestId: string | undefined;
}

/** One merchant's line to WeChat Pay: signs, sends once, verifies, then says what came back. Holds no state. */
export class WechatPayClient {
  constructor(
    readonly merchant: Merchant,
    readonly tools: ProviderTools,
  ) {}

  /**
   * Sends one call and answers what WeChat Pay says, a signed error too. A 2xx is read only when its signature holds; so
   * is a 4xx, except for the refusals that WeChat Pay never signs (see `unsignedError`). 5xx is believed in nothing, so
   * its signature does not matter.
   * @throws NotReached, OutcomeUnknown, UntrustedMessage, or Rejected by what is never signed
   */
  async exchange(call: WechatCall): Promise<WechatAnswer> {
    const answer = await sendHttp(this.tools, await this.#request(call), {
      provider: 'wechat_pay',
      operation: call.operation,
    });
    const { status } = answer;
    if (status < 200 || (status >= 300 && status < 400) || status >= 500)
      throw unknownOutcome(call.operation, `HTTP ${status}`);
    if (status >= 400 && !answer.headers.has('Wechatpay-Signature')) throw unsigned(call.operation, answer);
    verifySigned(this.merchant.platformKeys, this.tools.clock.now(), {
      operation: call.operation,
      header: (name) => answer.headers.get(name) ?? undefined,
      body: answer.body,
    });
    return read(call.operation, answer);
  }

  /** Sends one call and answers what is no error. @throws as `exchange`; Rejected or OutcomeUnknown by a signed error */
  async call(call: WechatCall): Promise<WechatAnswer> {
    const answer = await this.exchange(call);
    if (answer.error !== undefined) throw genuineError(answer.error);
    return answer;
  }

  /** Sends a call whose answer is an object. @throws as `call`; OutcomeUnknown when there is none */
  async ask(call: WechatCall): Promise<JsonObject> {
    const { content } = await this.call(call);
    if (content === undefined) throw unknownOutcome(call.operation, 'the answer is empty');
    return content;
  }

  /** A signed GET for a file. WeChat Pay signs no file; `url` must be known to be WeChat Pay's before it comes here. */
  async fileRequest(url: URL): Promise<DownloadRequest> {
    const Authorization = await this.#authorization('GET', `${url.pathname}${url.search}`, '');
    return { url: url.href, headers: { ...ALWAYS, Accept: '*/*', 'Accept-Encoding': 'identity', Authorization } };
  }

  /** Signs lines that the payer's device or the server will check, each ended by a line feed. */
  sign(lines: readonly string[]): Promise<string> {
    return rsaSign(this.merchant.privateKey, lines.map((line) => `${line}\n`).join(''));
  }

  /** Now in the text of whole seconds that signatures carry. */
  timestamp(): string {
    return String(Math.floor(this.tools.clock.now().getTime() / 1_000));
  }

  async #request(call: WechatCall): Promise<HttpRequest> {
    const url = new URL(call.path, this.merchant.baseUrl);
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    const Authorization = await this.#authorization(call.method, `${url.pathname}${url.search}`, body);
    const headers = { ...ALWAYS, ...this.#keyWanted(), Authorization };
    if (call.body === undefined) return { method: call.method, url: url.href, headers };
    return { method: call.method, url: url.href, headers: { ...headers, 'Content-Type': 'application/json' }, body };
  }

  /**
   * Whose signature the answer should carry. Without it a merchant that is switching is answered with a certificate;
   * before the switch it has no effect. Source: pay.weixin.qq.com/doc/v3/merchant/4012154180.
   */
  #keyWanted(): Readonly<Record<string, string>> {
    const { publicKeyId } = this.merchant;
    return publicKeyId === undefined ? {} : { 'Wechatpay-Serial': publicKeyId };
  }

  /** Method, path with query, timestamp, nonce, body; source: pay.weixin.qq.com/doc/v3/merchant/4012365344. */
  async #authorization(method: string, path: string, body: string): Promise<string> {
    const { mchid, serialNo } = this.merchant;
    const timestamp = this.timestamp();
    const nonce = this.tools.nonce();
    const signature = await this.sign([method, path, timestamp, nonce, body]);
    return `${SCHEME} mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serialNo}"`;
  }
}

/** A 2xx may carry an error envelope: a `code` at the top, which no answer of success has. */
function read(operation: string, { status, headers, body }: HttpAnswer): WechatAnswer {
  const content = body.length === 0 ? undefined : readJsonObject(body);
  if (content === undefined && body.length > 0) throw unknownOutcome(operation, 'the answer is no JSON object');
  const isError = status >= 400 || textField(content, 'code') !== undefined;
  const error = isError ? errorAnswer(operation, status, content) : undefined;
  return { status, content, error, requestId: headers.get('Request-ID') ?? undefined };
}

function unsigned(operation: string, { status, body }: HttpAnswer): Rejected | UntrustedMessage {
  return unsignedError(errorAnswer(operation, status, readJsonObject(body)), body.length === 0);
}

function errorAnswer(operation: string, status: number, content: JsonObject | undefined): ErrorAnswer {
  return { operation, status, code: textField(content, 'code'), message: textField(content, 'message') };
}
