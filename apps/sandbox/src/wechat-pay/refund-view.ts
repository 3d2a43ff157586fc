import { beijingTime } from './beijing-time.js';
import type { WechatTrade, WechatTradeRefund } from './order.js';
import { refundStatus } from './refund-state.js';

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
    channel: refund.wire.sentTo === undefined ? 'ORIGINAL' : 'OTHER_BANKCARD',
    user_received_account: receiverOf(refund),
    ...successTime(refund),
    create_time: beijingTime(refund.createdAt),
    status: refundStatus(refund),
    funds_account: refund.wire.fundsAccount ?? 'AVAILABLE',
    amount: {
      ...sums(trade, refund),
      from: refund.wire.from ?? [],
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
    refund_status: refundStatus(refund),
    ...successTime(refund),
    user_received_account: receiverOf(refund),
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

const receiverOf = ({ wire }: WechatTradeRefund): string => wire.sentTo ?? RECEIVED_BY;

const successTime = ({ state, settledAt }: WechatTradeRefund): View =>
  state !== 'succeeded' || settledAt === undefined ? {} : { success_time: beijingTime(settledAt) };
