import type { Attempt, PaymentRecord } from '@hutong/payment-core';
import { createHash } from 'node:crypto';
import { refundedAmount } from '../../payments/payment.view.js';

/** How a payment stands for whoever looks at it. All but `open` are over. */
export type Standing = 'open' | 'paid' | 'partly_refunded' | 'refunded' | 'canceled' | 'expired';

const LIVE: readonly string[] = ['starting', 'awaiting_payer', 'unknown'];

/** A payment past its time is `expired` from that moment on, also before a worker has written it down. */
export function standingOf({ payment, refunds }: PaymentRecord, now: Date): Standing {
  if (payment.status === 'paid') {
    const refunded = refundedAmount(refunds);
    if (refunded === 0) return 'paid';
    return refunded < payment.amount.amount ? 'partly_refunded' : 'refunded';
  }
  if (payment.status === 'closed') return payment.closedReason ?? 'expired';
  return payment.expiresAt <= now ? 'expired' : 'open';
}

/** The try that the payer is in the middle of. */
export function liveAttempt({ attempts }: PaymentRecord): Attempt | undefined {
  return attempts.findLast(({ status }) => LIVE.includes(status));
}

/** That try, as long as it can be gone on with: a link that has run out leads nowhere, a code that has can be drawn anew. */
export function shownAttempt(record: PaymentRecord, now: Date): Attempt | undefined {
  const attempt = liveAttempt(record);
  const action = attempt?.nextAction;
  const over = action !== undefined && action.type !== 'show_qr_code' && action.expiresAt <= now;
  return over ? undefined : attempt;
}

/** All that a watcher is told: no amount, nobody's name, nothing that the page does not say. */
export interface StatusView {
  readonly status: Standing;
  /** Changes whenever the try that the page shows does. */
  readonly attempt: string | null;
}

export function statusView(record: PaymentRecord, now: Date): StatusView {
  const live = liveAttempt(record);
  return { status: standingOf(record, now), attempt: live === undefined ? null : `${live.id}.${live.status}` };
}

/** Strong entity tag of a status. */
export function statusTag({ status, attempt }: StatusView): string {
  return `"${createHash('sha256').update(`${status}/${attempt}`).digest('base64url').slice(0, 16)}"`;
}
