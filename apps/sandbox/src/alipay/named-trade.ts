import type { AlipayTrade } from './alipay-trade.js';
import { tradeRefusal } from './gateway-refusal.js';
import type { Call } from './methods.js';
import type { OrderDesk } from './order-desk.js';

/** The trade a call is about: trade_no wins over out_trade_no, one of them is needed. Codes nobody opened are no trades. */
export function named({ account, biz }: Call, desk: OrderDesk): AlipayTrade | undefined {
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

/** @throws GatewayRefusal ACQ.TRADE_NOT_EXIST */
export function existing(call: Call, desk: OrderDesk): AlipayTrade {
  const trade = named(call, desk);
  if (trade === undefined) throw tradeRefusal('TRADE_NOT_EXIST');
  return trade;
}
