import { randomBytes } from 'node:crypto';
import type { TradeRefund } from '../frame/trade.js';
import type { Fields } from './fields.js';
import type { WalletBook, WalletTrade } from './views.js';
import { WalletError } from './wallet-error.js';

/** A balance wallet refunds at once, once per refund_reference. @throws WalletError */
export function refundOrder(
  book: WalletBook,
  trade: WalletTrade,
  fields: Fields,
): { readonly refund: TradeRefund; readonly moved: boolean } {
  fields.only('refund_reference', 'amount', 'reason');
  const reference = fields.reference('refund_reference');
  const amount = fields.fen('amount');
  fields.optional('reason', fields.words);
  const known = trade.refunds.find((refund) => refund.reference === reference);
  if (known !== undefined) return { refund: sameAmount(known, amount), moved: false };
  checkRefundable(book, trade, amount);
  const providerReference = `wr_${randomBytes(12).toString('hex')}`;
  const refund = book.acceptRefund(trade, { reference, providerReference, amount, wire: undefined });
  book.settleRefund(trade, refund);
  return { refund, moved: true };
}

/** @throws WalletError refund_not_found */
export function findRefund(trade: WalletTrade, reference: string): TradeRefund {
  const refund = trade.refunds.find((one) => one.reference === reference);
  if (refund === undefined) throw new WalletError('refund_not_found', `No refund ${reference} of ${trade.reference}.`);
  return refund;
}

function checkRefundable(book: WalletBook, trade: WalletTrade, amount: number): void {
  if (trade.state === 'closed')
    throw new WalletError('order_closed', `${trade.reference} is closed: nothing was paid.`);
  const left = trade.paidAt === undefined ? 0 : book.refundable(trade);
  if (amount > left)
    throw new WalletError('refund_exceeds_payment', `${trade.reference} has ${left} fen left to refund.`);
}

function sameAmount(refund: TradeRefund, amount: number): TradeRefund {
  if (refund.amount === amount) return refund;
  throw new WalletError('refund_mismatch', `${refund.reference} is a refund of ${refund.amount} fen already.`);
}
