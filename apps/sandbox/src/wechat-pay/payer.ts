import { ControlError } from '../frame/control-error.js';
import { ForeignPayer, type PayerWallet } from '../frame/payers.js';
import type { WechatContext } from './context.js';
import { payerAppidOf, type WechatTrade } from './order.js';

/**
 * The openid of who stands before the cashier: a literal openid, or a name like `payer-1`; without one, the user that the
 * order is bound to. @throws ControlError 409 when the order belongs to somebody else (protocol §3.4, §3.5)
 */
export function openidFor(trade: WechatTrade, payer: string | undefined, { users }: WechatContext): string {
  const { openid, takenBy } = trade.wire;
  const appid = payerAppidOf(trade.wire);
  const owner = openid ?? takenBy;
  if (payer === undefined) return owner ?? users.openid(appid);
  const named = payer === owner ? payer : users.openid(appid, payer);
  if (owner === undefined || named === owner) return named;
  throw new ControlError(
    409,
    openid === undefined
      ? '商家订单信息有误，请重新下单支付 (another WeChat user has opened this order already)'
      : '下单账号与支付账号不一致，请核实后再支付 (the order is bound to another openid)',
  );
}

/** The first user who opens an order keeps it. Only somebody who was named: others leave the choice to the payment. */
export function takeOrder(trade: WechatTrade, openid: string, { combinations }: WechatContext): void {
  for (const { wire } of combinations.together(trade)) wire.takenBy ??= openid;
}

/** The payer's wallet. @throws ControlError 409 when that openid was seen under another appid */
export function walletFor(trade: WechatTrade, payer: string | undefined, context: WechatContext): PayerWallet {
  try {
    return context.frame.payers.wallet('wechat_pay', openidFor(trade, payer, context), payerAppidOf(trade.wire));
  } catch (cause) {
    if (cause instanceof ForeignPayer) throw new ControlError(409, `appid和openid不匹配: ${cause.message}`);
    throw cause;
  }
}
