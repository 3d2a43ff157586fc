import type { Money } from './money.js';

/** The wallet's own name for who paid; masked or opaque, never a phone number. */
export interface Payer {
  readonly id: string;
}

/** Money that the provider says has moved to the merchant. */
export interface Captured {
  readonly amount: Money;
  readonly paidAt: Date;
  /** Their number for the trade; unique per provider and account. */
  readonly providerReference: string;
  /**
   * Whose account received it, in the provider's own words, to be compared with `PaymentProvider.payee`. A query
   * answer that does not name the account carries that of the credentials which verified it.
   */
  readonly payee: string;
  readonly payer?: Payer;
}

/**
 * What the provider says is true now. `not_found` is a state, not an error: an order that nobody has scanned yet may
 * not exist there. `refunded` was paid once; the money has gone back in full or in part.
 */
export type Snapshot =
  | { readonly state: 'not_found' }
  | { readonly state: 'awaiting_payer' }
  | { readonly state: 'processing' }
  | ({ readonly state: 'paid' } & Captured)
  | ({ readonly state: 'refunded' } & Partial<Captured>)
  | { readonly state: 'closed' }
  | { readonly state: 'failed'; readonly code: string };

export type SnapshotState = Snapshot['state'];

export const SNAPSHOT_STATES = [
  'not_found',
  'awaiting_payer',
  'processing',
  'paid',
  'refunded',
  'closed',
  'failed',
] as const satisfies readonly SnapshotState[];

/**
 * What the provider says of one refund. `not_found` means that it never accepted it: the same request may go again.
 * `stuck` is accepted and neither done nor given up: it goes on when a person does something at the provider, so its money
 * is not free for another refund.
 */
export type RefundSnapshot =
  | { readonly state: 'not_found' }
  | { readonly state: 'processing'; readonly providerReference?: string }
  | {
      readonly state: 'succeeded';
      readonly amount: Money;
      readonly refundedAt?: Date;
      readonly providerReference?: string;
    }
  | { readonly state: 'stuck'; readonly code: string; readonly providerReference?: string }
  | { readonly state: 'failed'; readonly code: string; readonly providerReference?: string };

export type RefundSnapshotState = RefundSnapshot['state'];

/**
 * How a close ended. `not_found`: the provider knows no such order, which proves nothing while the order may still be
 * opened on the payer's device. `already_paid`: the payer was faster; query for the evidence.
 */
export type CloseOutcome = 'closed' | 'not_found' | 'already_paid';
