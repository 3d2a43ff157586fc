import type { CircuitState } from '../options/circuit.js';
import type { AttemptStatus, Refund, RefundStatus } from '../payment.js';

/** What a line or a span is about, as far as it is known where it is written. */
export interface About {
  readonly app_id?: string;
  readonly payment_id?: string;
  readonly attempt_id?: string;
  readonly refund_id?: string;
  readonly account_id?: string;
  /** The number that the provider knows. */
  readonly reference?: string;
}

/**
 * Where a provider's message ended. `accepted` and `duplicate` were stored before they were answered; every other is the
 * gate that it did not pass: no such account here, a proof that does not hold, a database that did not keep it, or a genuine
 * message that is not about what we hold.
 */
export type NotificationGate = 'accepted' | 'duplicate' | 'unknown_account' | 'untrusted' | 'not_stored' | 'mismatch';

/** Something that was decided, told once it is committed. Nothing here names a person or holds a secret. */
export type Decision = About &
  (
    | { readonly what: 'payment_created' }
    | { readonly what: 'payment_paid' | 'payment_overpaid'; readonly provider: string; readonly method: string }
    | { readonly what: 'payment_closed'; readonly reason: 'canceled' | 'expired' }
    | { readonly what: 'attempt_opened'; readonly provider: string | undefined; readonly method: string }
    | { readonly what: 'attempt_moved'; readonly to: AttemptStatus; readonly code?: string | undefined }
    | { readonly what: 'refund_created'; readonly cause: Refund['cause'] }
    | { readonly what: 'refund_moved'; readonly to: RefundStatus; readonly code?: string | undefined }
    | { readonly what: 'review_opened'; readonly code: string }
    | { readonly what: 'notification'; readonly provider: string; readonly gate: NotificationGate }
    | {
        readonly what: 'circuit_changed';
        readonly provider: string;
        readonly from: CircuitState;
        readonly to: CircuitState;
      }
    | { readonly what: 'idempotency'; readonly outcome: 'claimed' | 'replay' | 'running' | 'mismatch' }
  );
