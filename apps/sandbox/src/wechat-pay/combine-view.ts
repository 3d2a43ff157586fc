import { beijingTime } from './beijing-time.js';
import type { Combination } from './combinations.js';
import { TRADE_TYPE, type WechatTrade } from './order.js';
import { tradeStateOf } from './order-view.js';

type View = Readonly<Record<string, unknown>>;

/** A combined order as its query and its one notification carry it: amounts have names of their own (protocol §3.7). */
export function combinationView({ appid, mchid, reference, deviceId, trades }: Combination): View {
  const payer = trades[0]?.payer;
  return {
    combine_appid: appid,
    combine_mchid: mchid,
    combine_out_trade_no: reference,
    ...(deviceId === undefined ? {} : { scene_info: { device_id: deviceId } }),
    sub_orders: trades.map(subOrderView),
    ...(payer === undefined ? {} : { combine_payer_info: { openid: payer.id } }),
  };
}

function subOrderView(trade: WechatTrade): View {
  const { mchid, sub, attach, product } = trade.wire;
  return {
    mchid,
    ...(sub === undefined ? {} : { sub_mchid: sub.mchid }),
    ...(sub?.appid === undefined ? {} : { sub_appid: sub.appid }),
    out_trade_no: trade.reference,
    trade_type: TRADE_TYPE[product],
    trade_state: tradeStateOf(trade),
    attach,
    ...(trade.paidAt === undefined ? { amount: amountOf(trade) } : paidPart(trade, trade.paidAt)),
  };
}

const amountOf = ({ amount, currency }: WechatTrade): View => ({
  total_amount: amount,
  currency,
  payer_currency: currency,
});

const paidPart = (trade: WechatTrade, paidAt: Date): View => ({
  transaction_id: trade.providerReference,
  bank_type: 'OTHERS',
  success_time: beijingTime(paidAt),
  amount: { ...amountOf(trade), payer_amount: trade.amount },
});
