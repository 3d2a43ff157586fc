import type { RefundSnapshotState } from '@hutong/payment-port';
import type { StateTable } from '@hutong/provider-kit';

/** trade_status (opendocs open/02ekfp, trade states). */
export type TradeStatus = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_FINISHED' | 'TRADE_CLOSED';

/** What stands beside the status: a payment date or none, and marks of a refund (refund_fee, gmt_refund) or none. */
export type Evidence = 'unpaid' | 'paid' | 'unpaid_refund_marks' | 'paid_refund_marks';

export function evidenceOf(seen: { readonly paymentDate: boolean; readonly refundMarks: boolean }): Evidence {
  const paid = seen.paymentDate ? 'paid' : 'unpaid';
  return seen.refundMarks ? `${paid}_refund_marks` : paid;
}

/**
 * TRADE_CLOSED is *closed* only when nothing says that it was ever paid: a full refund closes a trade too. A
 * TRADE_SUCCESS that carries a refund is not a payment; it is how a partial refund is reported.
 */
export const TRADE_STATES = {
  WAIT_BUYER_PAY: {
    unpaid: 'awaiting_payer',
    paid: 'unlisted',
    unpaid_refund_marks: 'unlisted',
    paid_refund_marks: 'unlisted',
  },
  TRADE_SUCCESS: {
    unpaid: 'unlisted',
    paid: 'paid',
    unpaid_refund_marks: 'refunded',
    paid_refund_marks: 'refunded',
  },
  TRADE_FINISHED: {
    unpaid: 'unlisted',
    paid: 'paid',
    unpaid_refund_marks: 'refunded',
    paid_refund_marks: 'refunded',
  },
  TRADE_CLOSED: {
    unpaid: 'closed',
    paid: 'refunded',
    unpaid_refund_marks: 'refunded',
    paid_refund_marks: 'refunded',
  },
} as const satisfies StateTable<TradeStatus, Evidence>;

/**
 * refund_status. Of `alipay.trade.fastpay.refund.query` only success is documented; the others are words of
 * `alipay.trade.refund.apply`, which is not called here. One that failed after it was accepted is for a person to look at.
 */
export const REFUND_STATES = {
  REFUND_SUCCESS: 'succeeded',
  REFUND_PROCESSING: 'processing',
  REFUND_FAIL: 'stuck',
} as const satisfies Readonly<Record<string, RefundSnapshotState>>;

export type RefundStatus = keyof typeof REFUND_STATES;

export function isRefundStatus(status: string): status is RefundStatus {
  return Object.hasOwn(REFUND_STATES, status);
}
