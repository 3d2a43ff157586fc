import { randomInt } from 'node:crypto';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';
import type { Prepay, PrepayProduct, WechatTrade } from './order.js';
import type { OrderBody } from './order-body.js';
import { isReplaced, newPrepay } from './order-life.js';
import { recordOrder, refuseOtherThan } from './record-order.js';
import { orderClosed } from './wechat-error.js';

/** POST /v3/pay/[partner/]transactions/{product}: a new order, or an identical repetition of one (protocol §3.1, §3.3). */
export function placeOrder(
  body: OrderBody,
  product: PrepayProduct,
  account: WechatAccount,
  context: WechatContext,
): Readonly<Record<string, string>> {
  const known = context.book.find(account.name, body.out_trade_no);
  const trade =
    known === undefined
      ? recordOrder(body, product, account, body.payer?.openid, context)
      : repeated(known, body, product, context);
  const prepay = newEntrance([trade], product, context);
  return entrance(product, prepay, context);
}

function repeated(trade: WechatTrade, body: OrderBody, product: PrepayProduct, { frame }: WechatContext): WechatTrade {
  refuseOtherThan(trade, body, product);
  if (trade.expiresAt !== undefined && trade.expiresAt <= frame.clock.now()) throw orderClosed();
  return trade;
}

/** One more way into the cashier for orders that are paid together; it is found by the first of them. */
export function newEntrance(
  trades: readonly WechatTrade[],
  product: PrepayProduct,
  { book, frame }: WechatContext,
): Prepay {
  const now = frame.clock.now();
  const prepay = newPrepay(product, now);
  const [first] = trades;
  for (const old of first?.wire.prepays ?? []) if (isReplaced(old, product, now)) book.unname(old.id);
  for (const { wire } of trades)
    wire.prepays = [...wire.prepays.filter((old) => !isReplaced(old, product, now)), prepay];
  if (first !== undefined) book.name(first, prepay.id);
  return prepay;
}

/** How the payer gets into the cashier. */
export function entrance(
  product: PrepayProduct,
  prepay: Prepay,
  { frame }: WechatContext,
): Readonly<Record<string, string>> {
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
