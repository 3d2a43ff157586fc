import type { NextAction } from '@hutong/payment-port';
import type { NewEvent, PaymentEvent } from '../event.js';
import type { Attempt, AttemptStatus, Capture, Payment, PaymentRecord, Refund, RefundStatus } from '../payment.js';

/** What a move may change beside the state. A date of `null` clears it. */
export interface AttemptChange {
  readonly nextAction?: NextAction;
  readonly code?: string;
  readonly nextCheckAt?: Date | null;
}

/** Tells a person, once: the event, and the mark that it was told. */
export interface Alert {
  readonly at: Date;
  readonly event: NewEvent;
}

export interface RefundChange {
  readonly code?: string | null;
  readonly sendAt?: Date;
  readonly alertedAt?: Date | null;
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

/** One worker's hold on a row, until the database's clock says otherwise; `number` counts the row's leases. */
export interface Lease {
  readonly kind: 'attempt' | 'refund' | 'payment';
  readonly id: string;
  readonly number: number;
}

export interface Leased<Row> {
  readonly row: Row;
  readonly lease: Lease;
}

/** Rows to be checked by one worker. */
export interface Due {
  readonly attempts: readonly Leased<Attempt>[];
  readonly refunds: readonly Leased<Refund>[];
  /** Open payments past their expiry. */
  readonly expired: readonly Leased<Payment>[];
}

/** Whose work it is: one provider's (an expired payment with a live attempt there included), or what none of these has. */
export type WorkPart = { readonly at: string } | { readonly besides: readonly string[] };

export interface DueQuery {
  readonly part: WorkPart;
  /** Business time: what is due. */
  readonly now: Date;
  /** Over all kinds, the longest waiting first. */
  readonly limit: number;
  /** Of the database's clock. */
  readonly leaseMs: number;
}

/** What a provider wants between the refunds of one capture. */
export interface RefundSpacing {
  readonly parts?: number;
  /** Milliseconds. */
  readonly apartMs?: number;
}

/** Whether a refund may go to its provider now. `later`: its row says when; `lost`: another worker has it. */
export type RefundTurn =
  { readonly turn: 'now' } | { readonly turn: 'later'; readonly at: Date } | { readonly turn: 'lost' };

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
  scheduleAttempt(id: string, nextCheckAt: Date | null, alert?: Alert): Promise<void>;
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
   * was captured and their number within its parts — judged under the payment's row lock. There it is decided too when
   * it goes: `sentAt` is set when that is now, else `sendAt`.
   */
  insertRefund(
    refund: Refund,
    event: NewEvent,
    spacing?: RefundSpacing,
  ): Promise<
    | { readonly outcome: 'inserted' | 'exists'; readonly refund: Refund }
    | { readonly outcome: 'exceeds'; readonly refundable: number }
    | { readonly outcome: 'too_many' }
  >;
  /**
   * Judged under the payment's row lock before a refund goes to its provider: when no other refund of its capture went
   * within `apartMs`, `sent_at` is committed; else the row waits until then.
   */
  takeRefundTurn(id: string, now: Date, spacing: RefundSpacing): Promise<RefundTurn>;
  findRefund(app: string, id: string): Promise<Refund | undefined>;
  findRefundByReference(reference: string): Promise<Refund | undefined>;
  moveRefund(id: string, to: RefundStatus, change: RefundChange, event?: NewEvent): Promise<boolean>;
  scheduleRefund(id: string, nextCheckAt: Date | null): Promise<void>;

  /** Writes an event that no state change carries. */
  appendEvent(event: NewEvent): Promise<void>;
  /** As `appendEvent`, for what waits for a person; nothing while the same event, word for word, does so already. */
  raiseReview(event: NewEvent): Promise<void>;
  listEvents(app: string, paymentId: string): Promise<readonly PaymentEvent[]>;

  /** Claims due rows that nobody has (`FOR UPDATE SKIP LOCKED`): each gets a new lease. */
  claimDue(query: DueQuery): Promise<Due>;
  /** The same store for whoever holds this lease: moves and schedules of that row are refused once it is lost, and end it. */
  underLease(lease: Lease): PaymentStore;
  /** Extends it from now; false when another worker has taken the row since. */
  renewLease(lease: Lease, leaseMs: number): Promise<boolean>;
}
