import type { NextAction, RawMessage } from '@hutong/payment-port';
import {
  describeProviderContract,
  type AccountName,
  type BillFacts,
  type ContractHarness,
  type Forgery,
  type News,
  type ProviderWire,
  type RefundFacts,
  type TradeFacts,
  type Truth,
  type Understood,
  type WireAnswer,
  type WireCall,
} from '@hutong/provider-contract';
import { createPublicKey, createVerify } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe } from 'vitest';
import { billLink, billText } from './test-bills.js';
import {
  API_V3_KEY,
  APPID,
  impostor,
  MCHID,
  merchant,
  newHolder,
  notification,
  NOW,
  paidOrder,
  platform,
  publicKey,
  publicKeySettings,
  refundObject,
  secondPlatform,
  secondPublicKey,
  settings,
  signatureHeaders,
  type Deviation,
  type Holder,
} from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

/** The two ways in which WeChat Pay's signatures are verified; the suite runs in both. */
type KeyMode = 'certificate' | 'public_key';

interface Account {
  readonly mchid: string;
  readonly appid: string;
  readonly apiV3Key: string;
  readonly merchant: Holder;
  readonly mode: KeyMode;
  /** With whose key WeChat Pay signs what this merchant receives. */
  readonly platform: Holder;
}

const SIGNERS: Readonly<Record<KeyMode, Readonly<Record<AccountName, Holder>>>> = {
  certificate: { first: platform, second: secondPlatform },
  public_key: { first: publicKey, second: secondPublicKey },
};

const MERCHANTS: Readonly<Record<AccountName, Omit<Account, 'mode' | 'platform'>>> = {
  first: { mchid: MCHID, appid: APPID, apiV3Key: API_V3_KEY, merchant },
  second: {
    mchid: '1900000002',
    appid: 'wx0000000000000002',
    apiV3Key: 'second-account-key-of-32-letters',
    merchant: await newHolder('0222'),
  },
};

function accountOf(mode: KeyMode, name: AccountName): Account {
  return { ...MERCHANTS[name], mode, platform: SIGNERS[mode][name] };
}

function settingsOf({ mchid, appid, apiV3Key, merchant: own, mode, platform: theirs }: Account) {
  const keys =
    mode === 'public_key'
      ? { platform_certificates: [], ...publicKeySettings(theirs) }
      : { platform_certificates: [{ serial_no: theirs.serial, certificate: theirs.certificate }] };
  const credentials = { api_v3_key: apiV3Key, serial_no: own.serial, private_key: own.privatePem };
  return settings({ mchid, appid, app_secret: APP_SECRET, ...credentials, ...keys });
}

const APP_SECRET = '0c79e1fa963cd80cc0be99b20a18faeb';
const PAYER = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';

