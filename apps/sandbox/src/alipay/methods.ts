import type { FaultOperation } from '../frame/fault-rule.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { AlipayAccount } from './account.js';
import type { AlipayTrade, Buyer } from './alipay-trade.js';
import type { BarCodePayments } from './bar-code-payments.js';
import { formatBeijing } from './beijing-time.js';
import type { BizContent } from './biz-content.js';
import { Cancelling } from './cancelling.js';
import { downloadAlipayCert } from './cert-download.js';
import { expiresAt, readTimeout } from './expiry.js';
import { tradeRefusal } from './gateway-refusal.js';
import { userIdOf } from './identifiers.js';
import { readOrder } from './order.js';
import { type OrderDesk, QR_CODE_MS } from './order-desk.js';
import type { Parameters } from './parameters.js';
import type { Refunding } from './refunding.js';
import { buyerAnswer, numbers, queryAnswer, type TradeAnswer } from './trade-answers.js';
import { formatYuan } from './yuan.js';

/** A verified call. */
export interface Call {
  readonly account: AlipayAccount;
  readonly parameters: Parameters;
  readonly biz: BizContent;
}

export interface Method {
  readonly operation: FaultOperation;
  /** @throws GatewayRefusal */
  run(call: Call): TradeAnswer;
}

/** The methods that servers call, by name. A method that is not here is isv.invalid-method. */
export function serverMethods(
  desk: OrderDesk,
  barCodes: BarCodePayments,
  refunding: Refunding,
  clock: SandboxClock,
): ReadonlyMap<string, Method> {
  const cancelling = new Cancelling(desk.book, clock, refunding);
  const now = (): number => clock.now().getTime();
  return new Map<string, Method>([
    ['alipay.trade.precreate', { operation: 'order', run: (call) => precreate(call, desk, now()) }],
    ['alipay.trade.create', { operation: 'order', run: (call) => create(call, desk, now()) }],
    ['alipay.trade.pay', { operation: 'order', run: (call) => barCodes.pay(call) }],
    ['alipay.trade.query', { operation: 'query', run: (call) => query(call, desk, clock.now()) }],
    ['alipay.trade.close', { operation: 'close', run: (call) => close(call, desk) }],
    ['alipay.trade.cancel', { operation: 'close', run: (call) => cancel(call, desk, cancelling) }],
    ['alipay.trade.refund', { operation: 'refund', run: (call) => refund(call, desk, refunding) }],
    ['alipay.trade.fastpay.refund.query', { operation: 'refund_query', run: (call) => refundQuery(call, desk) }],
    ['alipay.open.app.alipaycert.download', { operation: 'certificates', run: downloadAlipayCert }],
  ]);
}

function precreate({ account, parameters, biz }: Call, desk: OrderDesk, now: number): TradeAnswer {
  const order = readOrder('precreate', biz, parameters, account, now);
  const lifetime = biz.text('qr_code_timeout_express', 6);
  const timeout =
    lifetime === undefined ? undefined : readTimeout('qr_code_timeout_express', lifetime, { shortestMs: 0 });
  const trade = desk.issueCode(account, order, timeout === undefined ? QR_CODE_MS : expiresAt(timeout, now) - now);
  return { out_trade_no: trade.reference, qr_code: trade.wire.qrCode };
}

/** JSAPI: the trade exists at once, for the one buyer whom my.tradePay will be called by. */
function create({ account, parameters, biz }: Call, desk: OrderDesk, now: number): TradeAnswer {
  const order = readOrder('create', biz, parameters, account, now);
  if (biz.text('product_code', 64) === 'JSAPI_PAY') biz.required('op_app_id', 32);
  return numbers(desk.place(account, order, readBuyer(biz)));
}

function readBuyer(biz: BizContent): Buyer {
  const openId = biz.text('buyer_open_id', 128) ?? biz.text('op_buyer_open_id', 128);
  const userId = biz.text('buyer_id', 28);
  if (userId !== undefined && !/^2088\d{12}$/.test(userId)) throw tradeRefusal('BUYER_NOT_EXIST');
  if (userId === undefined && openId === undefined) throw tradeRefusal('INVALID_PARAMETER', 'buyer_id, buyer_open_id');
  return { userId: userId ?? userIdOf(openId ?? ''), openId };
}

