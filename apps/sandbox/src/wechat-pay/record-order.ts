import { ForeignPayer } from '../frame/payers.js';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';
import type { Product, WechatTrade } from './order.js';
import { contentOf, type OrderBody } from './order-body.js';
import { expiryOf, UNPAID_FOR_MS } from './order-life.js';
import { orderClosed, orderPaid, parameterError, WechatError } from './wechat-error.js';

/** A new order in the book, bound to `openid` when the product binds it. @throws WechatError for an openid of another appid */
export function recordOrder(
  body: OrderBody,
  product: Product,
  account: WechatAccount,
  openid: string | undefined,
  context: WechatContext,
): WechatTrade {
  if (openid !== undefined) meetPayer(openid, account, context);
  const now = context.frame.clock.now();
  const trade = context.book.open({
    account: account.name,
    reference: body.out_trade_no,
    amount: body.amount.total,
    product,
    description: body.description,
    notifyUrl: body.notify_url,
    expiresAt: product === 'codepay' ? undefined : expiryOf(body.time_expire, product, now),
    wire: {
      product,
      // The account's own texts: the body's are equal, and one more copy for each order.
      appid: account.appid,
      mchid: account.mchid,
      content: contentOf(body),
      attach: body.attach,
      deviceId: body.scene_info?.device_id,
      openid,
      takenBy: undefined,
      prepays: [],
      unpaid: 'NOTPAY',
      reversed: false,
    },
  });
  // After seven unpaid days (or its own later expiry) an order closes by itself.
  const forgotten = now.getTime() + UNPAID_FOR_MS;
  context.book.closeAt(trade, new Date(Math.max(forgotten, trade.expiresAt?.getTime() ?? 0)));
  return trade;
}

/** An openid belongs to one appid (protocol §3.2). */
function meetPayer(openid: string, account: WechatAccount, { frame }: WechatContext): void {
  try {
    frame.payers.wallet('wechat_pay', openid, account.appid);
  } catch (cause) {
    if (cause instanceof ForeignPayer) throw parameterError('appid和openid不匹配', openid);
    throw cause;
  }
}

/** Only an unpaid order with every parameter the same may be placed again (protocol §3.3). @throws WechatError */
export function refuseOtherThan(trade: WechatTrade, body: OrderBody, product: Product): void {
  if (trade.state === 'closed' || trade.wire.reversed) throw orderClosed();
  if (trade.paidAt !== undefined) throw orderPaid();
  if (trade.wire.product === product && trade.wire.content === contentOf(body)) return;
  throw new WechatError(403, 'OUT_TRADE_NO_USED', '请求重入时，参数与首次请求时不一致', { internal: 268498688 });
}
