import { randomBytes } from 'node:crypto';
import { feeOn } from './fee.js';
import type { PayerWallet, Payers } from './payers.js';
import type { Provider } from './provider.js';
import type { SandboxClock } from './sandbox-clock.js';
import type { Batch, Trade, TradeRefund, TradeState } from './trade.js';

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
  private readonly trades = new Map<string, Trade<Bag, RefundBag>>();

  constructor(
    readonly provider: Provider,
    private readonly payers: Payers,
    private readonly clock: SandboxClock,
  ) {}

  /** @throws Error when the account has this reference already: look with `find` first */
  open(draft: TradeDraft<Bag>): Trade<Bag, RefundBag> {
    const key = keyOf(draft.account, draft.reference);
    if (this.trades.has(key)) throw new Error(`${this.provider} ${key} is taken.`);
    const trade: Trade<Bag, RefundBag> = {
      id: `trade_${randomBytes(8).toString('hex')}`,
      provider: this.provider,
      account: draft.account,
      reference: draft.reference,
      amount: draft.amount,
      refunded: 0,
      currency: draft.currency ?? 'CNY',
      state: draft.state ?? 'awaiting_payer',
      product: draft.product,
      description: draft.description,
      notifyUrl: draft.notifyUrl,
      createdAt: this.clock.now(),
      expiresAt: draft.expiresAt,
      paidAt: undefined,
      closedAt: undefined,
      payer: undefined,
      providerReference: draft.providerReference,
      refunds: [],
      batch: draft.batch,
      wire: draft.wire,
    };
    this.trades.set(key, trade);
    return trade;
  }

  find(account: string, reference: string): Trade<Bag, RefundBag> | undefined {
    return this.trades.get(keyOf(account, reference));
  }

  /** The first trade that fits: by transaction id, prepay id, QR content… */
  where(fits: (trade: Trade<Bag, RefundBag>) => boolean): Trade<Bag, RefundBag> | undefined {
    return this.all().find(fits);
  }

  all(): readonly Trade<Bag, RefundBag>[] {
    return [...this.trades.values()];
  }

  /** A payer has it before them now. */
  awaitPayer(trade: Trade<Bag, RefundBag>): void {
    if (trade.state === 'not_opened') trade.state = 'awaiting_payer';
  }

  /** Takes the money; a closed trade may be paid too (a forced payment). @throws InsufficientFunds, then nothing changed */
  pay(trade: Trade<Bag, RefundBag>, payer: PayerWallet, providerReference: string): void {
    if (trade.paidAt !== undefined) throw new Error(`${trade.id} is paid already.`);
    this.payers.debit(payer, trade.amount);
    trade.state = 'paid';
    trade.payer = payer;
    trade.paidAt = this.clock.now();
    trade.closedAt = undefined;
    trade.providerReference = providerReference;
  }

  close(trade: Trade<Bag, RefundBag>): void {
    if (trade.paidAt !== undefined) throw new Error(`${trade.id} is paid: it can't be closed.`);
    if (trade.state === 'closed') return;
    trade.state = 'closed';
    trade.closedAt = this.clock.now();
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
    trade.refunds.push(accepted);
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
    trade.refunded += refund.amount;
    if (trade.refunded === trade.amount) trade.state = 'refunded';
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
}

const keyOf = (account: string, reference: string): string => `${account} ${reference}`;
