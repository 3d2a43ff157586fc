import { randomInt } from 'node:crypto';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';
import type { Prepay, PrepayProduct, WechatTrade } from './order.js';
import { type OrderBody, orderBodyOf } from './order-body.js';
import { newPrepay } from './order-life.js';
import { recordOrder, refuseOtherThan } from './record-order.js';
import { orderClosed } from './wechat-error.js';

/** POST /v3/pay/transactions/{product}: a new order, or an identical repetition of one (protocol §3.1, §3.3). */
export function placeOrder(
  bytes: Buffer,
  product: PrepayProduct,
  account: WechatAccount,
  context: WechatContext,
): Readonly<Record<string, string>> {
  const body = orderBodyOf(bytes, product, account);
  const known = context.book.find(account.name, body.out_trade_no);
  const trade =
    known === undefined
      ? recordOrder(body, product, account, body.payer?.openid, context)
      : repeated(known, body, product, context);
  const prepay = newPrepay(product, context.frame.clock.now());
  // The older code of a Native order stops working; other prepays live until their own end.
  if (product === 'native') for (const { id } of trade.wire.prepays) context.book.unname(id);
  trade.wire.prepays = product === 'native' ? [prepay] : [...trade.wire.prepays, prepay];
  context.book.name(trade, prepay.id);
  return entrance(product, prepay, context);
}

function repeated(trade: WechatTrade, body: OrderBody, product: PrepayProduct, { frame }: WechatContext): WechatTrade {
  refuseOtherThan(trade, body, product);
  if (trade.expiresAt !== undefined && trade.expiresAt <= frame.clock.now()) throw orderClosed();
  return trade;
}

function entrance(product: PrepayProduct, prepay: Prepay, { frame }: WechatContext): Readonly<Record<string, string>> {
  switch (product) {
    case 'jsapi':
    case 'app':
      return { prepay_id: prepay.id };
    case 'native':
      return { code_url: prepay.id };
    case 'h5': {
      const query = `prepay_id=${prepay.id}&package=${randomInt(1_000_000_000, 4_000_000_000)}`;
      return { h5_url: `${frame.publicUrl()}/cgi-bin/mmpayweb-bin/checkmweb?${query}` };
    }
  }
}
