import { type AlipayTrade, buyerFields, tradeStatus } from './alipay-trade.js';
import { formatBeijing } from './beijing-time.js';
import { maskedLogon } from './identifiers.js';
import { formatYuan } from './yuan.js';

/** What a method answers under its response key beside `code` and `msg`. */
export type TradeAnswer = Readonly<Record<string, unknown>>;

/** Both numbers, which nearly every answer begins with. */
export function numbers(trade: AlipayTrade): { readonly trade_no: string; readonly out_trade_no: string } {
  return { trade_no: trade.providerReference ?? '', out_trade_no: trade.reference };
}

export function buyerAnswer(trade: AlipayTrade): TradeAnswer {
  const userId = trade.payer?.id ?? trade.wire.buyer?.userId;
  if (userId === undefined) return {};
  return { buyer_logon_id: maskedLogon(userId), ...buyerFields(trade, 'buyer_user_id') };
}

/** alipay.trade.query; `options` are its query_options. Money stands at 0.00 until it is paid. */
export function queryAnswer(trade: AlipayTrade, now: Date, options: readonly string[]): TradeAnswer {
  const paid = trade.paidAt !== undefined;
  const received = formatYuan(paid ? trade.amount : 0);
  return {
    ...numbers(trade),
    ...buyerAnswer(trade),
    trade_status: tradeStatus(trade, now),
    total_amount: formatYuan(trade.amount),
    receipt_amount: received,
    buyer_pay_amount: received,
    invoice_amount: received,
    point_amount: '0.00',
    send_pay_date: trade.paidAt && formatBeijing(trade.paidAt.getTime()),
    fund_bill_list: paid && options.includes('fund_bill_list') ? fundBills(trade) : undefined,
    subject: trade.description,
    body: trade.wire.body,
    store_id: trade.wire.store?.storeId,
    terminal_id: trade.wire.store?.terminalId,
  };
}

/** alipay.trade.pay that moved the money. */
export function paidAnswer(trade: AlipayTrade): TradeAnswer {
  const amount = formatYuan(trade.amount);
  return {
    ...waitingAnswer(trade),
    receipt_amount: amount,
    buyer_pay_amount: amount,
    point_amount: '0.00',
    invoice_amount: amount,
    gmt_payment: trade.paidAt && formatBeijing(trade.paidAt.getTime()),
    fund_bill_list: fundBills(trade),
  };
}

/** alipay.trade.pay while the payer is asked for the password. */
export function waitingAnswer(trade: AlipayTrade): TradeAnswer {
  return { ...numbers(trade), ...buyerAnswer(trade), total_amount: formatYuan(trade.amount) };
}

function fundBills(trade: AlipayTrade): readonly TradeAnswer[] {
  return [{ fund_channel: 'ALIPAYACCOUNT', amount: formatYuan(trade.amount) }];
}
