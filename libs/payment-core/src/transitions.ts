import type { AttemptStatus, RefundStatus } from './payment.js';

/**
 * From which states an attempt may move to a state. `paid` is never left; `failed`, `closed` and `superseded` are left
 * only for `paid`, when a capture is proven.
 */
export const ATTEMPT_SOURCES = {
  starting: [],
  awaiting_payer: ['starting', 'unknown'],
  unknown: ['starting', 'awaiting_payer'],
  failed: ['starting', 'awaiting_payer', 'unknown'],
  closed: ['starting', 'awaiting_payer', 'unknown', 'superseded'],
  superseded: ['starting', 'awaiting_payer', 'unknown'],
  paid: ['starting', 'awaiting_payer', 'unknown', 'failed', 'closed', 'superseded'],
} as const satisfies Record<AttemptStatus, readonly AttemptStatus[]>;

/** From which states a refund may move to a state. What waits for a person ends as its provider says, or is sent again. */
export const REFUND_SOURCES = {
  processing: ['unknown', 'needs_review'],
  unknown: ['processing'],
  succeeded: ['processing', 'unknown', 'needs_review'],
  failed: ['processing', 'unknown', 'needs_review'],
  needs_review: ['processing', 'unknown'],
} as const satisfies Record<RefundStatus, readonly RefundStatus[]>;

/** Attempts on which the payer may still pay as far as we know. */
export const LIVE_ATTEMPTS = ['starting', 'awaiting_payer', 'unknown'] as const satisfies readonly AttemptStatus[];
