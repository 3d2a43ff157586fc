import type { BilledRefund, BillLine, RefundSnapshotState } from '@hutong/payment-port';
import type { StateTable } from '@hutong/provider-kit';

/** `trade_state` as the order query and notifications spell it. Source: pay.weixin.qq.com/doc/v3/merchant/4012791858. */
export type TradeState = 'SUCCESS' | 'REFUND' | 'NOTPAY' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR' | 'ACCEPT';

/**
 * What stands beside the state: everything that proves a capture (their number, the date, whose account, how much),
 * none of their number and date, or only a part.
 */
export type TradeEvidence = 'captured' | 'partial' | 'none';

export const TRADE_STATES = {
  SUCCESS: { captured: 'paid', partial: 'unlisted', none: 'unlisted' },
  /** Any accepted refund, a partial one too; it stays so. */
  REFUND: { captured: 'refunded', partial: 'refunded', none: 'refunded' },
  /** Also after a failed try, and past its expiry until it is closed. */
  NOTPAY: { captured: 'unlisted', partial: 'unlisted', none: 'awaiting_payer' },
  CLOSED: { captured: 'unlisted', partial: 'unlisted', none: 'closed' },
  /** Payer-presented codes only: a reversed order; what had been paid was given back. */
  REVOKED: { captured: 'refunded', partial: 'refunded', none: 'closed' },
  /** Payer-presented codes only: the payer types the password. */
  USERPAYING: { captured: 'unlisted', partial: 'unlisted', none: 'awaiting_payer' },
  /** Payer-presented codes only: the bank said no. */
  PAYERROR: { captured: 'unlisted', partial: 'unlisted', none: 'failed' },
  /** Accepted for an automatic debit that has not happened yet. */
  ACCEPT: { captured: 'unlisted', partial: 'unlisted', none: 'processing' },
} as const satisfies StateTable<TradeState, TradeEvidence>;

/** `status` of a refund, `refund_status` in its notification. Source: pay.weixin.qq.com/doc/v3/merchant/4013071036. */
export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

export const REFUND_STATES = {
  PROCESSING: 'processing',
  SUCCESS: 'succeeded',
  /** The merchant's balance stayed too low for seven days; a new refund needs a new number. */
  CLOSED: 'failed',
  /**
   * The payer's card is dead and the wallet is gone. It is not over: once a person has settled it in the merchant console it
   * becomes SUCCESS, so that another refund in its place would pay twice.
   */
  ABNORMAL: 'stuck',
} as const satisfies Readonly<Record<RefundStatus, RefundSnapshotState>>;

export function isRefundStatus(status: string | undefined): status is RefundStatus {
  return status !== undefined && Object.hasOwn(REFUND_STATES, status);
}

/** 交易状态 of the trade bill: the row is a payment, a refund, or the reversal of a payer's code. */
export const BILLED_TRADE_TYPES = {
  SUCCESS: 'payment',
  REFUND: 'refund',
  REVOKED: 'refund',
} as const satisfies Readonly<Record<string, BillLine['type']>>;

/** 退款状态 of the trade bill, as of the night in which it was made; it is not corrected later. */
export const BILLED_REFUND_STATES = {
  PROCESSING: 'processing',
  SUCCESS: 'succeeded',
  FAIL: 'failed',
  /** The card is dead and the wallet is gone: ABNORMAL by another name. */
  CHANGE: 'failed',
} as const satisfies Readonly<Record<string, BilledRefund['state']>>;

/** What a word of theirs means by its table; undefined when the table does not list it. */
export function listed<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
