import { ControlError } from '../frame/control-error.js';
import { InsufficientFunds } from '../frame/payers.js';
import type { PayCommand, PayResult } from '../frame/wire.js';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';
import { transactionIdAt } from './identifiers.js';
import type { UnpaidWord, WechatTrade } from './order.js';
import type { OrderBody } from './order-body.js';
import { orderView } from './order-view.js';
import { walletFor } from './payer.js';
import { recordOrder, refuseOtherThan } from './record-order.js';
import { WechatError } from './wechat-error.js';

/** ¥1,000: above it the wallet asks for the password. */
const WITHOUT_PASSWORD_FEN = 100_000;

/**
 * POST /v3/pay/[partner/]transactions/codepay: takes the money of whoever showed `auth_code` and answers the order. Where the payer
 * must type a password first, it is answered as USERPAYING (protocol §3.6); a repetition answers how it stands.
 */
export function payByCode(
  body: OrderBody,
  account: WechatAccount,
  context: WechatContext,
): Readonly<Record<string, unknown>> {
  const known = context.book.find(account.name, body.out_trade_no);
  if (known !== undefined) {
    refuseOtherThan(known, body, 'codepay');
    return orderView(known, context.users);
  }
  const { payer, passwordFirst } = context.payerCodes.take(body.payer?.auth_code ?? '');
  const trade = recordOrder(body, 'codepay', account, context.users.openid(account.appid, payer), context);
  if (passwordFirst || trade.amount > WITHOUT_PASSWORD_FEN) trade.wire.unpaid = 'USERPAYING';
  else chargeOrRefuse(trade, context);
  return orderView(trade, context.users);
}

/** What an order is when the payer's typing of the password ended otherwise than well (protocol §4). */
const UNPAID_AFTER = {
  declined: 'PAYERROR',
  insufficient_funds: 'PAYERROR',
  cancelled: 'NOTPAY',
  password_first: 'USERPAYING',
} as const satisfies Record<Exclude<PayResult, 'success'>, UnpaidWord>;

/**
 * The payer types the password, or does not. Nobody is notified of code pay: the merchant asks.
 * @throws ControlError 409 when no password is awaited, InsufficientFunds
 */
export function confirmCodeOrder(trade: WechatTrade, command: PayCommand, context: WechatContext): void {
  if (trade.wire.reversed) throw new ControlError(409, '订单已撤销 (it is reversed: no force brings it back)');
  if (!command.force && trade.wire.unpaid !== 'USERPAYING')
    throw new ControlError(409, '支付已结束 (the wallet asks for no password any more)');
  walletFor(trade, command.payer, context);
  if (command.result === 'success') charge(trade, context);
  else trade.wire.unpaid = UNPAID_AFTER[command.result];
}

function chargeOrRefuse(trade: WechatTrade, context: WechatContext): void {
  try {
    charge(trade, context);
  } catch (cause) {
    if (cause instanceof InsufficientFunds) throw new WechatError(403, 'NOT_ENOUGH', '用户账号余额不足');
    throw cause;
  }
}

/** @throws InsufficientFunds; then the order is a failed payment */
function charge(trade: WechatTrade, context: WechatContext): void {
  trade.wire.unpaid = 'PAYERROR';
  context.book.pay(trade, walletFor(trade, undefined, context), transactionIdAt(context.frame.clock.now()));
}
