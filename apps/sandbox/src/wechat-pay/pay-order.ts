import { InsufficientFunds, type PayerWallet } from '../frame/payers.js';
import type { PayCommand } from '../frame/wire.js';
import type { WechatContext } from './context.js';
import { confirmCodeOrder } from './code-pay.js';
import { transactionIdAt } from './identifiers.js';
import { notifyPayment } from './notifications.js';
import { refuseUnopenable } from './open-rules.js';
import type { WechatTrade } from './order.js';
import { takeOrder, walletFor } from './payer.js';

/**
 * The payer decides. `force` skips what closes or ends an order, because the payer had confirmed before; on a paid order
 * it only notifies again. @throws ControlError, InsufficientFunds
 */
export function payOrder(trade: WechatTrade, command: PayCommand, context: WechatContext): void {
  if (trade.paidAt !== undefined) return notifyPayment(trade, context);
  if (trade.wire.product === 'codepay') return confirmCodeOrder(trade, command, context);
  if (!command.force) refuseUnopenable(trade, trade.wire.prepays.at(-1), context);
  const wallet = walletFor(trade, command.payer, context);
  if (command.payer !== undefined) takeOrder(trade, wallet.id, context);
  if (command.result !== 'success') return;
  takeMoney(trade, wallet, context);
  notifyPayment(trade, context);
}

/** All or nothing: orders that belong together are paid by one wallet or not at all. @throws InsufficientFunds */
function takeMoney(trade: WechatTrade, wallet: PayerWallet, { book, combinations, frame }: WechatContext): void {
  const orders = combinations.together(trade);
  const sum = orders.reduce((total, { amount }) => total + amount, 0);
  if (wallet.balance < sum) throw new InsufficientFunds(`${wallet.id} has ${wallet.balance} fen.`);
  for (const order of orders) book.pay(order, wallet, transactionIdAt(frame.clock.now()));
}
