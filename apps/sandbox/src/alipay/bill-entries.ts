import { feeOn } from '../frame/fee.js';
import type { AlipayRefund, AlipayTrade } from './alipay-trade.js';
import type { BillPeriod } from './bill-period.js';

/** One movement on a merchant's account: a payment, or a refund when `refund` is there. Amounts in fen. */
export interface BillEntry {
  readonly at: Date;
  readonly trade: AlipayTrade;
  readonly refund: AlipayRefund | undefined;
  /** What came in; negative for what went back. */
  readonly amount: number;
  /** What the wallet did with its fee: negative when it took it, positive when it gave it back. */
  readonly fee: number;
}

/** What moved on one account before the end of the period, in the order of time; one pass over the trades. */
export interface BillEntries {
  readonly within: readonly BillEntry[];
  /** Fen on the account when the period began. */
  readonly opening: number;
}

export function billEntries(trades: Iterable<AlipayTrade>, account: string, period: BillPeriod): BillEntries {
  const within: BillEntry[] = [];
  let opening = 0;
  for (const trade of trades) {
    if (trade.account !== account) continue;
    for (const entry of movementsOf(trade)) {
      const at = entry.at.getTime();
      if (at < period.start) opening += entry.amount + entry.fee;
      else if (at < period.end) within.push(entry);
    }
  }
  return { within: within.toSorted((a, b) => a.at.getTime() - b.at.getTime()), opening };
}

function movementsOf(trade: AlipayTrade): readonly BillEntry[] {
  if (trade.paidAt === undefined) return [];
  const { amount, paidAt: at } = trade;
  return [{ at, trade, refund: undefined, amount, fee: -feeOn(amount) || 0 }, ...refundsOf(trade)];
}

function refundsOf(trade: AlipayTrade): readonly BillEntry[] {
  return trade.refunds.flatMap((refund) => {
    const { amount, settledAt: at } = refund;
    return at === undefined ? [] : [{ at, trade, refund, amount: -amount, fee: feeOn(amount) }];
  });
}
