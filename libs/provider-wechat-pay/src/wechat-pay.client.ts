import { NotReached, Rejected, type ProviderTools, type UntrustedMessage } from '@hutong/payment-port';
import { rsaSign, sendHttp, type DownloadRequest, type HttpAnswer, type HttpRequest } from '@hutong/provider-kit';
import { CertificateDownload } from './certificate-download.js';
import { Hosts } from './hosts.js';
import { readJsonObject, textField, type JsonObject } from './json-fields.js';
import type { Merchant } from './merchant.js';
import { verifySigned, type SignedMessage } from './signed-message.js';
import {
  errorAnswer,
  genuineError,
  refusedHere,
  unknownOutcome,
  unsignedError,
  type ErrorAnswer,
} from './wechat-pay.errors.js';

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
  /**
   * True for what must not reach WeChat Pay twice. Everything else here is one thing however often it is asked for: it
   * bears a number of ours, or changes nothing.
   */
  readonly once?: boolean;
}

/** A genuine answer. A 204 has no content. */
export interface WechatAnswer {
  readonly status: number;
  readonly content: JsonObject | undefined;
  /** What its error envelope says; undefined when it carries none. */
  readonly error: ErrorAnswer | undefined;
  /** Their number of the exchange; after a failure its last part is their internal error number. Nobody signs it. */
  readonly requestId: string | undefined;
  /** The serial number or the id of the key that signed it. */
  readonly signedBy: string;
}

/**
 * One merchant's line to WeChat Pay: signs, sends, verifies, then says what came back. All that it remembers between calls
 * are certificates that it learned, and which host answered last.
 */
export class WechatPayClient {
  readonly certificates: CertificateDownload;
  readonly #hosts: Hosts;

  constructor(
    readonly merchant: Merchant,
    readonly tools: ProviderTools,
  ) {
    this.#hosts = new Hosts(merchant.origins, tools.clock);
    this.certificates = new CertificateDownload(merchant, tools.clock, (call) => this.#send(call));
  }

  /**
   * Sends one call and answers what WeChat Pay says, a signed error too. A 2xx is read only when its signature holds; so
   * is a 4xx, except for the refusals that WeChat Pay never signs (see `unsignedError`). 5xx is believed in nothing, so
   * its signature does not matter.
   * @throws NotReached, OutcomeUnknown, UntrustedMessage, or Rejected by what is never signed
   */
  async exchange(call: WechatCall): Promise<WechatAnswer> {
    await this.#holdAKey(call.operation);
    const answer = await this.#send(call);
    const { status } = answer;
    if (status < 200 || (status >= 300 && status < 400) || status >= 500)
      throw unknownOutcome(call.operation, `HTTP ${status}`);
    if (status >= 400 && !answer.headers.has('Wechatpay-Signature')) throw unsigned(call.operation, answer);
    await this.verify({
      operation: call.operation,
      header: (name) => answer.headers.get(name) ?? undefined,
      body: answer.body,
    });
    return read(call.operation, answer);
  }

  /** Holds a message against the key that it names, which may have to be fetched. @throws UntrustedMessage */
  verify(message: SignedMessage): Promise<void> {
    return verifySigned((serial) => this.certificates.keyNamed(serial), this.tools.clock.now(), message);
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

  /**
   * An account without any key learns one before its first call: what comes of a call that nobody can verify would be
   * unknown, and nothing has to be sent to know that.
   * @throws Rejected, or NotReached whatever else it was that kept us from learning
   */
  async #holdAKey(operation: string): Promise<void> {
    if (this.merchant.platformKeys.holdsAny(this.tools.clock.now())) return;
    await this.certificates.refresh().catch((cause: unknown) => {
      if (cause instanceof Rejected) throw cause;
      const details = { provider: 'wechat_pay', operation, cause };
      throw new NotReached(`Nothing was sent (${operation}): no platform certificate could be fetched.`, details);
    });
    if (this.merchant.platformKeys.holdsAny(this.tools.clock.now())) return;
    const hint = 'This merchant has no platform certificates: set public_key_id and public_key.';
    throw refusedHere(operation, 'invalid_configuration', 'no_platform_certificate', hint);
  }

  /** A second sending is signed afresh: its timestamp and nonce are its own. */
  #send(call: WechatCall): Promise<HttpAnswer> {
    const context = { provider: 'wechat_pay', operation: call.operation };
    return this.#hosts.send(call.once !== true, async (origin) =>
      sendHttp(this.tools, await this.#request(call, origin), context),
    );
  }

  async #request(call: WechatCall, origin: string): Promise<HttpRequest> {
    const url = new URL(call.path, origin);
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
  const error = isError ? errorAnswer(operation, { status, body }) : undefined;
  const signedBy = headers.get('Wechatpay-Serial') ?? '';
  return { status, content, error, requestId: headers.get('Request-ID') ?? undefined, signedBy };
}

function unsigned(operation: string, answer: HttpAnswer): Rejected | UntrustedMessage {
  return unsignedError(errorAnswer(operation, answer), answer.body.length === 0);
}