function query(call: Call, desk: OrderDesk, now: Date): TradeAnswer {
  const trade = named(call, desk);
  if (trade === undefined) throw nothingToQuery(call.biz);
  return queryAnswer(trade, now, call.biz.words('query_options'));
}

function close(call: Call, desk: OrderDesk): TradeAnswer {
  const trade = existing(call, desk);
  if (trade.state !== 'awaiting_payer') throw tradeRefusal('TRADE_STATUS_ERROR');
  desk.book.close(trade);
  return numbers(trade);
}

/** No trade is success too: there is nothing to undo, and nothing to retry. */
function cancel(call: Call, desk: OrderDesk, cancelling: Cancelling): TradeAnswer {
  const trade = named(call, desk);
  if (trade === undefined) return { out_trade_no: call.biz.text('out_trade_no', 64), retry_flag: 'N' };
  return { ...numbers(trade), retry_flag: 'N', ...cancelling.cancel(trade) };
}

/** `refund_fee` is all that went back so far; `fund_change` says whether this call moved money. */
function refund(call: Call, desk: OrderDesk, refunding: Refunding): TradeAnswer {
  const wish = {
    amountFen: call.biz.fen('refund_amount', 'INVALID_PARAMETER'),
    outRequestNo: call.biz.text('out_request_no', 64),
    reason: call.biz.text('refund_reason', 256),
  };
  const trade = existing(call, desk);
  const done = refunding.refund(trade, wish);
  return {
    ...numbers(trade),
    ...buyerAnswer(trade),
    fund_change: done.moved ? 'Y' : 'N',
    refund_fee: formatYuan(trade.refunded),
    gmt_refund_pay: formatBeijing((done.refund.settledAt ?? done.refund.createdAt).getTime()),
  };
}

/** An unknown out_request_no is 10000 without any refund field. */
function refundQuery(call: Call, desk: OrderDesk): TradeAnswer {
  const outRequestNo = call.biz.required('out_request_no', 64);
  const trade = existing(call, desk);
  const found = trade.refunds.find(({ reference }) => reference === outRequestNo);
  if (found === undefined) return {};
  const at = (found.settledAt ?? found.createdAt).getTime();
  return {
    ...numbers(trade),
    out_request_no: outRequestNo,
    refund_reason: found.wire.reason,
    total_amount: formatYuan(trade.amount),
    refund_amount: formatYuan(found.amount),
    refund_status: 'REFUND_SUCCESS',
    gmt_refund_pay: call.biz.words('query_options').includes('gmt_refund_pay') ? formatBeijing(at) : undefined,
  };
}

/** trade_no wins over out_trade_no; one of them is needed. Codes nobody opened are not trades. */
function named({ account, biz }: Call, desk: OrderDesk): AlipayTrade | undefined {
  const tradeNo = biz.text('trade_no', 64);
  const outTradeNo = tradeNo === undefined ? biz.text('out_trade_no', 64) : undefined;
  if (tradeNo === undefined && outTradeNo === undefined) {
    throw tradeRefusal('INVALID_PARAMETER', 'out_trade_no, trade_no');
  }
  const trade =
    outTradeNo === undefined
      ? desk.book.byProviderReference(account.name, tradeNo ?? '')
      : desk.book.find(account.name, outTradeNo);
  return trade?.state === 'not_opened' ? undefined : trade;
}

function existing(call: Call, desk: OrderDesk): AlipayTrade {
  const trade = named(call, desk);
  if (trade === undefined) throw tradeRefusal('TRADE_NOT_EXIST');
  return trade;
}

/** V2's TRADE_NOT_EXIST of a query carries these amounts, for what is not there. */
function nothingToQuery(biz: BizContent): Error {
  const outTradeNo = biz.text('out_trade_no', 64);
  return tradeRefusal('TRADE_NOT_EXIST', undefined, {
    buyer_pay_amount: '0.00',
    invoice_amount: '0.00',
    ...(outTradeNo === undefined ? {} : { out_trade_no: outTradeNo }),
    point_amount: '0.00',
    receipt_amount: '0.00',
  });
}
