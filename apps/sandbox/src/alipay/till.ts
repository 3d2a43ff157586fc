import { InsufficientFunds, type Payers } from '../frame/payers.js';
import type { PayResult } from '../frame/wire.js';
import type { AlipayTrade } from './alipay-trade.js';
import type { AlipayBook } from './order-desk.js';
import type { TradeErrorCode } from './trade-errors.js';
import type { TradeNotices } from './trade-notices.js';

/** What a merchant who scanned a code is told of the payer's answer; undefined: the wallet still waits for a password. */
const REFUSALS = {
  declined: 'PAYMENT_FAIL',
  cancelled: 'PAYMENT_FAIL',
  insufficient_funds: 'BUYER_BALANCE_NOT_ENOUGH',
  password_first: undefined,
} as const satisfies Readonly<Record<Exclude<PayResult, 'success'>, TradeErrorCode | undefined>>;

/** Where a payer's money moves, or does not, whichever way the order came. */
export class Till {
  constructor(
    private readonly book: AlipayBook,
    private readonly payers: Payers,
    private readonly notices: TradeNotices,
  ) {}

  /** Takes the money and tells the merchant. @throws InsufficientFunds, then the trade still waits */
  take(trade: AlipayTrade, userId: string): void {
    try {
      this.book.pay(trade, this.payers.wallet('alipay', userId), trade.providerReference ?? '');
    } catch (cause) {
      if (cause instanceof InsufficientFunds) this.refuse(trade, 'insufficient_funds');
      throw cause;
    }
    this.notices.paid(trade);
  }

  /** The payer did not pay: the trade waits on, and the scanned code, if one was, has its answer. */
  refuse({ wire: { scanned } }: AlipayTrade, result: Exclude<PayResult, 'success'>): void {
    if (scanned !== undefined) scanned.refusal = REFUSALS[result];
  }
}
