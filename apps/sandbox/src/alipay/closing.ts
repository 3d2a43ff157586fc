import type { AccountShelf } from '../frame/accounts.js';
import type { AlipayAccount } from './account.js';
import type { AlipayTrade } from './alipay-trade.js';
import type { AlipayBook } from './order-desk.js';
import type { TradeNotices } from './trade-notices.js';

/** Unpaid trades end here: by close, by cancel, by their own expiry. */
export class Closing {
  constructor(
    private readonly book: AlipayBook,
    private readonly accounts: AccountShelf<AlipayAccount>,
    private readonly notices: TradeNotices,
  ) {}

  /** Sources disagree on whether anybody is told (§7.2): only apps with `notify_closed` are. */
  close(trade: AlipayTrade): void {
    this.book.close(trade);
    if (this.accounts.named(trade.account)?.notify_closed) this.notices.closed(trade);
  }
}
