import { money, type PrepareRequest } from '@hutong/payment-port';
import {
  describeProviderContract,
  type AccountName,
  type BillFacts,
  type ContractHarness,
  type Forgery,
  type News,
  type ProviderWire,
  type Truth,
  type Understood,
  type WireCall,
} from '@hutong/provider-contract';
import { beijingTime, fenToYuan, readBeijingTime, yuanToFen } from '@hutong/provider-kit';
import { describe } from 'vitest';
import { alipay } from './alipay.js';
import { billArchive } from './testing/bill-files.js';
import {
  ALIPAY_KEYS,
  APP_CERT,
  APP_KEYS,
  appSigned,
  CERTIFICATE_SETTINGS,
  certificateMember,
  parametersOf,
  ROOT_CERT,
  SETTINGS,
  signedBy,
  STRANGER_KEYS,
} from './testing/fake-alipay.js';

/** The two ways in which an account knows Alipay. */
const MODES = { key: SETTINGS, certificate: CERTIFICATE_SETTINGS } as const;

type Mode = keyof typeof MODES;

/** What is the same in either mode. */
const NUMBERS = {
  first: { app_id: SETTINGS.app_id, seller_id: SETTINGS.seller_id },
  second: { app_id: '2021000000000002', seller_id: '2088000000000002' },
} as const satisfies Record<AccountName, object>;

type Response = Readonly<Record<string, string>>;

const OK = { code: '10000', msg: 'Success' };
const BUSINESS_FAILED = { code: '40004', msg: 'Business Failed' };