/** RFC 3339 in Beijing, written down here apart from the provider's own. */
function beijing(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

function orderOf({ mchid, appid }: Account, trade: TradeFacts, trade_state: string): Record<string, unknown> {
  return paidOrder({
    appid,
    mchid,
    trade_state,
    out_trade_no: trade.reference,
    transaction_id: trade.providerReference,
    success_time: beijing(trade.paidAt),
    amount: { total: trade.amount.amount, payer_total: trade.amount.amount, currency: 'CNY' },
  });
}

function refundOf(refund: RefundFacts): Record<string, unknown> {
  return refundObject({
    out_refund_no: refund.reference,
    out_trade_no: refund.paymentReference,
    transaction_id: refund.paymentProviderReference,
    success_time: beijing(refund.refundedAt),
    amount: { total: refund.total.amount, refund: refund.amount.amount, currency: 'CNY' },
  });
}

const UNPAID = {
  transaction_id: undefined,
  success_time: undefined,
  payer: undefined,
  bank_type: undefined,
  trade_type: undefined,
};
const error = (status: number, code: string): [number, unknown] => [status, { code, message: '说明' }];

/** What WeChat Pay would say, before it is signed. */
function said(account: Account, call: WireCall, truth: Truth): [status: number, content: unknown] {
  if (truth.is === 'in_trouble') return error(500, 'SYSTEM_ERROR');
  if (truth.is === 'refused') return call.operation === 'refund' ? error(403, 'NOT_ENOUGH') : error(403, 'NO_AUTH');
  if (truth.is === 'bill_not_ready') return error(400, 'STATEMENT_CREATING');
  if (truth.is === 'bill_empty') return error(400, 'NO_STATEMENT_EXIST');
  if (truth.is === 'billed') return [200, linked(account, truth.bill)];
  if (call.operation === 'prepare') return [200, prepared(account, call, truth)];
  if (call.operation === 'close') return closed(truth);
  if ('trade' in truth) return [200, queried(account, truth)];
  return 'refund' in truth
    ? [200, refundOf(truth.refund)]
    : error(404, call.operation === 'query' ? 'ORDER_NOT_EXIST' : 'RESOURCE_NOT_EXISTS');
}

function linked(account: Account, bill: BillFacts): Record<string, unknown> {
  const elsewhere = { download_url: 'https://elsewhere.example.com/v3/billdownload/file?token=1' };
  return { ...billLink(billed(account, bill)), ...(bill.flaw === 'elsewhere' ? elsewhere : {}) };
}

/** The statement before compression. Its hash is of these bytes, whatever is wrong with them. */
function billed({ mchid }: Account, { kind, lines, flaw }: BillFacts): string {
  const aDayEarlier = lines.map((line) => ({ ...line, at: new Date(line.at.getTime() - 86_400_000) }));
  const sums = kind === 'trades' ? 5 : 2;
  return billText(kind, flaw === 'other_day' ? aDayEarlier : lines, {
    mchid,
    ...(flaw === 'missing_row' ? { rows: (rows) => rows.slice(0, -1) } : {}),
    ...(flaw === 'sums' ? { totals: (row) => row.map((cell, at) => (at === sums ? `1${cell}` : cell)) } : {}),
  });
}

function prepared(account: Account, { url }: WireCall, truth: Truth): Record<string, unknown> {
  if (url.endsWith('/codepay')) {
    if (!('trade' in truth)) throw new Error('A code that is scanned makes an order.');
    return { ...orderOf(account, truth.trade, 'USERPAYING'), ...UNPAID, trade_type: 'MICROPAY' };
  }
  if (url.endsWith('/h5'))
    return { h5_url: 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016&package=1405458241' };
  return url.endsWith('/native')
    ? { code_url: 'weixin://wxpay/bizpayurl?pr=p4lpSuKzz' }
    : { prepay_id: 'wx201410272009395522657a690389285100' };
}

function closed(truth: Truth): [number, unknown] {
  if (truth.is === 'unknown') return error(404, 'ORDER_NOT_EXIST');
  return truth.is === 'paid' ? error(400, 'ORDER_PAID') : [204, undefined];
}

function queried(account: Account, truth: Extract<Truth, { readonly trade: TradeFacts }>): Record<string, unknown> {
  const states = {
    awaiting_payer: 'NOTPAY',
    closed: 'CLOSED',
    paid: 'SUCCESS',
    refunded: 'REFUND',
    unlisted: 'SETTLED',
  };
  const order = orderOf(account, truth.trade, states[truth.is]);
  return truth.is === 'awaiting_payer' || truth.is === 'closed' ? { ...order, ...UNPAID } : order;
}

const UNSIGNED = Object.fromEntries(
  ['Timestamp', 'Nonce', 'Signature', 'Serial', 'Signature-Type'].map((name) => [`Wechatpay-${name}`, undefined]),
);

function deviationOf(account: Account, forgery: Forgery | undefined): Deviation {
  if (forgery === 'wrong_key') return { by: { ...impostor, serial: account.platform.serial } };
  if (forgery === 'stale') return { by: account.platform, at: new Date(NOW.getTime() - 600_000) };
  return { by: account.platform, ...(forgery === 'unsigned' ? { headers: UNSIGNED } : {}) };
}

function tampered(body: string): string {
  return body.includes('prepay_id')
    ? body.replace(/(prepay_id"?[=:]"?)wx/, '$1wy')
    : body.replace(/[0-9A-Za-z](?=[^0-9A-Za-z]*$)/, '_');
}

/** The account platform, which signs nothing, answers refusals with HTTP 200, and calls JSON text/plain. */
function identified(account: Account, { url }: WireCall, truth: Truth): WireAnswer {
  const asked = new URL(url);
  const { appid, secret, grant_type } = Object.fromEntries(asked.searchParams);
  if (asked.pathname !== '/sns/oauth2/access_token' || grant_type !== 'authorization_code')
    throw new Error('That is no exchange of a code.');
  const foreign = appid !== account.appid || secret !== APP_SECRET || truth.is === 'secret_refused';
  const content = (): Record<string, unknown> => {
    if (truth.is === 'in_trouble') return { errcode: -1, errmsg: 'system error, rid: 5f-1' };
    if (foreign) return { errcode: 40125, errmsg: `invalid appsecret ${secret}, rid: 5f-1` };
    if (truth.is !== 'signed_in') return { errcode: 40163, errmsg: 'code been used, rid: 5f-1' };
    return { access_token: 't', expires_in: 7_200, refresh_token: 'r', openid: truth.payer, scope: 'snsapi_base' };
  };
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: JSON.stringify(content()) };
}

function answered(account: Account, call: WireCall, truth: Truth, forgery: Forgery | undefined): WireAnswer {
  if (call.operation === 'identity') return identified(account, call, truth);
  if (truth.is === 'billed' && call.url.includes('/billdownload/')) {
    return { status: 200, body: new Uint8Array(gzipSync(billed(account, truth.bill))) };
  }
  const [status, content] = said(account, call, truth);
  const body = content === undefined ? '' : JSON.stringify(content);
  const headers = signatureHeaders(body, deviationOf(account, forgery));
  if (forgery !== 'tampered') return { status, headers, body };
  const signature = headers['Wechatpay-Signature'] ?? '';
  return body === ''
    ? {
        status,
        body,
        headers: { ...headers, 'Wechatpay-Signature': (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1) },
      }
    : { status, body: tampered(body), headers };
}

/** Reads an order as WeChat Pay's server does: the signature first. */
function understood(account: Account, call: WireCall | undefined, action: NextAction): Understood {
  if (call === undefined) throw new Error('Every order of WeChat Pay is born there.');
  expectSigned(account, call);
  if (action.type === 'invoke_sdk') expectSheet(account, action.params);
  const body = JSON.parse(call.body) as {
    out_trade_no: string;
    description: string;
    notify_url?: string;
    time_expire?: string;
    amount: { total: number };
  };
  if (call.url.endsWith('/codepay')) expectCodePay(body);
  return {
    reference: body.out_trade_no,
    amount: { amount: body.amount.total, currency: 'CNY' },
    description: body.description,
    notifyUrl: body.notify_url,
    expiresAt: body.time_expire === undefined ? undefined : new Date(body.time_expire),
  };
}

/** What only this order carries; and neither of the fields that it does not know. */
function expectCodePay(body: Readonly<Record<string, unknown>>): void {
  const fields = ['amount', 'appid', 'description', 'mchid', 'out_trade_no', 'payer', 'scene_info'];
  const { payer } = body as { payer?: { auth_code?: string } };
  if (payer?.auth_code !== AUTH_CODE || Object.keys(body).toSorted().join() !== fields.join())
    throw new Error('参数中含有非法的额外参数');
}

function expectSigned(
  { merchant: own, mchid, mode, platform: theirs }: Account,
  { method, url, headers, body }: WireCall,
): void {
  if (headers.get('wechatpay-serial') !== (mode === 'public_key' ? theirs.serial : null))
    throw new Error('The request asks for an answer signed with another key than the account has.');
  const sent = new Map(
    [...(headers.get('authorization') ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const { pathname, search } = new URL(url);
  const text = [method, pathname + search, sent.get('timestamp'), sent.get('nonce_str'), body]
    .map((part) => `${part}\n`)
    .join('');
  if (sent.get('mchid') !== mchid || sent.get('serial_no') !== own.serial)
    throw new Error('The request is in the name of somebody else.');
  if (!holds(own, text, sent.get('signature'))) throw new Error("The request's signature does not hold.");
}

function expectSheet({ merchant: own }: Account, params: Readonly<Record<string, string>>): void {
  const lines =
    params['paySign'] === undefined
      ? [params['appid'], params['timestamp'], params['noncestr'], params['prepayid']]
      : [params['appId'], params['timeStamp'], params['nonceStr'], params['package']];
  const text = lines.map((line) => `${line}\n`).join('');
  if (!holds(own, text, params['paySign'] ?? params['sign'])) throw new Error('支付验证签名失败');
}

function holds(holder: Holder, text: string, signature = ''): boolean {
  return createVerify('RSA-SHA256').update(text).verify(createPublicKey(holder.certificate), signature, 'base64');
}

function told(account: Account, news: News, forgery: Forgery | undefined): RawMessage {
  const deviation = { ...deviationOf(account, forgery), apiV3Key: account.apiV3Key };
  const message =
    news.of === 'payment'
      ? notification('TRANSACTION.SUCCESS', 'transaction', orderOf(account, news.trade, 'SUCCESS'), deviation)
      : notification(
          'REFUND.SUCCESS',
          'refund',
          { ...refundOf(news.refund), mchid: account.mchid, refund_status: 'SUCCESS' },
          deviation,
        );
  return forgery === 'tampered'
    ? { ...message, body: Buffer.from(tampered(Buffer.from(message.body).toString())) }
    : message;
}

function wire(account: Account): ProviderWire {
  return {
    answer: (call, truth, forgery) => answered(account, call, truth, forgery),
    understand: ({ call, action }) => understood(account, call, action),
    notification: (news, forgery) => told(account, news, forgery),
  };
}

const AUTH_CODE = '130061098828009406';
const OPENID = { payer: { openid: PAYER } };

/** As `GET /__sandbox/accounts` lists it: what an account lacks is null there. */
function listedAccount(account: Account): Record<string, unknown> {
  const { mode: verify_mode, merchant: own } = account;
  const beside = { name: 'taote', verify_mode, certificate: own.certificate };
  return { public_key_id: null, public_key: null, ...settingsOf(account), ...beside };
}

const harnessIn = (mode: KeyMode): ContractHarness => ({
  settings: (name) => settingsOf(accountOf(mode, name)),
  sandboxAccount: listedAccount(accountOf(mode, 'first')),
  wire: (name) => wire(accountOf(mode, name)),
  products: {
    app_sdk: { calls: true },
    mini_program: { calls: true, request: OPENID },
    wallet_browser: { calls: true, request: OPENID },
    mobile_page: { calls: true, request: { payer: { ip: '203.0.113.9' }, returnUrl: 'https://shop.example.com/done' } },
    qr_code: { calls: true },
    payer_code: { calls: true, request: { authCode: AUTH_CODE } },
  },
  payerId: PAYER,
  descriptionFits: (text) => Buffer.byteLength(text) <= 127 && !/[\u{10000}-\u{10FFFF}\p{Cc}]/u.test(text),
  takesAsReceived: ({ status }) => status === 200 || status === 204,
  mismatchIsReceived: true,
});

describe('with platform certificates', () => {
  describeProviderContract(wechatPay, harnessIn('certificate'));
});

describe('with a public key', () => {
  describeProviderContract(wechatPay, harnessIn('public_key'));
});
