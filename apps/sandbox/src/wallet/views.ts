import type { Trade, TradeRefund } from '../frame/trade.js';
import type { TradeBook } from '../frame/trade-book.js';

/** What the wallet keeps of an order beside the common part. */
export interface WalletPart {
  readonly orderId: string;
  readonly merchantId: string;
  readonly expiresAt: Date;
  readonly returnUrl: string | undefined;
}

export type WalletTrade = Trade<WalletPart>;
export type WalletBook = TradeBook<WalletPart>;

/** What this wire calls the states of an order. */
const STATES = {
  not_opened: 'awaiting_payer',
  awaiting_payer: 'awaiting_payer',
  paid: 'paid',
  refunded: 'refunded',
  closed: 'closed',
} as const satisfies Readonly<Record<WalletTrade['state'], string>>;

export const stateOf = ({ state }: WalletTrade): string => STATES[state];

/** An order as merchants see it: fen, RFC 3339. */
export function orderView(trade: WalletTrade, publicUrl: string): Readonly<Record<string, unknown>> {
  return {
    order_id: trade.wire.orderId,
    merchant_id: trade.wire.merchantId,
    reference: trade.reference,
    amount: trade.amount,
    currency: trade.currency,
    state: stateOf(trade),
    amount_refunded: trade.refunded,
    pay_url: payUrl(trade, publicUrl),
    expires_at: trade.wire.expiresAt.toISOString(),
    ...(trade.paidAt && { paid_at: trade.paidAt.toISOString() }),
    ...(trade.payer && { payer_id: trade.payer.id }),
  };
}

export function refundView(trade: WalletTrade, refund: TradeRefund): Readonly<Record<string, unknown>> {
  return {
    refund_id: refund.providerReference,
    refund_reference: refund.reference,
    reference: trade.reference,
    merchant_id: trade.wire.merchantId,
    amount: refund.amount,
    currency: trade.currency,
    state: 'succeeded',
    refunded_at: (refund.settledAt ?? refund.createdAt).toISOString(),
  };
}

export const payUrl = (trade: WalletTrade, publicUrl: string): string =>
  `${publicUrl}/wallet/pay/${trade.wire.orderId}`;
