import type { PayerWallet } from './payers.js';
import type { Provider } from './provider.js';
import type { Batch, Trade, TradeRefund, TradeState } from './trade.js';

/** What all trades of one book share. */
export interface BookMark {
  readonly provider: Provider;
  /** Eight hex digits, in every id of this book: ids of an earlier sandbox name nothing in this one. */
  readonly token: string;
}

/** What an entry begins with; moments are milliseconds. */
export interface Entry<Bag> {
  readonly account: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly state: TradeState;
  readonly product: string;
  readonly description: string;
  readonly notifyUrl: string | undefined;
  readonly createdMs: number;
  readonly expiresMs: number | undefined;
  readonly providerReference: string | undefined;
  readonly batch?: Batch | undefined;
  readonly wire: Bag;
}

/** A trade as a snapshot keeps it. */
export interface TradeSnapshot<Bag, RefundBag> extends Entry<Bag> {
  readonly refunded: number;
  readonly payer?: Pick<PayerWallet, 'id' | 'audience'>;
  readonly refunds: readonly TradeRefund<RefundBag>[];
  readonly paidMs?: number;
  readonly closedMs?: number;
}

const NO_REFUNDS: readonly never[] = Object.freeze([]);

/**
 * A trade as the book keeps it, by the hundred thousand: moments are numbers (a `Date` takes five times their memory),
 * the id is put together when somebody asks, and a list of refunds comes with the first one.
 */
export class BookedTrade<Bag, RefundBag> implements Trade<Bag, RefundBag> {
  readonly account: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly product: string;
  readonly description: string;
  readonly wire: Bag;
  refunded = 0;
  state: TradeState;
  notifyUrl: string | undefined;
  payer: PayerWallet | undefined = undefined;
  providerReference: string | undefined;
  refunds: readonly TradeRefund<RefundBag>[] = NO_REFUNDS;
  readonly createdMs: number;
  expiresMs: number | undefined;
  paidMs: number | undefined = undefined;
  closedMs: number | undefined = undefined;

  batch: Batch | undefined;

  /** @param index its place in the book, from 0 */
  constructor(
    private readonly mark: BookMark,
    readonly index: number,
    entry: Entry<Bag>,
  ) {
    this.account = entry.account;
    this.reference = entry.reference;
    this.amount = entry.amount;
    this.currency = entry.currency;
    this.state = entry.state;
    this.product = entry.product;
    this.description = entry.description;
    this.notifyUrl = entry.notifyUrl;
    this.createdMs = entry.createdMs;
    this.expiresMs = entry.expiresMs;
    this.providerReference = entry.providerReference;
    this.batch = entry.batch;
    this.wire = entry.wire;
  }

  /** With what happened to it since its first entry. */
  restore({ refunded, refunds, paidMs, closedMs }: TradeSnapshot<Bag, RefundBag>, payer?: PayerWallet): void {
    this.refunded = refunded;
    this.refunds = refunds.length === 0 ? NO_REFUNDS : refunds;
    this.payer = payer;
    this.paidMs = paidMs;
    this.closedMs = closedMs;
  }

  get id(): string {
    return `trade_${this.mark.token}_${this.index}`;
  }

  get provider(): Provider {
    return this.mark.provider;
  }

  get createdAt(): Date {
    return new Date(this.createdMs);
  }

  get expiresAt(): Date | undefined {
    return moment(this.expiresMs);
  }

  set expiresAt(at: Date | undefined) {
    this.expiresMs = at?.getTime();
  }

  get paidAt(): Date | undefined {
    return moment(this.paidMs);
  }

  get closedAt(): Date | undefined {
    return moment(this.closedMs);
  }
}

/** The book and the place in it that an id names; undefined for what is no id. */
export function placeNamed(id: string): { readonly token: string; readonly index: number } | undefined {
  const [, token, index] = /^trade_([0-9a-f]{8})_(\d{1,9})$/.exec(id) ?? [];
  return token === undefined ? undefined : { token, index: Number(index) };
}

const moment = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : new Date(ms));
