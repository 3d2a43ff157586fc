import type { Money, Refunds } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import { newId } from './ids.js';
import { providerOf } from './account-lookup.js';
import { eventOf } from './payment-events.js';
import { attemptBehind, type Capture, type PaymentRecord, type Refund, type WalletAttempt } from './payment.js';
import { START_LEASE_MS } from './polling-plan.js';
import { conflict, invalid, notFound } from './problem.js';
import { refuseAfterWindow, spacingOf } from './refund-limits.js';
import { callForRefund } from './send-refund.js';

export interface RefundOrder {
  readonly app: string;
  readonly paymentId: string;
  readonly refundNo: string;
  /** Minor units, in the payment's currency. */
  readonly amount: number;
  readonly reason?: string;
}

/**
 * Sends money of the accepted capture back, in part or whole. Several may be in flight: what is processing or unknown
 * stays reserved, so their sum can't pass what was captured. Where the provider wants time between them, a refund that comes
 * too soon is accepted with `sendAt`, and a worker sends it then.
 * @throws PaymentProblem `payment_not_paid`, `refund_exceeds_payment`, `refund_parts_exhausted`, `refund_window_over`,
 * `refund_no_taken`, `not_found`
 */
export async function refundPayment(
  core: CoreContext,
  order: RefundOrder,
): Promise<{ created: boolean; refund: Refund }> {
  const record = await core.stores.payments.findPayment(order.app, order.paymentId);
  if (record === undefined) throw notFound('payment');
  const { capture, attempt, refunds } = await refundable(core, record);
  if (!record.refunds.some(({ refundNo }) => refundNo === order.refundNo)) refuseAfterWindow(core, capture);
  const draft = draftOf(core, order, { amount: order.amount, currency: record.payment.amount.currency }, capture);
  const stored = await core.stores.payments.insertRefund(
    draft,
    eventOf(
      'refund.created',
      draft,
      { refund_id: draft.id, refund_no: order.refundNo, amount: order.amount },
      draft.createdAt,
    ),
    spacingOf(core, capture.provider, refunds),
  );
  if (stored.outcome === 'too_many') {
    const detail = `${capture.provider} takes no more refunds of this payment; return the rest another way.`;
    throw conflict('refund_parts_exhausted', detail);
  }
  if (stored.outcome === 'exceeds') {
    throw conflict('refund_exceeds_payment', `At most ${stored.refundable} can still be refunded.`, {
      refundable: stored.refundable,
    });
  }
  if (stored.outcome === 'exists') return { created: false, refund: sameRefund(stored.refund, draft) };
  if (stored.refund.sentAt === undefined) return { created: true, refund: stored.refund };
  await callForRefund(core, stored.refund, capture, attempt);
  return { created: true, refund: await showRefund(core, order.app, stored.refund.id) };
}

async function refundable(
  core: CoreContext,
  record: PaymentRecord,
): Promise<{ capture: Capture; attempt: WalletAttempt; refunds: Refunds }> {
  const capture = record.captures.find((it) => it.accepted);
  const attempt = capture && attemptBehind(record, capture);
  if (capture === undefined || attempt === undefined)
    throw conflict('payment_not_paid', 'Only a paid payment can be refunded.');
  const { refunds } = await providerOf(core, attempt);
  if (refunds === undefined) throw conflict('refunds_unsupported', `${attempt.provider} cannot refund.`);
  return { capture, attempt, refunds };
}

function draftOf(core: CoreContext, order: RefundOrder, amount: Money, capture: Capture): Refund {
  if (amount.amount < 1) throw invalid('/amount', 'must be at least 1 minor unit.');
  const now = core.clock.now();
  const id = newId('ref', now);
  return {
    id,
    app: order.app,
    paymentId: order.paymentId,
    captureId: capture.id,
    refundNo: order.refundNo,
    reference: id,
    amount,
    ...(order.reason === undefined ? {} : { reason: order.reason }),
    status: 'processing',
    cause: 'merchant',
    createdAt: now,
    nextCheckAt: new Date(now.getTime() + START_LEASE_MS),
    checks: 0,
  };
}

function sameRefund(existing: Refund, asked: Refund): Refund {
  const same =
    existing.paymentId === asked.paymentId &&
    existing.amount.amount === asked.amount.amount &&
    existing.reason === asked.reason;
  if (!same)
    throw conflict('refund_no_taken', `Refund ${asked.refundNo} exists with other content.`, {
      refund_id: existing.id,
    });
  return existing;
}

/** @throws PaymentProblem not_found */
export async function showRefund(core: CoreContext, app: string, id: string): Promise<Refund> {
  const refund = await core.stores.payments.findRefund(app, id);
  if (refund === undefined) throw notFound('refund');
  return refund;
}
