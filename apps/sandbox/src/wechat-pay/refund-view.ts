import { beijingTime } from './beijing-time.js';
import type { WechatTrade, WechatTradeRefund } from './order.js';

const STATUS = { processing: 'PROCESSING', succeeded: 'SUCCESS', failed: 'ABNORMAL' } as const;

/** Where the money goes back to: the wallet's balance. */
const RECEIVED_BY = '支付用户零钱';

type View = Readonly<Record<string, unknown>>;

/** The refund as its two calls answer it (protocol §5). */
export function refundView(trade: WechatTrade, refund: WechatTradeRefund): View {
  return {
    refund_id: refund.providerReference,
    out_refund_no: refund.reference,
    transaction_id: trade.providerReference,
    out_trade_no: trade.reference,
    channel: 'ORIGINAL',
    user_received_account: RECEIVED_BY,
    ...successTime(refund),
    create_time: beijingTime(refund.createdAt),
    status: STATUS[refund.state],
    funds_account: 'AVAILABLE',
    amount: {
      ...sums(trade, refund),
      from: [],
      settlement_refund: refund.amount,
      settlement_total: trade.amount,
      discount_refund: 0,
      currency: trade.currency,
    },
    promotion_detail: [],
  };
}

/** The refund as its notification carries it: `refund_status` there, no channel, no currency (protocol §6). */
export function refundNotice(trade: WechatTrade, refund: WechatTradeRefund): View {
  return {
    ...merchantsOf(trade),
    out_trade_no: trade.reference,
    transaction_id: trade.providerReference,
    out_refund_no: refund.reference,
    refund_id: refund.providerReference,
    refund_status: STATUS[refund.state],
    ...successTime(refund),
    user_received_account: RECEIVED_BY,
    amount: sums(trade, refund),
  };
}

/** Partner mode names both sides (protocol §15). */
const merchantsOf = ({ wire: { mchid, sub } }: WechatTrade): View =>
  sub === undefined ? { mchid } : { sp_mchid: mchid, sub_mchid: sub.mchid };

const sums = (trade: WechatTrade, refund: WechatTradeRefund): View => ({
  total: trade.amount,
  refund: refund.amount,
  payer_total: trade.amount,
  payer_refund: refund.amount,
});

const successTime = ({ settledAt }: WechatTradeRefund): View =>
  settledAt === undefined ? {} : { success_time: beijingTime(settledAt) };
