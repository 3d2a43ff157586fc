import { randomBytes } from 'node:crypto';
import { BookedTrade, type TradeSnapshot } from './booked-trade.js';
import { feeOn } from './fee.js';
import type { PayerWallet, Payers } from './payers.js';
import type { Provider } from './provider.js';
import { RepeatedTexts } from './repeated-texts.js';
import type { SandboxClock } from './sandbox-clock.js';
import type { Batch, Trade, TradeRefund, TradeState } from './trade.js';
import { TradeIndex } from './trade-index.js';

/** What a wire says about a new order; the book adds id, time and empty sums. */
export interface TradeDraft<Bag> {
  readonly account: string;
  readonly reference: string;
  /** Fen, at least 1. */
  readonly amount: number;
  readonly product: string;
  readonly description: string;
  readonly wire: Bag;
  readonly state?: Extract<TradeState, 'not_opened' | 'awaiting_payer'>;
  readonly currency?: string;
  readonly notifyUrl?: string | undefined;
  readonly expiresAt?: Date | undefined;
  readonly providerReference?: string | undefined;
  readonly batch?: Batch | undefined;
}

/**
 * One wire's trades, in memory. It keeps the invariants of money (debit with the payment, credit with the refund, refunds
 * never above the amount); which moves are allowed when, and their error codes, are the wire's business.
 */
export class TradeBook<Bag = unknown, RefundBag = unknown> {
  /** In the ids of its trades. */
  token = randomBytes(4).toString('hex');
  private readonly trades: BookedTrade<Bag, RefundBag>[] = [];
  private readonly index = new TradeIndex<BookedTrade<Bag, RefundBag>>();
  private readonly texts = new RepeatedTexts();

  constructor(
    readonly provider: Provider,
    private readonly payers: Payers,
    private readonly clock: SandboxClock,
  ) {}

  /** @throws Error when the account has this reference already: look with `find` first */
  open(draft: TradeDraft<Bag>): Trade<Bag, RefundBag> {
    const { account, reference, providerReference } = draft;
    if (this.find(account, reference) !== undefined)
      throw new Error(`${this.provider} ${account} ${reference} is taken.`);
    const trade = new BookedTrade<Bag, RefundBag>(this, this.trades.length, {
      account,
      reference,
      amount: draft.amount,
      currency: draft.currency ?? 'CNY',
      state: draft.state ?? 'awaiting_payer',
      product: draft.product,
      description: this.texts.one(draft.description),
      notifyUrl: draft.notifyUrl && this.texts.one(draft.notifyUrl),
      createdMs: this.clock.now().getTime(),
      expiresMs: draft.expiresAt?.getTime(),
      providerReference,
      batch: draft.batch,
      wire: draft.wire,
    });
    this.trades.push(trade);
    this.index.enter(trade);
    if (providerReference !== undefined) this.index.name(trade, providerReference);
    return trade;
  }

  find(account: string, reference: string): Trade<Bag, RefundBag> | undefined {
    return this.index.find(account, reference);
  }

  at(index: number): Trade<Bag, RefundBag> | undefined {
    return this.trades[index];
  }

  /** The trade that the wallet knows by this number of its own (transaction_id, trade_no). */
  byProviderReference(account: string | undefined, providerReference: string): Trade<Bag, RefundBag> | undefined {
    const trade = this.index.named(providerReference);
    const fits = trade?.providerReference === providerReference && (account ?? trade.account) === trade.account;
    return fits ? trade : undefined;
  }

  /** Another name, unique in the book, that leads to the trade from now on: a prepay id, a code's content. */
  name(trade: Trade<Bag, RefundBag>, name: string): void {
    this.index.name(own(trade), name);
  }

  /** The name leads nowhere any more. */
  unname(name: string): void {
    this.index.unname(name);
  }

  named(name: string): Trade<Bag, RefundBag> | undefined {
    return this.index.named(name);
  }

  /** The account's refund of this number, whichever trade it is of; the first, where a wire counts them by trade. */
  refundOf(account: string, reference: string): KnownRefund<Bag, RefundBag> | undefined {
    return this.index.refundOf(account, reference) as KnownRefund<Bag, RefundBag> | undefined;
  }

  all(): readonly Trade<Bag, RefundBag>[] {
    return this.trades;
  }

  /** From now on it is paid together with the others of that batch. */
  join(trade: Trade<Bag, RefundBag>, batch: Batch): void {
    own(trade).batch = batch;
  }

  /** A payer has it before them now. */
  awaitPayer(trade: Trade<Bag, RefundBag>): void {
    if (trade.state === 'not_opened') own(trade).state = 'awaiting_payer';
  }

  /** The wallet's own number for it, where it is known before the payment. */
  number(trade: Trade<Bag, RefundBag>, providerReference: string): void {
    own(trade).providerReference = providerReference;
    this.index.name(own(trade), providerReference);
  }

  /** Takes the money; a closed trade may be paid too (a forced payment). @throws InsufficientFunds, then nothing changed */
  pay(trade: Trade<Bag, RefundBag>, payer: PayerWallet, providerReference: string): void {
    if (trade.paidAt !== undefined) throw new Error(`${trade.id} is paid already.`);
    this.payers.debit(payer, trade.amount);
    const booked = own(trade);
    booked.state = 'paid';
    booked.payer = payer;
    booked.paidMs = this.clock.now().getTime();
    booked.closedMs = undefined;
    this.number(trade, providerReference);
  }

