import { ForeignPayer } from '../frame/payers.js';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';
import { newOrder, payerAppidOf, type Product, type WechatTrade } from './order.js';
import type { OrderBody } from './order-body.js';
import { expiryOf } from './order-life.js';
import { orderClosed, orderPaid, outTradeNoUsed, parameterError } from './wechat-error.js';

/** A new order in the book, bound to `openid` when the product binds it. @throws WechatError for an openid of another appid */
export function recordOrder(
  body: OrderBody,
  product: Product,
  account: WechatAccount,
  openid: string | undefined,
  context: WechatContext,
): WechatTrade {
  const { sub, content, attach } = body;
  // Equal to the body's, and not one more copy of them.
  const { appid, mchid } = account;
  const { device_id: deviceId, payer_client_ip: ip } = body.scene_info ?? {};
  const payerIp = product === 'h5' ? ip : undefined;
  const wire = newOrder({ product, appid, mchid, sub, content, attach, deviceId, payerIp, openid });
  if (openid !== undefined) meetPayer(openid, payerAppidOf(wire), context);
  const now = context.frame.clock.now();
  const trade = context.book.open({
    account: account.name,
    reference: body.out_trade_no,
    amount: body.amount.total,
    product,
    description: body.description,
    notifyUrl: body.notify_url,
    expiresAt: product === 'codepay' ? undefined : expiryOf(body.time_expire, product, now),
    wire,
  });
  context.endings.watch(trade);
  return trade;
}

/** An openid belongs to one appid (protocol §3.2). @throws WechatError */
export function meetPayer(openid: string, appid: string, { frame }: WechatContext): void {
  try {
    frame.payers.wallet('wechat_pay', openid, appid);
  } catch (cause) {
    if (cause instanceof ForeignPayer) throw parameterError('appid和openid不匹配', openid);
    throw cause;
  }
}

/** Only an unpaid order with every parameter the same may be placed again (protocol §3.3). @throws WechatError */
export function refuseOtherThan(trade: WechatTrade, body: OrderBody, product: Product): void {
  if (trade.state === 'closed' || trade.wire.reversed) throw orderClosed();
  if (trade.paidAt !== undefined) throw orderPaid();
  if (trade.wire.product === product && trade.wire.content === body.content) return;
  throw outTradeNoUsed();
}
