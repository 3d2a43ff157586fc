import type { Arrived } from '../frame/arrived.js';
import type { KnownRefund } from '../frame/trade-book.js';
import type { WechatAccount } from './account.js';
import { bodyOf, missing } from './body-rules.js';
import type { WechatContext } from './context.js';
import { refundIdAt } from './identifiers.js';
import { tooFrequent } from './failing-refunds.js';
import type { RefundSource, WechatOrder, WechatRefund, WechatTrade } from './order.js';
import { contentOf, refuseNotifyUrl } from './order-body.js';
import { refuseOtherSubMerchant, subMchidIn } from './partnership.js';
import { refundResultOf } from './refund-outcome.js';
import { REFUND_RULES } from './refund-rules.js';
import { settleLater } from './refund-settling.js';
import { refundTakesMs } from './refund-state.js';
import { refundView } from './refund-view.js';
import { invalidRequest, resourceNotExists, WechatError } from './wechat-error.js';

interface RefundBody {
  readonly sub_mchid?: string;
  readonly transaction_id?: string;
  readonly out_trade_no?: string;
  readonly out_refund_no: string;
  readonly notify_url?: string;
  readonly funds_account?: string;
  readonly amount: { readonly refund: number; readonly total: number; readonly from?: readonly RefundSource[] };
}

type View = Readonly<Record<string, unknown>>;

const MOST_PARTS = 50;
const A_YEAR_MS = 365 * 86_400_000;

/** Under `strict`: so long between the parts of one order's refund (protocol §5). */
const BETWEEN_PARTS_MS = 60_000;

/** POST /v3/refund/domestic/refunds: accepted as PROCESSING; the same number with the same content is the same refund. */
export function acceptRefund(arrived: Arrived, account: WechatAccount, context: WechatContext): View {
  try {
    return accepted(arrived, account, context);
  } catch (cause) {
    if (!(cause instanceof WechatError)) throw cause;
    throw context.failingRefunds.judged(cause, account, context.frame.clock.now());
  }
}

function accepted(arrived: Arrived, account: WechatAccount, context: WechatContext): View {
  const body = bodyOf(arrived.body, REFUND_RULES) as unknown as RefundBody;
  refuseNotifyUrl(body.notify_url, account);
  const subMchid = subMchidIn(body.sub_mchid, account, '/body/sub_mchid');
  const known = findRefund(body.out_refund_no, account, context);
  if (known !== undefined) return repeated(known, body);
  const trade = paidOrder(body, account, context);
  refuseOtherSubMerchant(trade, subMchid);
  refuseImpossible(trade, body, context);
  if (account.strict) refuseHaste(trade, context);
  const result = refundResultOf(arrived, body.out_refund_no);
  const refund = context.book.acceptRefund(trade, {
    reference: body.out_refund_no,
    providerReference: refundIdAt(context.frame.clock.now()),
    amount: body.amount.refund,
    wire: {
      content: contentOf(body),
      notifyUrl: body.notify_url,
      fundsAccount: body.funds_account,
      from: body.amount.from,
    },
  });
  settleLater(trade, refund, { result, afterMs: refundTakesMs(result, account.strict) }, context);
  return refundView(trade, refund);
}

/** GET /v3/refund/domestic/refunds/{out_refund_no}; RESOURCE_NOT_EXISTS means it was never accepted. */
export function queryRefund(
  outRefundNo: string,
  account: WechatAccount,
  context: WechatContext,
  sub?: string | null,
): View {
  const subMchid = subMchidIn(sub, account, '/query/sub_mchid');
  const known = findRefund(outRefundNo, account, context);
  if (known === undefined) throw resourceNotExists('退款单不存在');
  refuseOtherSubMerchant(known.trade, subMchid);
  return refundView(known.trade, known.refund);
}

type Known = KnownRefund<WechatOrder, WechatRefund>;

/** Refund numbers are unique per merchant, not per order. */
export function findRefund(outRefundNo: string, account: WechatAccount, { book }: WechatContext): Known | undefined {
  return book.refundOf(account.name, outRefundNo);
}

function repeated({ trade, refund }: Known, body: RefundBody): View {
  if (refund.wire.content === contentOf(body)) return refundView(trade, refund);
  throw invalidRequest('您的请求参数与订单信息不一致');
}

function paidOrder(body: RefundBody, account: WechatAccount, { book }: WechatContext): WechatTrade {
  const { transaction_id: id, out_trade_no: no } = body;
  if (id === undefined && no === undefined) throw missing('/body/out_trade_no', '商户订单号');
  const trade = id === undefined ? book.find(account.name, no ?? '') : book.byProviderReference(account.name, id);
  const agrees = no === undefined || trade?.reference === no;
  if (trade?.paidAt === undefined || !agrees) throw resourceNotExists('订单不存在');
  return trade;
}

function refuseImpossible(trade: WechatTrade, { amount }: RefundBody, { book, frame }: WechatContext): void {
  if (amount.total !== trade.amount) throw invalidRequest('您的请求参数与订单信息不一致');
  refuseOddSources(amount);
  if (amount.refund > book.refundable(trade)) throw invalidRequest('申请退款金额大于订单剩余可退金额');
  if (trade.refunds.length >= MOST_PARTS) throw invalidRequest('订单退款次数超过上限');
  const age = frame.clock.now().getTime() - (trade.paidAt?.getTime() ?? 0);
  if (age > A_YEAR_MS) throw new WechatError(400, 'TRADE_OVERDUE', '订单已经超过可退款的最大期限');
}

/** Each of the merchant's balances once, together the sum of the refund (protocol §5). */
function refuseOddSources({ refund, from = [] }: RefundBody['amount']): void {
  if (from.length === 0) return;
  const sum = from.reduce((total, { amount }) => total + amount, 0);
  if (sum !== refund) throw invalidRequest('退款出资金额之和与退款金额不一致');
  if (new Set(from.map(({ account }) => account)).size < from.length) throw invalidRequest('退款出资账户重复');
}

function refuseHaste(trade: WechatTrade, { frame }: WechatContext): void {
  const last = trade.refunds.at(-1)?.createdAt.getTime() ?? -Infinity;
  if (frame.clock.now().getTime() - last < BETWEEN_PARTS_MS) throw tooFrequent();
}
