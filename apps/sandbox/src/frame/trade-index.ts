import type { Trade, TradeRefund } from './trade.js';

/** One refund with the trade it belongs to. */
interface Refunded<T> {
  readonly trade: T;
  readonly refund: TradeRefund;
}

/** How a book finds a trade without looking at the others: by each number that a request may carry. */
export class TradeIndex<T extends Trade> {
  private readonly byAccount = new Map<string, Map<string, T>>();
  private readonly names = new Map<string, T>();
  private readonly refunds = new Map<string, Map<string, Refunded<T>>>();

  enter(trade: T): void {
    within(this.byAccount, trade.account).set(trade.reference, trade);
  }

  find(account: string, reference: string): T | undefined {
    return this.byAccount.get(account)?.get(reference);
  }

  name(trade: T, name: string): void {
    this.names.set(name, trade);
  }

  unname(name: string): void {
    this.names.delete(name);
  }

  named(name: string): T | undefined {
    return this.names.get(name);
  }

  /** Every name with the trade it leads to. */
  allNames(): Iterable<readonly [name: string, trade: T]> {
    return this.names;
  }

  enterRefund(trade: T, refund: TradeRefund): void {
    const own = within(this.refunds, trade.account);
    if (!own.has(refund.reference)) own.set(refund.reference, { trade, refund });
  }

  refundOf(account: string, reference: string): Refunded<T> | undefined {
    return this.refunds.get(account)?.get(reference);
  }
}

function within<V>(maps: Map<string, Map<string, V>>, account: string): Map<string, V> {
  const known = maps.get(account);
  if (known !== undefined) return known;
  const made = new Map<string, V>();
  maps.set(account, made);
  return made;
}
