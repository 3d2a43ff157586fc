import type { Money } from './money.js';

/** What a provider's daily statement is about: its trades with their refunds, or every movement on the account. */
export const BILL_KINDS = ['trades', 'funds'] as const;

export type BillKind = (typeof BILL_KINDS)[number];

export interface BillRequest {
  /** The provider's own calendar day, `2026-11-22`. */
  readonly date: string;
  readonly kind: BillKind;
}

/** A payment as the statement tells it. */
export interface BilledPayment {
  readonly type: 'payment';
  /** Ours, of the attempt. */
  readonly reference: string;
  /** Theirs, of the trade. */
  readonly providerReference: string;
  readonly amount: Money;
  /** What the provider keeps; absent where the statement does not say. */
  readonly fee?: Money;
  readonly at: Date;
}

/** A refund as the statement tells it. Amounts are positive: money that went back. */
export interface BilledRefund {
  readonly type: 'refund';
  /** Ours, of the attempt whose money goes back. */
  readonly reference: string;
  readonly providerReference: string;
  /** Ours, of the refund; of a reversal, which has no number of its own, the attempt's. */
  readonly refundReference: string;
  readonly refundProviderReference?: string;
  readonly amount: Money;
  /** What of the fee came back to the merchant; absent where the statement does not say. */
  readonly feeReturned?: Money;
  readonly state: 'processing' | 'succeeded' | 'failed';
  readonly at: Date;
}

/** One movement on the merchant's account at the provider. */
export interface BilledMovement {
  readonly type: 'movement';
  /** Theirs, of the movement; unique on the account. */
  readonly providerReference: string;
  /** Ours, where the statement names what it belongs to. */
  readonly reference?: string;
  /** Theirs, of the trade or refund that it moved money for; where the statement names it. */
  readonly subjectReference?: string;
  readonly direction: 'in' | 'out';
  readonly amount: Money;
  /** After the movement; absent where the statement does not say, or says less than zero. */
  readonly balance?: Money;
  /** The provider's own word for it. */
  readonly kind: string;
  readonly at: Date;
}

export type BillLine = BilledPayment | BilledRefund | BilledMovement;

/**
 * A statement, or why there is none: `not_ready` comes later, `empty` is a day on which nothing happened.
 *
 * The file is fetched when `lines` is first read, as fast as it is read; the provider's link lives for seconds, so read
 * at once. `lines` can be read once: reading them again throws an Error, download again instead. They are provisional until
 * the iteration has ended: a hash or a closing sum covers the whole file, so what does not hold throws
 * `UntrustedMessage` there, a file that is cut off throws `OutcomeUnknown`, and whatever was made of the lines is to be
 * undone.
 */
export type Bill =
  | { readonly status: 'ready'; readonly lines: AsyncIterable<BillLine> }
  | { readonly status: 'not_ready' }
  | { readonly status: 'empty' };

/** Daily statements, to hold our books against. */
export interface Bills {
  /** Which statements this wire has. */
  readonly kinds: readonly BillKind[];
  /**
   * Asks for the statement of one day. Nothing of it is kept open: a bill whose lines are never read costs nothing.
   * @throws Rejected (a day that is not over yet, no permission), NotReached, OutcomeUnknown or UntrustedMessage
   */
  download(request: BillRequest): Promise<Bill>;
}
