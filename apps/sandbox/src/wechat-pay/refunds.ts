import type { KnownRefund } from '../frame/trade-book.js';
import type { WechatAccount } from './account.js';
import { bodyOf, missing } from './body-rules.js';
import type { WechatContext } from './context.js';
import { refundIdAt } from './identifiers.js';
import { notifyRefund } from './notifications.js';
import type { WechatOrder, WechatRefund, WechatTrade, WechatTradeRefund } from './order.js';
import { contentOf, refuseNotifyUrl } from './order-body.js';
import { REFUND_RULES } from './refund-rules.js';
import { refundView } from './refund-view.js';
import { invalidRequest, resourceNotExists, WechatError } from './wechat-error.js';

interface RefundBody {
  readonly transaction_id?: string;
  readonly out_trade_no?: string;
  readonly out_refund_no: string;
  readonly notify_url?: string;
  readonly amount: { readonly refund: number; readonly total: number };
}

type View = Readonly<Record<string, unknown>>;

/** Friendly: settled within a second; production takes minutes (balance) to days (cards). */
const SETTLES_AFTER_MS = 500;

const MOST_PARTS = 50;
const A_YEAR_MS = 365 * 86_400_000;

/** POST /v3/refund/domestic/refunds: accepted as PROCESSING; the same number with the same content is the same refund. */
export function acceptRefund(bytes: Buffer, account: WechatAccount, context: WechatContext): View {
  const body = bodyOf(bytes, REFUND_RULES) as unknown as RefundBody;
  refuseNotifyUrl(body.notify_url);
  const known = findRefund(body.out_refund_no, account, context);
  if (known !== undefined) return repeated(known, body);
  const trade = paidOrder(body, account, context);
  refuseImpossible(trade, body, context);
  const { clock } = context.frame;
  const refund = context.book.acceptRefund(trade, {
    reference: body.out_refund_no,
    providerReference: refundIdAt(clock.now()),
    amount: body.amount.refund,
    wire: { content: contentOf(body), notifyUrl: body.notify_url },
  });
  settleLater({ trade, refund }, context);
  return refundView(trade, refund);
}

/** After a restart: what was under way settles at its moment. */
export function resumeRefunds(context: WechatContext): void {
  for (const trade of context.book.all()) {
    for (const refund of trade.refunds) if (refund.state === 'processing') settleLater({ trade, refund }, context);
  }
}

function settleLater({ trade, refund }: Known, context: WechatContext): void {
  const at = new Date(refund.createdAt.getTime() + SETTLES_AFTER_MS);
  context.frame.clock.schedule(at, () => settle(trade, refund, context));
}

/** GET /v3/refund/domestic/refunds/{out_refund_no}; RESOURCE_NOT_EXISTS means it was never accepted. */
export function queryRefund(outRefundNo: string, account: WechatAccount, context: WechatContext): View {
  const known = findRefund(outRefundNo, account, context);
  if (known === undefined) throw resourceNotExists('退款单不存在');
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
  if (amount.refund > book.refundable(trade)) throw invalidRequest('申请退款金额大于订单剩余可退金额');
  if (trade.refunds.length >= MOST_PARTS) throw invalidRequest('订单退款次数超过上限');
  const age = frame.clock.now().getTime() - (trade.paidAt?.getTime() ?? 0);
  if (age > A_YEAR_MS) throw new WechatError(400, 'TRADE_OVERDUE', '订单已经超过可退款的最大期限');
}

function settle(trade: WechatTrade, refund: WechatTradeRefund, context: WechatContext): void {
  context.book.settleRefund(trade, refund);
  notifyRefund(trade, refund, context);
}
