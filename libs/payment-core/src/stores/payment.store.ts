import type { NextAction } from '@hutong/payment-port';
import type { NewEvent, PaymentEvent } from '../event.js';
import type { Attempt, AttemptStatus, Capture, Payment, PaymentRecord, Refund, RefundStatus } from '../payment.js';

/** What a move may change beside the state. A date of `null` clears it. */
export interface AttemptChange {
  readonly nextAction?: NextAction;
  readonly code?: string;
  readonly nextCheckAt?: Date | null;
}

export interface RefundChange {
  readonly code?: string;
  readonly succeededAt?: Date;
  readonly nextCheckAt?: Date | null;
}

/** What came of recording a capture, decided under the payment's row lock. */
export type Settlement =
  /** The payment was open: it is paid now. */
  | { readonly outcome: 'accepted' }
  /** The payment was paid or closed: exactly one refund is owed for this capture. */
  | { readonly outcome: 'owed'; readonly refund: Refund }
  /** This capture was recorded before; nothing changed. */
  | { readonly outcome: 'known' };

/** Rows to be checked by one worker, claimed for `leaseMs` by the database's clock. */
export interface Due {
  readonly attempts: readonly Attempt[];
  readonly refunds: readonly Refund[];
  /** Open payments past their expiry. */
  readonly expired: readonly Payment[];
}

/**
 * The payments and what hangs on them. Every write is one transaction together with its event, guarded by the states
 * it may come from; no method calls out while a transaction is open.
 */
export interface PaymentStore {
  /** Inserts unless (app, order_no) exists; answers the row that stands there now. */
  insertPayment(payment: Payment, event: NewEvent): Promise<{ readonly inserted: boolean; readonly payment: Payment }>;
  findPayment(app: string, id: string): Promise<PaymentRecord | undefined>;
  findPaymentByOrderNo(app: string, orderNo: string): Promise<PaymentRecord | undefined>;
  /** For hosted pages: whoever has the token may see and pay the payment. */
  findPaymentByCashierToken(token: string): Promise<PaymentRecord | undefined>;
  /** For work inside: by id alone, whichever app. */
  loadPayment(id: string): Promise<PaymentRecord | undefined>;
  /** `open` → `closed`; false when it is no longer open. */
  closePayment(id: string, reason: 'canceled' | 'expired', event: NewEvent): Promise<boolean>;

  /** Inserts a `starting` attempt while the payment is open; false when it is not. */
  openAttempt(attempt: Attempt, event: NewEvent): Promise<boolean>;
  /** `UPDATE … WHERE status IN (sources of the target)`; false when it stood elsewhere. */
  moveAttempt(
    id: string,
    to: Exclude<AttemptStatus, 'paid' | 'starting'>,
    change: AttemptChange,
    event?: NewEvent,
  ): Promise<boolean>;
  /** Sets when to ask next and counts one check; the state stays. */
  scheduleAttempt(id: string, nextCheckAt: Date | null): Promise<void>;
  findAttemptByReference(reference: string): Promise<Attempt | undefined>;

  /**
   * Records a proven capture, unique on (provider, account, provider reference), and settles it under the payment's row
   * lock: the attempt becomes `paid`; an open payment becomes `paid` with event `payment.paid`; otherwise one refund
   * `obligation` keyed by the capture is made from `owed`, with event `payment.overpaid`. `capture.accepted` is the
   * store's to decide.
   */
  settleCapture(
    capture: Omit<Capture, 'accepted'>,
    owed: Refund,
    events: { readonly paid: NewEvent; readonly overpaid: NewEvent },
  ): Promise<Settlement>;

  /**
   * Inserts unless (app, refund_no) exists, while the sum of refunds of the capture that are not failed stays within what
   * was captured — judged under the payment's row lock.
   */
  insertRefund(
    refund: Refund,
    event: NewEvent,
  ): Promise<
    | { readonly outcome: 'inserted' | 'exists'; readonly refund: Refund }
    | { readonly outcome: 'exceeds'; readonly refundable: number }
  >;
  findRefund(app: string, id: string): Promise<Refund | undefined>;
  findRefundByReference(reference: string): Promise<Refund | undefined>;
  moveRefund(id: string, to: RefundStatus, change: RefundChange, event?: NewEvent): Promise<boolean>;
  scheduleRefund(id: string, nextCheckAt: Date | null): Promise<void>;

  /** Writes an event that no state change carries (a mismatch waiting for a person). */
  appendEvent(event: NewEvent): Promise<void>;
  listEvents(app: string, paymentId: string): Promise<readonly PaymentEvent[]>;

  /** Claims rows whose `next_check_at` has passed (`FOR UPDATE SKIP LOCKED`): it moves their `next_check_at` past the lease. */
  claimDue(now: Date, limit: number, leaseMs: number): Promise<Due>;
}
