import { beijingTime } from './beijing-time.js';
import { TRADE_TYPE, type UnpaidWord, type WechatTrade } from './order.js';
import type { Users } from './users.js';

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

type View = Readonly<Record<string, unknown>>;

/** The order as queries and notifications carry it; what is known only after payment is absent before (protocol §4). */
export function orderView(trade: WechatTrade, users: Users): View {
  const state = tradeStateOf(trade);
  return {
    ...ownersOf(trade),
    out_trade_no: trade.reference,
    trade_state: state,
    trade_state_desc: DESCRIPTION[state],
    ...(trade.paidAt === undefined ? { amount: unpaidAmount(trade) } : paidPart(trade, trade.paidAt, users)),
  };
}

/** Partner mode names both sides (protocol §15). */
function ownersOf({ wire: { appid, mchid, sub } }: WechatTrade): View {
  if (sub === undefined) return { appid, mchid };
  const subAppid = sub.appid === undefined ? {} : { sub_appid: sub.appid };
  return { sp_appid: appid, sp_mchid: mchid, ...subAppid, sub_mchid: sub.mchid };
}

/** The same person under the appid of either side. */
function payerOf({ wire: { appid, sub }, payer }: WechatTrade, users: Users): View {
  const openid = payer?.id ?? '';
  if (sub === undefined) return { openid };
  const under = (wanted: string): string => (wanted === sub.payerAppid ? openid : users.elsewhere(openid, wanted));
  return { sp_openid: under(appid), ...(sub.appid === undefined ? {} : { sub_openid: under(sub.appid) }) };
}

/** What NOTPAY orders say here is unconfirmed; sums that nobody has paid are left out. */
const unpaidAmount = (trade: WechatTrade): View => ({
  total: trade.amount,
  currency: trade.currency,
  payer_currency: trade.currency,
});

function paidPart(trade: WechatTrade, paidAt: Date, users: Users): View {
  const { attach, deviceId, product } = trade.wire;
  return {
    transaction_id: trade.providerReference,
    trade_type: TRADE_TYPE[product],
    bank_type: 'OTHERS',
    ...(attach === undefined ? {} : { attach }),
    success_time: beijingTime(paidAt),
    payer: payerOf(trade, users),
    amount: { ...unpaidAmount(trade), payer_total: trade.amount },
    ...(deviceId === undefined ? {} : { scene_info: { device_id: deviceId } }),
  };
}
