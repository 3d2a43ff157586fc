import { hasWallet, type Attempt, type PaymentRecord } from '@hutong/payment-core';
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

/** Whether its payer may still be in the middle of it. */
export function isLive({ status }: Attempt): boolean {
  return LIVE.includes(status);
}

/** The try that somebody is in the middle of. */
export function liveAttempt({ attempts }: PaymentRecord): Attempt | undefined {
  return attempts.findLast(isLive);
}

/** The payer's own: a friend's is the friend's, and behind a code that is shown, whoever scans has one of their own. */
function ownAttempt({ attempts }: PaymentRecord): Attempt | undefined {
  const own = attempts.filter((it) => isLive(it) && it.friendRequestId === undefined);
  return own.findLast((it) => !hasWallet(it)) ?? own.at(-1);
}

/** What the payer is in the middle of, as long as it can be gone on with. */
export function shownAttempt(record: PaymentRecord, now: Date): Attempt | undefined {
  const attempt = ownAttempt(record);
  return attempt !== undefined && canGoOn(attempt, now) ? attempt : undefined;
}

/** A link that has run out leads nowhere, a code that has can be drawn anew. */
export function canGoOn(attempt: Attempt, now: Date): boolean {
  const action = attempt.nextAction;
  return isLive(attempt) && (action === undefined || action.type === 'show_qr_code' || action.expiresAt > now);
}

/** All that a watcher is told: no amount, nobody's name, nothing that the page does not say. */
export interface LiveStatus {
  /** `open` while something may still happen. */
  readonly status: string;
  /** Changes whenever what the page shows does. */
  readonly attempt: string | null;
}

export interface StatusView extends LiveStatus {
  readonly status: Standing;
  /** Changes whenever the try that the page shows does. */
  readonly attempt: string | null;
}

export function statusView(record: PaymentRecord, now: Date): StatusView {
  const live = liveAttempt(record);
  return { status: standingOf(record, now), attempt: live === undefined ? null : `${live.id}.${live.status}` };
}

/** Strong entity tag of a status. */
export function statusTag({ status, attempt }: LiveStatus): string {
  return `"${createHash('sha256').update(`${status}/${attempt}`).digest('base64url').slice(0, 16)}"`;
}
