import { sameMoney, type RefundSnapshot } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import { eventOf } from './payment-events.js';
import type { Refund } from './payment.js';
import { nextRefundCheck } from './polling-plan.js';
import type { SettleOutcome } from './settle-payment.js';

/** Applies what a provider says of a refund, whether it arrived by answer, notification or query. Safe to repeat. */
export async function settleRefund(
  core: CoreContext,
  refund: Refund,
  snapshot: RefundSnapshot,
): Promise<SettleOutcome> {
  switch (snapshot.state) {
    case 'succeeded':
      return succeed(core, refund, snapshot);
    case 'failed':
      return fail(core, refund, snapshot.code);
    case 'stuck':
      return review(core, refund, snapshot.code);
    case 'processing':
      await core.stores.payments.scheduleRefund(refund.id, nextRefundCheck(refund.checks, core.clock.now()));
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
  const event = eventOf(
    'refund.succeeded',
    refund,
    { refund_id: refund.id, amount: refund.amount.amount, cause: refund.cause },
    now,
  );
  return settled(
    core.stores.payments.moveRefund(
      refund.id,
      'succeeded',
      { succeededAt: snapshot.refundedAt ?? now, nextCheckAt: null },
      event,
    ),
  );
}

/** A merchant may try again with a new number; what we owe by rule can't be left, so a person looks at it. */
async function fail(core: CoreContext, refund: Refund, code: string): Promise<SettleOutcome> {
  if (refund.cause === 'obligation') return review(core, refund, code);
  const event = eventOf('refund.failed', refund, { refund_id: refund.id, code }, core.clock.now());
  return settled(core.stores.payments.moveRefund(refund.id, 'failed', { code, nextCheckAt: null }, event));
}

async function review(core: CoreContext, refund: Refund, code: string): Promise<SettleOutcome> {
  const event = eventOf('refund.needs_review', refund, { refund_id: refund.id, code }, core.clock.now());
  const moved = await core.stores.payments.moveRefund(refund.id, 'needs_review', { code, nextCheckAt: null }, event);
  return moved ? 'mismatch' : 'unchanged';
}

async function settled(move: Promise<boolean>): Promise<SettleOutcome> {
  return (await move) ? 'settled' : 'unchanged';
}
