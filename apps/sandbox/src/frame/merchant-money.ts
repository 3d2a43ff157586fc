import { feeOn } from './fee.js';
import type { Trade } from './trade.js';

/** What a trade is to its merchant now, in fen. Refunds count once they have settled. */
export interface MerchantMoney {
  readonly paid: number;
  readonly refunded: number;
  /** What the wallet keeps: the fee on the payment without what refunds brought back. */
  readonly fee: number;
  /** paid - refunded - fee */
  readonly net: number;
}

export function merchantMoney(trade: Trade): MerchantMoney {
  if (trade.paidAt === undefined) return { paid: 0, refunded: 0, fee: 0, net: 0 };
  const settled = trade.refunds.filter((refund) => refund.state === 'succeeded');
  const fee = feeOn(trade.amount) - settled.reduce((sum, refund) => sum + refund.fee, 0);
  const { amount: paid, refunded } = trade;
  return { paid, refunded, fee, net: paid - refunded - fee };
}
