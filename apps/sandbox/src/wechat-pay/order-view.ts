import { beijingTime } from './beijing-time.js';
import { TRADE_TYPE, type UnpaidWord, type WechatTrade } from './order.js';

export type TradeStateWord = UnpaidWord | 'SUCCESS' | 'REFUND' | 'CLOSED' | 'REVOKED';

const DESCRIPTION = {
  NOTPAY: '订单未支付',
  USERPAYING: '需要用户输入支付密码',
  PAYERROR: '支付失败',
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  CLOSED: '订单已关闭',
  REVOKED: '订单已撤销',
} as const satisfies Record<TradeStateWord, string>;

/** REFUND from the first accepted refund on, partial ones too, and for good; REVOKED above all (protocol §4). */
export function tradeStateOf(trade: WechatTrade): TradeStateWord {
  if (trade.wire.reversed) return 'REVOKED';
  if (trade.paidAt !== undefined) return trade.refunds.length > 0 ? 'REFUND' : 'SUCCESS';
  return trade.state === 'closed' ? 'CLOSED' : trade.wire.unpaid;
}

/** The order as queries and notifications carry it; what is known only after payment is absent before (protocol §4). */
export function orderView(trade: WechatTrade): Readonly<Record<string, unknown>> {
  const state = tradeStateOf(trade);
  return {
    appid: trade.wire.appid,
    mchid: trade.wire.mchid,
    out_trade_no: trade.reference,
    trade_state: state,
    trade_state_desc: DESCRIPTION[state],
    ...(trade.paidAt === undefined ? { amount: unpaidAmount(trade) } : paidPart(trade, trade.paidAt)),
  };
}

/** What NOTPAY orders say here is unconfirmed; sums that nobody has paid are left out. */
const unpaidAmount = (trade: WechatTrade): Readonly<Record<string, unknown>> => ({
  total: trade.amount,
  currency: trade.currency,
  payer_currency: trade.currency,
});

function paidPart(trade: WechatTrade, paidAt: Date): Readonly<Record<string, unknown>> {
  const { attach, deviceId, product } = trade.wire;
  return {
    transaction_id: trade.providerReference,
    trade_type: TRADE_TYPE[product],
    bank_type: 'OTHERS',
    ...(attach === undefined ? {} : { attach }),
    success_time: beijingTime(paidAt),
    payer: { openid: trade.payer?.id },
    amount: { ...unpaidAmount(trade), payer_total: trade.amount },
    ...(deviceId === undefined ? {} : { scene_info: { device_id: deviceId } }),
  };
}
