import type { PayerWallet } from './payers.js';
import type { Provider } from './provider.js';

/**
 * `not_opened`: the wallet has only seen a code or a signed link of it (Alipay), no payer yet. `refunded`: all of it went
 * back; a partial refund leaves `paid`.
 */
export type TradeState = 'not_opened' | 'awaiting_payer' | 'paid' | 'refunded' | 'closed';

export type RefundState = 'processing' | 'succeeded' | 'failed';

/** One refund of a trade. */
export interface TradeRefund<RefundBag = unknown> {
  /** The merchant's own number: out_refund_no, out_request_no. */
  readonly reference: string;
  readonly providerReference: string;
  /** Fen. */
  readonly amount: number;
  /** Fen of the payment's fee that come back to the merchant with it. */
  readonly fee: number;
  state: RefundState;
  readonly createdAt: Date;
  /** When it succeeded or failed. */
  settledAt?: Date;
  /** What only the wire reads. */
  readonly wire: RefundBag;
}

/** Orders that are paid together, all or nothing, under a number of their own; one object, shared by its trades. */
export interface Batch {
  readonly provider: Provider;
  /** Name of the account that placed them; who is paid stands in each trade. */
  readonly account: string;
  readonly reference: string;
  /** Fen, all of them together. */
  readonly amount: number;
}

/** One order in a wallet's books; its book moves it. `Bag` is the wire's own part; nobody else reads it. */
export interface Trade<Bag = unknown, RefundBag = unknown> {
  readonly id: string;
  readonly provider: Provider;
  /** Name of the account. */
  readonly account: string;
  /** The merchant's number for it: out_trade_no. Unique with provider and account. */
  readonly reference: string;
  /** Fen. */
  readonly amount: number;
  /** Fen that have gone back to the payer. */
  readonly refunded: number;
  readonly currency: string;
  readonly state: TradeState;
  /** How it is paid, in the wire's words: jsapi, native, page… */
  readonly product: string;
  readonly description: string;
  notifyUrl: string | undefined;
  readonly createdAt: Date;
  expiresAt: Date | undefined;
  readonly paidAt: Date | undefined;
  readonly closedAt: Date | undefined;
  readonly payer: PayerWallet | undefined;
  /** transaction_id, trade_no; some wires know it only once it is paid. */
  readonly providerReference: string | undefined;
  readonly refunds: readonly TradeRefund<RefundBag>[];
  /** Absent for an order that is paid alone. */
  readonly batch?: Batch | undefined;
  readonly wire: Bag;
}

/** A trade as the control API shows it: fen, RFC 3339. */
export function tradeView(trade: Trade): Readonly<Record<string, unknown>> {
  return {
    id: trade.id,
    provider: trade.provider,
    account: trade.account,
    reference: trade.reference,
    amount: trade.amount,
    refunded: trade.refunded,
    currency: trade.currency,
    state: trade.state,
    product: trade.product,
    description: trade.description,
    notify_url: trade.notifyUrl ?? null,
    provider_reference: trade.providerReference ?? null,
    payer: trade.payer?.id ?? null,
    created_at: trade.createdAt.toISOString(),
    expires_at: trade.expiresAt?.toISOString() ?? null,
    paid_at: trade.paidAt?.toISOString() ?? null,
    closed_at: trade.closedAt?.toISOString() ?? null,
    batch_reference: trade.batch?.reference ?? null,
    refunds: trade.refunds.map(refundView),
  };
}

function refundView(refund: TradeRefund): Readonly<Record<string, unknown>> {
  return {
    reference: refund.reference,
    provider_reference: refund.providerReference,
    amount: refund.amount,
    state: refund.state,
    created_at: refund.createdAt.toISOString(),
    settled_at: refund.settledAt?.toISOString() ?? null,
  };
}
