import { randomInt } from 'node:crypto';
import { ForeignPayer } from '../frame/payers.js';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';
import type { Prepay, Product, WechatTrade } from './order.js';
import { contentOf, type OrderBody, orderBodyOf } from './order-body.js';
import { expiryOf, newPrepay, UNPAID_FOR_MS } from './order-life.js';
import { orderClosed, orderPaid, parameterError, WechatError } from './wechat-error.js';

/** POST /v3/pay/transactions/{product}: a new order, or an identical repetition of one (protocol §3.1, §3.3). */
export function placeOrder(
  bytes: Buffer,
  product: Product,
  account: WechatAccount,
  context: WechatContext,
): Readonly<Record<string, string>> {
  const body = orderBodyOf(bytes, product, account);
  const known = context.book.find(account.name, body.out_trade_no);
  const trade =
    known === undefined ? openOrder(body, product, account, context) : repeated(known, body, product, context);
  const prepay = newPrepay(product, context.frame.clock.now());
  // The older code of a Native order stops working; other prepays live until their own end.
  trade.wire.prepays = product === 'native' ? [prepay] : [...trade.wire.prepays, prepay];
  return entrance(product, prepay, context);
}

function openOrder(body: OrderBody, product: Product, account: WechatAccount, context: WechatContext): WechatTrade {
  const openid = body.payer?.openid;
  if (openid !== undefined) meetPayer(openid, account, context);
  const now = context.frame.clock.now();
  const trade = context.book.open({
    account: account.name,
    reference: body.out_trade_no,
    amount: body.amount.total,
    product,
    description: body.description,
    notifyUrl: body.notify_url,
    expiresAt: expiryOf(body.time_expire, product, now),
    wire: {
      product,
      appid: body.appid,
      mchid: body.mchid,
      content: contentOf(body),
      attach: body.attach,
      deviceId: body.scene_info?.device_id,
      openid,
      takenBy: undefined,
      prepays: [],
    },
  });
  closeWhenForgotten(trade, context);
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

/** Only an unpaid order with every parameter the same may be placed again. */
function repeated(trade: WechatTrade, body: OrderBody, product: Product, { frame }: WechatContext): WechatTrade {
  if (trade.paidAt !== undefined) throw orderPaid();
  if (trade.state === 'closed') throw orderClosed();
  if (trade.wire.product !== product || trade.wire.content !== contentOf(body)) {
    throw new WechatError(403, 'OUT_TRADE_NO_USED', '请求重入时，参数与首次请求时不一致', { internal: 268498688 });
  }
  if (trade.expiresAt !== undefined && trade.expiresAt <= frame.clock.now()) throw orderClosed();
  return trade;
}

/** After seven unpaid days (or its own later expiry) an order closes by itself. */
function closeWhenForgotten(trade: WechatTrade, { book, frame }: WechatContext): void {
  const forgotten = trade.createdAt.getTime() + UNPAID_FOR_MS;
  const at = new Date(Math.max(forgotten, trade.expiresAt?.getTime() ?? 0));
  frame.clock.schedule(at, () => {
    if (trade.paidAt === undefined) book.close(trade);
  });
}

function entrance(product: Product, prepay: Prepay, { frame }: WechatContext): Readonly<Record<string, string>> {
  switch (product) {
    case 'jsapi':
    case 'app':
      return { prepay_id: prepay.id };
    case 'native':
      return { code_url: prepay.codeUrl ?? '' };
    case 'h5': {
      const query = `prepay_id=${prepay.id}&package=${randomInt(1_000_000_000, 4_000_000_000)}`;
      return { h5_url: `${frame.publicUrl()}/cgi-bin/mmpayweb-bin/checkmweb?${query}` };
    }
  }
}