/** What the gateway says to one method when this is true. */
function responseTo(method: string, truth: Truth, asked: Readonly<Record<string, string>>): Response {
  if (truth.is === 'in_trouble') return { code: '20000', msg: 'Unavailable', sub_code: 'aop.unknow-error' };
  if (truth.is === 'refused')
    return { ...BUSINESS_FAILED, sub_code: 'ACQ.ACCESS_FORBIDDEN', sub_msg: '无权限使用接口' };
  if (truth.is === 'bill_not_ready') return { ...BUSINESS_FAILED, sub_code: 'BILL_NOT_EXIST' };
  if (truth.is === 'bill_empty') return { ...OK, bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE' };
  if (truth.is === 'billed') return { ...OK, bill_download_url: `http://${fileHost(truth.bill)}${FILE_PATH}` };
  const { out_trade_no = '' } = asked;
  if (method === 'alipay.trade.precreate') return { ...OK, out_trade_no, qr_code: 'https://qr.alipay.com/bax1' };
  if (method === 'alipay.trade.pay') return { ...OK, code: '10003', out_trade_no, trade_no: '2026112322001' };
  if (method === 'alipay.trade.create') return { ...OK, out_trade_no, trade_no: '2026112322001' };
  if ('refund' in truth) return refundResponse(method, truth);
  if (!('trade' in truth)) return unknownResponse(method);
  return method === 'alipay.trade.close' ? closeResponse(truth) : { ...OK, ...tradeFields(truth, 'send_pay_date') };
}

const FILE_PATH = '/downloadBillFile.resource?bizType=trade&token=1';

function fileHost({ flaw }: BillFacts): string {
  return flaw === 'elsewhere' ? 'elsewhere.example.com' : 'dwbillcenter.alipay.com';
}

/** The archive of a statement, with checksums of its own whatever is wrong in it. */
function billed(account: AccountName, { flaw, ...facts }: BillFacts): Promise<Uint8Array<ArrayBuffer>> {
  const date = flaw === 'other_day' ? '2026-11-21' : facts.date;
  const withoutLastRow = (text: string) => text.replace(/[^\r\n]*\r\n(?=#-+[^\r\n]*列表结束)/, '');
  const withOtherSums = (text: string) => text.replace(/(合计：\d+笔，(?:商家实收)?共)/, '$11');
  const detail = flaw === 'missing_row' ? withoutLastRow : flaw === 'sums' ? withOtherSums : undefined;
  return billArchive({ ...facts, date, sellerId: NUMBERS[account].seller_id }, detail === undefined ? {} : { detail });
}

/** Only a refund query answers 10000 about what is not there. */
function unknownResponse(method: string): Response {
  return method.endsWith('refund.query') ? OK : { ...BUSINESS_FAILED, sub_code: 'ACQ.TRADE_NOT_EXIST' };
}

type TradeTruth = Extract<Truth, { trade: unknown }>;

const STATUS: Record<TradeTruth['is'], string> = {
  awaiting_payer: 'WAIT_BUYER_PAY',
  paid: 'TRADE_SUCCESS',
  closed: 'TRADE_CLOSED',
  refunded: 'TRADE_CLOSED',
  unlisted: 'TRADE_PENDING',
};

function tradeFields({ is, trade }: TradeTruth, paymentDate: string): Response {
  return {
    out_trade_no: trade.reference,
    trade_no: trade.providerReference,
    trade_status: STATUS[is],
    total_amount: fenToYuan(trade.amount.amount),
    ...(is === 'paid' || is === 'refunded' ? { [paymentDate]: beijingTime(trade.paidAt) } : {}),
  };
}

function closeResponse({ is, trade }: TradeTruth): Response {
  if (is !== 'awaiting_payer')
    return { ...BUSINESS_FAILED, sub_code: 'ACQ.TRADE_STATUS_ERROR', sub_msg: '交易状态异常' };
  return { ...OK, out_trade_no: trade.reference, trade_no: trade.providerReference };
}

function refundResponse(method: string, { refund }: Extract<Truth, { refund: unknown }>): Response {
  const numbers = { out_trade_no: refund.paymentReference, trade_no: refund.paymentProviderReference };
  const amount = fenToYuan(refund.amount.amount);
  return method === 'alipay.trade.refund'
    ? { ...OK, ...numbers, fund_change: 'Y', refund_fee: amount, gmt_refund_pay: beijingTime(refund.refundedAt) }
    : { ...OK, ...numbers, out_request_no: refund.reference, refund_amount: amount, refund_status: 'REFUND_SUCCESS' };
}

/** `stale` signs as ever: nothing that Alipay signs in an answer says when. */
function envelope(call: Readonly<Record<string, string>>, response: Response, forgery: Forgery | undefined): string {
  const key = `${(call['method'] ?? '').replaceAll('.', '_')}_response`;
  const signed = JSON.stringify(response).replaceAll('/', String.raw`\/`);
  const sent = forgery === 'tampered' ? JSON.stringify({ ...response, msg: 'Successful' }) : signed;
  const sign = signedBy(forgery === 'wrong_key' ? STRANGER_KEYS.privatePem : ALIPAY_KEYS.privatePem, signed);
  const signature = forgery === 'unsigned' ? '' : `,"sign":"${sign}"`;
  return `{"${key}":${sent}${certificateMember(call)}${signature}}`;
}

/** Throws unless the app's signature holds, and the certificates are named in certificate mode and only there. */
function expectTrusted(mode: Mode, parameters: Readonly<Record<string, string>>): void {
  if (!appSigned(parameters)) throw new Error('This is not well signed.');
  const expected = mode === 'key' ? [undefined, undefined] : [APP_CERT.sn, ROOT_CERT.sn];
  const named = [parameters['app_cert_sn'], parameters['alipay_root_cert_sn']];
  if (String(named) !== String(expected)) throw new Error(`The certificates ${String(named)} are not the app's.`);
}

function understood(mode: Mode, parameters: Readonly<Record<string, string>>): Understood {
  expectTrusted(mode, parameters);
  const content = JSON.parse(parameters['biz_content'] ?? '') as Record<string, string>;
  return {
    reference: content['out_trade_no'] ?? '',
    amount: money(yuanToFen(content['total_amount'] ?? '')),
    description: content['subject'] ?? '',
    notifyUrl: parameters['notify_url'],
    expiresAt: readBeijingTime(content['time_expire'] ?? ''),
  };
}

function notificationFields(account: AccountName, news: News): Response {
  const { app_id, seller_id } = NUMBERS[account];
  const common = {
    notify_type: 'trade_status_sync',
    notify_time: '2026-11-23 12:00:00',
    charset: 'utf-8',
    app_id,
    seller_id,
  };
  if (news.of === 'payment') {
    const id = `paid-${news.trade.reference}`;
    return {
      ...common,
      notify_id: id,
      ...tradeFields({ is: 'paid', trade: news.trade }, 'gmt_payment'),
      subject: '番茄',
    };
  }
  const { refund } = news;
  return {
    ...common,
    notify_id: `refunded-${refund.reference}`,
    trade_status: 'TRADE_SUCCESS',
    out_trade_no: refund.paymentReference,
    trade_no: refund.paymentProviderReference,
    total_amount: fenToYuan(refund.total.amount),
    gmt_payment: '2026-11-23 11:59:30',
    out_biz_no: refund.reference,
    refund_fee: fenToYuan(refund.amount.amount),
    gmt_refund: beijingTime(refund.refundedAt),
  };
}

function wire(mode: Mode, account: AccountName): ProviderWire {
  return {
    async answer(call: WireCall, truth, forgery) {
      if (truth.is === 'billed' && call.url === `https://dwbillcenter.alipay.com${FILE_PATH}`) {
        return { status: 200, body: await billed(account, truth.bill) };
      }
      const parameters = parametersOf(call.url, call.body);
      expectTrusted(mode, parameters);
      const { method = '', biz_content = '{}' } = parameters;
      return { status: 200, body: envelope(parameters, responseTo(method, truth, JSON.parse(biz_content)), forgery) };
    },
    understand({ call, action }) {
      if (call !== undefined) return understood(mode, parametersOf(call.url, call.body));
      if (action.type === 'redirect') return understood(mode, parametersOf(action.url));
      if (action.type !== 'invoke_sdk') throw new Error(`Nothing to read in ${action.type}.`);
      return understood(mode, parametersOf(`https://sdk.test/?${action.params['order_string'] ?? ''}`));
    },
    notification(news, forgery) {
      const fields = notificationFields(account, news);
      const text = Object.keys(fields)
        .toSorted()
        .map((name) => `${name}=${fields[name] ?? ''}`)
        .join('&');
      const sign = signedBy(forgery === 'wrong_key' ? STRANGER_KEYS.privatePem : ALIPAY_KEYS.privatePem, text);
      const sent = forgery === 'tampered' ? { ...fields, total_amount: '0.01' } : fields;
      const signed = forgery === 'unsigned' ? sent : { ...sent, sign };
      const body = new URLSearchParams({ ...signed, sign_type: 'RSA2' }).toString();
      return {
        headers: [['content-type', 'application/x-www-form-urlencoded; charset=utf-8']],
        body: Buffer.from(body),
      };
    },
  };
}

const openid: Partial<PrepareRequest> = { payer: { openid: '074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5' } };

const harnessIn = (mode: Mode): ContractHarness => ({
  settings: (account) => ({ ...MODES[mode], ...NUMBERS[account] }),
  // The sandbox lists everything it has; sign_mode says what counts.
  sandboxAccount: {
    ...SETTINGS,
    ...CERTIFICATE_SETTINGS,
    name: `${mode}-mode`,
    sign_mode: mode,
    app_public_key: APP_KEYS.publicPem,
    strict: false,
  },
  wire: (account) => wire(mode, account),
  products: {
    app_sdk: { calls: false },
    wallet_browser: { calls: true, request: openid },
    mobile_page: { calls: false, request: { returnUrl: 'https://shop.example.com/done' } },
    desktop_page: { calls: false, request: { returnUrl: 'https://shop.example.com/done' } },
    qr_code: { calls: true },
    payer_code: { calls: true, request: { authCode: '28763443825664394' } },
  },
  descriptionFits: (text) => Buffer.byteLength(text) <= 256 && !/[/=&]/.test(text),
  takesAsReceived: ({ status, body }) => status === 200 && body === 'success',
  mismatchIsReceived: false,
});

describe.each(['key', 'certificate'] as const)('in %s mode', (mode) => {
  describeProviderContract(alipay, harnessIn(mode), {
    waive: {
      'wire.stale':
        'Nothing that Alipay signs in an answer says when it was signed; the numbers in it bind it to its request.',
      'notification.stale':
        'Alipay delivers one message for a day with no signed window of freshness; its notify_id and our states make repeats harmless.',
      'notification.refunded':
        'The refund_fee of a notification is the sum of all refunds of the trade, so it says processing and the core asks for the amount.',
    },
  });
});
