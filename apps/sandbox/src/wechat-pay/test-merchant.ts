import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import { type Headers, type Response, fetch } from 'undici';
import type { Sandbox } from '../sandbox.js';
import type { WechatAccount } from './account.js';

/** What a spec may do differently from a correct client. */
export interface Deviation {
  readonly headers?: Readonly<Record<string, string>>;
  readonly authorization?: string;
  readonly timestamp?: number;
  readonly serial?: string;
  readonly mchid?: string;
  /** Signed instead of the body that is sent. */
  readonly signedBody?: string;
}

export interface MerchantAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a spec reads whatever the answer holds
  readonly json: any;
  /** Whether the key that Wechatpay-Serial names verifies the answer, as a client would check it. */
  readonly trusted: boolean;
}

export interface DownloadedFile {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** What the account list shows of WeChat Pay's own keys. */
export interface PlatformSide {
  readonly platform_certificates: readonly { readonly serial_no: string; readonly certificate: string }[];
  readonly public_key_id: string | null;
  readonly public_key: string | null;
}

/** A merchant for specs: its own reading of the wire, signing for real. */
export class TestMerchant {
  constructor(
    readonly account: WechatAccount,
    private readonly url: string,
    readonly platform: PlatformSide,
  ) {}

  /** With the platform keys of this moment, as a client that was configured now has them. */
  static async of(sandbox: Sandbox, name = 'certificate'): Promise<TestMerchant> {
    const account = sandbox.accounts.shelf<WechatAccount>('wechat_pay').named(name);
    if (account === undefined) throw new Error(`no account ${name}`);
    const shown = await sandbox.accounts.show('wechat_pay', account);
    return new TestMerchant(account, sandbox.url, shown as unknown as PlatformSide);
  }

  /** An order body that every endpoint but H5 takes. */
  order(outTradeNo: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
    return {
      appid: this.account.appid,
      mchid: this.account.mchid,
      description: '一箱柚子',
      out_trade_no: outTradeNo,
      notify_url: 'http://127.0.0.1:9/notify',
      amount: { total: 1_299, currency: 'CNY' },
      ...more,
    };
  }

  place(product: string, outTradeNo: string, more: Readonly<Record<string, unknown>> = {}): Promise<MerchantAnswer> {
    return this.post(`/v3/pay/transactions/${product}`, this.order(outTradeNo, more));
  }

  /** What a till sends after scanning the payer's code. */
  scan(outTradeNo: string, code: string, more: Readonly<Record<string, unknown>> = {}): Promise<MerchantAnswer> {
    const { notify_url: _, ...order } = this.order(outTradeNo);
    const scanned = { payer: { auth_code: code }, scene_info: { store_info: { id: '0001' } } };
    return this.post('/v3/pay/transactions/codepay', { ...order, ...scanned, ...more });
  }

  reverse(outTradeNo: string): Promise<MerchantAnswer> {
    const { appid, mchid } = this.account;
    return this.post(`/v3/pay/transactions/out-trade-no/${outTradeNo}/reverse`, { appid, mchid });
  }

  query(outTradeNo: string): Promise<MerchantAnswer> {
    return this.get(`/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${this.account.mchid}`);
  }

