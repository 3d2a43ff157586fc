import type { WechatAccount } from './account.js';
import type { Combination } from './combinations.js';
import type { CombineBody, CombinedOrder } from './combine-body.js';
import type { WechatContext } from './context.js';
import { newOrder, type PrepayProduct, type WechatTrade } from './order.js';
import { expiryOf } from './order-life.js';
import { entrance, newEntrance } from './place-order.js';
import { meetPayer } from './record-order.js';
import { orderClosed, orderPaid, outTradeNoUsed } from './wechat-error.js';

/** POST /v3/combine-transactions/{product}: one entrance for all its orders; an identical repetition gets a new one. */
export function combineOrders(
  body: CombineBody,
  product: PrepayProduct,
  account: WechatAccount,
  context: WechatContext,
): Readonly<Record<string, string>> {
  const known = context.combinations.find(account.name, body.combine_out_trade_no);
  if (known !== undefined) refuseOtherThan(known, body, product, context);
  const { trades } = known ?? recordCombination(body, product, account, context);
  return entrance(product, newEntrance(trades, product, context), context);
}

function recordCombination(
  body: CombineBody,
  product: PrepayProduct,
  account: WechatAccount,
  context: WechatContext,
): Combination {
  const taken = body.orders.some(
    ({ payee, out_trade_no: number }) => context.book.find(payee.name, number) !== undefined,
  );
  if (taken) throw outTradeNoUsed('商户订单号重复');
  const openid = product === 'jsapi' ? body.combine_payer_info?.openid : undefined;
  if (openid !== undefined) meetPayer(openid, body.combine_appid, context);
  const combination: Combination = {
    provider: 'wechat_pay',
    account: account.name,
    reference: body.combine_out_trade_no,
    amount: body.orders.reduce((sum, { amount }) => sum + amount.total_amount, 0),
    appid: body.combine_appid,
    mchid: body.combine_mchid,
    product,
    content: body.content,
    settlement: body.settlement,
    deviceId: body.scene_info?.device_id,
    trades: [],
  };
  combination.trades.push(...body.orders.map((order) => recordOrder(order, body, combination, openid, context)));
  context.combinations.add(combination);
  return combination;
}

/** A trade of the payee's own; what a payer does with it happens to the whole batch. */
function recordOrder(
  order: CombinedOrder,
  body: CombineBody,
  batch: Combination,
  openid: string | undefined,
  context: WechatContext,
): WechatTrade {
  const { product, appid, deviceId } = batch;
  const { mchid, sub, attach } = order;
  const payerIp = product === 'h5' ? body.scene_info?.payer_client_ip : undefined;
  const trade = context.book.open({
    account: order.payee.name,
    reference: order.out_trade_no,
    amount: order.amount.total_amount,
    product,
    description: order.description,
    notifyUrl: body.notify_url,
    expiresAt: expiryOf(body.time_expire, product, context.frame.clock.now()),
    batch,
    // No call for a single order says the same as any of these.
    wire: newOrder({ product, appid, mchid, sub, content: '', attach, deviceId, payerIp, openid }),
  });
  context.endings.watch(trade);
  return trade;
}

/** As with single orders (protocol §3.3). @throws WechatError */
function refuseOtherThan(
  known: Combination,
  body: CombineBody,
  product: PrepayProduct,
  { frame }: WechatContext,
): void {
  const [first] = known.trades;
  if (first?.state === 'closed') throw orderClosed();
  if (first?.paidAt !== undefined) throw orderPaid();
  if (known.product === product && known.content === body.content) {
    if (first?.expiresAt !== undefined && first.expiresAt <= frame.clock.now()) throw orderClosed();
    return;
  }
  throw known.settlement === body.settlement ? outTradeNoUsed() : outTradeNoUsed('重复下单且结算信息不一致');
}
