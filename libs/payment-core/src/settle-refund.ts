import { sameMoney, type RefundSnapshot } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import { eventOf } from './payment-events.js';
import type { Refund, RefundStatus } from './payment.js';
import { isRefundOverdue, nextRefundCheck } from './polling-plan.js';
import type { SettleOutcome } from './settle-payment.js';

/** A refund, and the provider behind it. */
export interface RefundAt {
  readonly refund: Refund;
  readonly provider: string;
}

/** Applies what a provider says of a refund, whether it arrived by answer, notification or query. Safe to repeat. */
export async function settleRefund(core: CoreContext, at: RefundAt, snapshot: RefundSnapshot): Promise<SettleOutcome> {
  switch (snapshot.state) {
    case 'succeeded':
      return succeed(core, at.refund, snapshot);
    case 'failed':
      return fail(core, at, snapshot.code);
    case 'stuck':
      return reviewOrWait(core, at, snapshot.code, true);
    case 'processing':
      await goOnWaiting(core, at, { status: 'processing' });
      return 'unchanged';
    case 'not_found':
      return 'unchanged';
  }
}

async function succeed(
  core: CoreContext,
  refund: Refund,
  snapshot: RefundSnapshot & { state: 'succeeded' },
): Promise<SettleOutcome> {
  if (!sameMoney(snapshot.amount, refund.amount)) return review(core, refund, 'amount_mismatch');
  const now = core.clock.now();
  const data = { refund_id: refund.id, amount: refund.amount.amount, cause: refund.cause };
  const change = { succeededAt: snapshot.refundedAt ?? now, nextCheckAt: null, code: null };
  const event = eventOf('refund.succeeded', refund, data, now);
  return settled(core.stores.payments.moveRefund(refund.id, 'succeeded', change, event));
}

/** A merchant may try again with a new number; what we owe by rule can't be left, so a person looks at it. */
async function fail(core: CoreContext, at: RefundAt, code: string): Promise<SettleOutcome> {
  const { refund } = at;
  if (refund.cause === 'obligation') return reviewOrWait(core, at, code, false);
  const event = eventOf('refund.failed', refund, { refund_id: refund.id, code }, core.clock.now());
  return settled(core.stores.payments.moveRefund(refund.id, 'failed', { code, nextCheckAt: null }, event));
}

/** What a person has been told of already is asked about no more than once a day. */
function reviewOrWait(core: CoreContext, at: RefundAt, code: string, goesOn: boolean): Promise<SettleOutcome> {
  const told = at.refund.status === 'needs_review';
  if (told) return goOnWaiting(core, at).then(() => 'mismatch' as const);
  return review(core, at.refund, code, goesOn ? tomorrow(core, at) : null);
}

async function review(
  core: CoreContext,
  refund: Refund,
  code: string,
  nextCheckAt: Date | null = null,
): Promise<SettleOutcome> {
  const now = core.clock.now();
  const event = eventOf('refund.needs_review', refund, { refund_id: refund.id, code }, now);
  const change = { code, nextCheckAt, alertedAt: now };
  const moved = await core.stores.payments.moveRefund(refund.id, 'needs_review', change, event);
  return moved ? 'mismatch' : 'unchanged';
}

async function settled(move: Promise<boolean>): Promise<SettleOutcome> {
  return (await move) ? 'settled' : 'unchanged';
}

/**
 * Plans the next question about a refund that is not settled, with what is known of it now. One that should have been
 * settled long ago is shown to a person, and asked about once a day from then on.
 */
export async function goOnWaiting(
  core: CoreContext,
  at: RefundAt,
  known: { readonly status?: 'processing' | 'unknown'; readonly code?: string } = {},
): Promise<void> {
  const { refund } = at;
  const now = core.clock.now();
  const status: RefundStatus = refund.status === 'needs_review' ? refund.status : (known.status ?? refund.status);
  if (status !== 'needs_review' && isRefundOverdue({ ...refund, status }, now))
    return void (await review(core, refund, known.code ?? 'no_final_answer', tomorrow(core, at)));
  const nextCheckAt = nextRefundCheck(refund, core.providers.pace(at.provider), now);
  const { payments } = core.stores;
  const change = { nextCheckAt, ...(known.code !== undefined && { code: known.code }) };
  const moved = status !== refund.status && (await payments.moveRefund(refund.id, status, change));
  if (!moved) await payments.scheduleRefund(refund.id, nextCheckAt);
}

function tomorrow(core: CoreContext, { refund, provider }: RefundAt): Date {
  const now = core.clock.now();
  return nextRefundCheck({ ...refund, alertedAt: now }, core.providers.pace(provider), now);
}