  close(outTradeNo: string): Promise<MerchantAnswer> {
    const { mchid } = this.account;
    return this.post(`/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, { mchid });
  }

  refund(
    outTradeNo: string,
    outRefundNo: string,
    refund: number,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<MerchantAnswer> {
    return this.post('/v3/refund/domestic/refunds', {
      out_trade_no: outTradeNo,
      out_refund_no: outRefundNo,
      amount: { refund, total: 1_299, currency: 'CNY' },
      ...more,
    });
  }

  /** Fetches a bill by its `download_url`, under whatever host that stands. */
  async download(downloadUrl: string, deviation: Deviation = {}): Promise<DownloadedFile> {
    const { pathname, search } = new URL(downloadUrl);
    const response = await this.request('GET', pathname + search, undefined, deviation);
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  get(path: string, deviation: Deviation = {}): Promise<MerchantAnswer> {
    return this.send('GET', path, undefined, deviation);
  }

  post(path: string, body: unknown, deviation: Deviation = {}): Promise<MerchantAnswer> {
    return this.send('POST', path, typeof body === 'string' ? body : JSON.stringify(body), deviation);
  }

  async send(method: string, path: string, body?: string, deviation: Deviation = {}): Promise<MerchantAnswer> {
    const response = await this.request(method, path, body, deviation);
    const text = await response.text();
    const { status, headers } = response;
    return {
      status,
      headers,
      text,
      json: text === '' ? undefined : JSON.parse(text),
      trusted: this.trusts(headers, text),
    };
  }

  private request(method: string, path: string, body: string | undefined, deviation: Deviation): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'spec',
        authorization: deviation.authorization ?? this.authorization(method, path, body ?? '', deviation),
        ...deviation.headers,
      },
    });
  }

  authorization(method: string, path: string, body: string, deviation: Deviation = {}): string {
    const timestamp = deviation.timestamp ?? Math.floor(Date.now() / 1_000);
    const nonce = randomBytes(5).toString('hex');
    const signature = this.signed([method, path, `${timestamp}`, nonce, deviation.signedBody ?? body]);
    const serial = deviation.serial ?? this.account.serial_no;
    const mchid = deviation.mchid ?? this.account.mchid;
    return (
      `WECHATPAY2-SHA256-RSA2048 signature="${signature}",mchid="${mchid}",serial_no="${serial}",` +
      `timestamp="${timestamp}",nonce_str="${nonce}"`
    );
  }

  /** The merchant key's signature over lines, for requests and for the payer's device alike. */
  signed(lines: readonly string[]): string {
    const text = lines.map((line) => `${line}\n`).join('');
    return sign('RSA-SHA256', Buffer.from(text), createPrivateKey(this.account.private_key)).toString('base64');
  }

  /** What goes to WeixinJSBridge for a prepay id. */
  jsapiParams(prepayId: string): Readonly<Record<string, string>> {
    const [timeStamp, nonceStr, pack] = ['1554208460', 'nonce', `prepay_id=${prepayId}`];
    const paySign = this.signed([this.account.appid, timeStamp, nonceStr, pack]);
    return { appId: this.account.appid, timeStamp, nonceStr, package: pack, signType: 'RSA', paySign };
  }

  /** What goes to the app SDK for a prepay id. */
  appParams(prepayid: string): Readonly<Record<string, string>> {
    const [timestamp, noncestr] = ['1554208460', 'nonce'];
    const { appid, mchid: partnerid } = this.account;
    const signature = this.signed([appid, timestamp, noncestr, prepayid]);
    return { appid, partnerid, prepayid, package: 'Sign=WXPay', noncestr, timestamp, sign: signature };
  }

  trusts(headers: { get(name: string): string | null }, body: string): boolean {
    const [timestamp, nonce, signature] = ['timestamp', 'nonce', 'signature'].map((name) =>
      headers.get(`wechatpay-${name}`),
    );
    if (!timestamp || !nonce || !signature) return false;
    const key = this.keyNamed(headers.get('wechatpay-serial'));
    if (key === undefined) return false;
    if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > 300) return false;
    const message = Buffer.from(`${timestamp}\n${nonce}\n${body}\n`);
    return verify('RSA-SHA256', message, key, Buffer.from(signature, 'base64'));
  }

  private keyNamed(serial: string | null): KeyObject | undefined {
    const { platform_certificates: certificates, public_key_id: id, public_key: pem } = this.platform;
    if (serial !== null && serial === id) return createPublicKey(pem ?? '');
    const named = certificates.find(({ serial_no }) => serial_no === serial);
    return named && new X509Certificate(named.certificate).publicKey;
  }

  /** Opens what certificates and notifications carry. @throws Error when key, nonce or associated data do not fit */
  opened(sealed: { readonly nonce: string; readonly associated_data: string; readonly ciphertext: string }): string {
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(this.account.api_v3_key), Buffer.from(sealed.nonce));
    decipher.setAAD(Buffer.from(sealed.associated_data));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
  }
}