  close(trade: Trade<Bag, RefundBag>): void {
    if (trade.paidAt !== undefined) throw new Error(`${trade.id} is paid: it can't be closed.`);
    if (trade.state === 'closed') return;
    own(trade).state = 'closed';
    own(trade).closedMs = this.clock.now().getTime();
  }

  /** Fen that no accepted refund has claimed, whether it has settled or not. */
  refundable(trade: Trade<Bag, RefundBag>): number {
    const claimed = trade.refunds.filter((refund) => refund.state !== 'failed');
    return trade.amount - claimed.reduce((sum, refund) => sum + refund.amount, 0);
  }

  /** Accepts a refund; no money moves before `settleRefund`. */
  acceptRefund(
    trade: Trade<Bag, RefundBag>,
    refund: Pick<TradeRefund<RefundBag>, 'reference' | 'providerReference' | 'amount' | 'wire'>,
  ): TradeRefund<RefundBag> {
    if (trade.paidAt === undefined) throw new Error(`${trade.id} is not paid.`);
    if (refund.amount > this.refundable(trade)) throw new Error(`${trade.id} has ${this.refundable(trade)} fen left.`);
    const fee = this.feeBack(trade, refund.amount);
    const accepted: TradeRefund<RefundBag> = { ...refund, fee, state: 'processing', createdAt: this.clock.now() };
    own(trade).refunds = [...trade.refunds, accepted];
    this.index.enterRefund(own(trade), accepted);
    return accepted;
  }

  /** It will never settle: what it claimed may be refunded again. */
  failRefund(refund: TradeRefund<RefundBag>): void {
    if (refund.state !== 'processing') return;
    refund.state = 'failed';
    refund.settledAt = this.clock.now();
  }

  /** The money is back with the payer. */
  settleRefund(trade: Trade<Bag, RefundBag>, refund: TradeRefund<RefundBag>): void {
    if (refund.state !== 'processing' || trade.payer === undefined) return;
    refund.state = 'succeeded';
    refund.settledAt = this.clock.now();
    this.payers.credit(trade.payer, refund.amount);
    const booked = own(trade);
    booked.refunded += refund.amount;
    if (booked.refunded === booked.amount) booked.state = 'refunded';
  }

  /**
   * The merchant keeps paying the fee on what is left, so that the parts of a full refund bring back all of it, however
   * they round and whichever of them failed.
   */
  private feeBack(trade: Trade<Bag, RefundBag>, amount: number): number {
    const claimed = trade.refunds.filter((refund) => refund.state !== 'failed');
    const kept = feeOn(trade.amount) - claimed.reduce((sum, refund) => sum + refund.fee, 0);
    return Math.max(0, kept - feeOn(this.refundable(trade) - amount));
  }
  state(): BookState<Bag, RefundBag> {
    const names = [...this.index.allNames()].map(([name, { index }]) => [name, index] as const);
    return { token: this.token, trades: this.trades.map(snapshotOf), names };
  }

  /** Into an empty book. Batches and ends are the wire's to say again. */
  restore({ token, trades, names }: BookState<Bag, RefundBag>): void {
    this.token = token;
    for (const snapshot of trades) this.restoreTrade(snapshot);
    for (const [name, index] of names) this.index.name(this.trades[index] as BookedTrade<Bag, RefundBag>, name);
  }

  private restoreTrade(snapshot: TradeSnapshot<Bag, RefundBag>): void {
    const { payer } = snapshot;
    const description = this.texts.one(snapshot.description);
    const notifyUrl = snapshot.notifyUrl && this.texts.one(snapshot.notifyUrl);
    const entry = { ...snapshot, description, notifyUrl };
    const trade = new BookedTrade<Bag, RefundBag>(this, this.trades.length, entry);
    trade.restore(snapshot, payer && this.payers.wallet(this.provider, payer.id, payer.audience));
    this.trades.push(trade);
    this.index.enter(trade);
    for (const refund of trade.refunds) this.index.enterRefund(trade, refund);
  }
}

/** A book as a snapshot keeps it. */
export interface BookState<Bag = unknown, RefundBag = unknown> {
  readonly token: string;
  readonly trades: readonly TradeSnapshot<Bag, RefundBag>[];
  /** To places in `trades`. */
  readonly names: readonly (readonly [name: string, index: number])[];
}

function snapshotOf<Bag, RefundBag>(trade: BookedTrade<Bag, RefundBag>): TradeSnapshot<Bag, RefundBag> {
  const { account, reference, amount, currency, state, product, description, notifyUrl, createdMs, expiresMs } = trade;
  const { providerReference, wire, refunded, refunds, paidMs, closedMs, payer } = trade;
  const entry = { account, reference, amount, currency, state, product, description, notifyUrl, createdMs, expiresMs };
  const since = { refunded, refunds, ...withoutBlanks({ paidMs, closedMs }) };
  return { ...entry, providerReference, wire, ...since, ...(payer && { payer: payerNamed(payer) }) };
}

const payerNamed = ({ id, audience }: PayerWallet): Pick<PayerWallet, 'id' | 'audience'> =>
  audience === undefined ? { id } : { id, audience };

const withoutBlanks = (moments: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(moments).filter((moment): moment is [string, number] => moment[1] !== undefined));

/** One refund with the trade it belongs to. */
export interface KnownRefund<Bag = unknown, RefundBag = unknown> {
  readonly trade: Trade<Bag, RefundBag>;
  readonly refund: TradeRefund<RefundBag>;
}

/** A book's trades are all made by `open`. */
const own = <Bag, RefundBag>(trade: Trade<Bag, RefundBag>) => trade as BookedTrade<Bag, RefundBag>;
