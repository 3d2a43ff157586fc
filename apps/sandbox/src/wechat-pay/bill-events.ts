import type { BillDay } from './bill-day.js';
import type { WechatTrade, WechatTradeRefund } from './order.js';

/** What a bill has a row for; `at` is ms since 1970. */
export interface BillEvent {
  readonly at: number;
  readonly trade: WechatTrade;
  /** Absent: the payment. */
  readonly refund?: WechatTradeRefund;
}

/** Payments of the day, and refunds that were accepted on it, in order of time. */
export function tradeEvents(trades: readonly WechatTrade[], day: BillDay): readonly BillEvent[] {
  return within(day, trades, ({ createdAt }) => createdAt);
}

/** Payments of the day, and refunds whose money left on it, in order of time. */
export function fundEvents(trades: readonly WechatTrade[], day: Pick<BillDay, 'from' | 'until'>): readonly BillEvent[] {
  return within(day, trades, ({ state, settledAt }) => (state === 'succeeded' ? settledAt : undefined));
}

function within(
  { from, until }: Pick<BillDay, 'from' | 'until'>,
  trades: readonly WechatTrade[],
  momentOf: (refund: WechatTradeRefund) => Date | undefined,
): readonly BillEvent[] {
  const events: BillEvent[] = [];
  const keep = (event: BillEvent): void => {
    if (event.at >= from && event.at < until) events.push(event);
  };
  for (const trade of trades) {
    if (trade.paidAt === undefined) continue;
    keep({ at: trade.paidAt.getTime(), trade });
    for (const refund of trade.refunds) {
      const at = momentOf(refund);
      if (at !== undefined) keep({ at: at.getTime(), trade, refund });
    }
  }
  return events.toSorted((a, b) => a.at - b.at);
}
