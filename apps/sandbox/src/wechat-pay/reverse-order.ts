import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { bodyOf } from './body-rules.js';
import type { WechatContext } from './context.js';
import { refundIdAt } from './identifiers.js';
import type { WechatTrade } from './order.js';
import { refuseForeignAppid, refuseForeignMchid } from './order-body.js';
import { REVERSE_RULES } from './order-rules.js';
import { refuseOtherSubMerchant } from './partnership.js';
import { invalidRequest, orderNotExist } from './wechat-error.js';

/**
 * POST …/out-trade-no/{out_trade_no}/reverse, for code pay only: an unpaid order is closed, the money of a paid one goes
 * back, both are REVOKED from then on (protocol §3.6). Again and again is the same.
 */
export function reverseOrder(
  arrived: Arrived,
  account: WechatAccount,
  context: WechatContext,
): Readonly<Record<string, string>> {
  const body = bodyOf(arrived.body, REVERSE_RULES);
  refuseForeignMchid(body['mchid'], account);
  refuseForeignAppid(body['appid'], account);
  const { reference } = reverseFor(arrived, account, context);
  return { appid: account.appid, mchid: account.mchid, out_trade_no: reference };
}

/** `subMchid`: whose it must be, in partner mode. @returns the order, now reversed. @throws WechatError */
export function reverseFor(
  arrived: Arrived,
  account: WechatAccount,
  context: WechatContext,
  subMchid?: string | undefined,
): WechatTrade {
  const trade = context.book.find(account.name, arrived.params['out_trade_no'] ?? '');
  if (trade === undefined) throw orderNotExist();
  refuseOtherSubMerchant(trade, subMchid);
  if (trade.wire.product !== 'codepay') throw invalidRequest('当前交易不支持撤销');
  if (!trade.wire.reversed) takeBack(trade, context);
  return trade;
}

function takeBack(trade: WechatTrade, context: WechatContext): void {
  if (trade.paidAt === undefined) context.book.close(trade);
  else giveBack(trade, context);
  trade.wire.reversed = true;
}

/** All of it at once. A refund that the merchant asked for stands in the way: nothing says what would be left to give. */
function giveBack(trade: WechatTrade, { book, frame }: WechatContext): void {
  if (trade.refunds.length > 0) throw invalidRequest('订单已发生退款，不允许撤销');
  const refund = book.acceptRefund(trade, {
    // No merchant's refund number may look like this.
    reference: `撤销 ${trade.reference}`,
    providerReference: refundIdAt(frame.clock.now()),
    amount: trade.amount,
    wire: { content: '', notifyUrl: undefined },
  });
  book.settleRefund(trade, refund);
}
