import {
  hasWallet,
  type Attempt,
  type Capture,
  type Payment,
  type PaymentRecord,
  type Refund,
} from '@hutong/payment-core';
import { refundView } from '../refunds/refund.view.js';
import { cashierUrl } from '../pages/cashier/cashier-url.js';
import type { AttemptSchema, CaptureSchema, PaidWithSchema, PaymentSchema } from './payment.schema.js';
import { nextActionView } from './next-action.view.js';

/** An attempt as the merchant reads it. Without a next action (it is unknown or over) the action is `none`. */
export function attemptView(attempt: Attempt): AttemptSchema {
  return {
    id: attempt.id,
    object: 'attempt',
    status: attempt.status,
    method: attempt.method,
    scene: attempt.scene,
    provider: attempt.provider ?? null,
    reference: attempt.reference,
    next_action: nextActionView(attempt.nextAction ?? { type: 'none', expiresAt: attempt.expiresAt }),
    code: attempt.code ?? null,
    created_at: attempt.createdAt.toISOString(),
    expires_at: attempt.expiresAt.toISOString(),
  };
}

/** A payment with everything that hangs on it, as the merchant reads it; `publicUrl` is where the payer finds our pages. */
export function paymentView({ payment, attempts, captures, refunds }: PaymentRecord, publicUrl: string): PaymentSchema {
  return {
    id: payment.id,
    object: 'payment',
    status: payment.status,
    order_no: payment.orderNo,
    amount: payment.amount.amount,
    currency: payment.amount.currency,
    amount_refunded: refundedAmount(refunds),
    amount_overpaid: overpaidAmount(captures),
    needs_review: payment.needsReview ?? false,
    description: payment.description,
    scene: payment.scene ?? null,
    return_url: payment.returnUrl ?? null,
    metadata: payment.metadata ?? {},
    cashier_url: cashierUrl(publicUrl, payment),
    created_at: payment.createdAt.toISOString(),
    expires_at: payment.expiresAt.toISOString(),
    paid_at: payment.paidAt?.toISOString() ?? null,
    closed_reason: payment.closedReason ?? null,
    paid_with: paidWith(payment, attempts, captures),
    attempts: attempts.map(attemptView),
    captures: captures.map((capture) => captureView(capture, refunds)),
    refunds: refunds.map(refundView),
  };
}

/** Refunds of money that was never accepted do not count: the payer paid that twice and got it back. */
export function refundedAmount(refunds: readonly Refund[]): number {
  return refunds
    .filter((refund) => refund.cause === 'merchant' && refund.status === 'succeeded')
    .reduce((sum, refund) => sum + refund.amount.amount, 0);
}

/** What was paid on top; it goes back by obligations. */
export function overpaidAmount(captures: readonly Capture[]): number {
  return captures.filter(({ accepted }) => !accepted).reduce((sum, { amount }) => sum + amount.amount, 0);
}

function captureView(capture: Capture, refunds: readonly Refund[]): CaptureSchema {
  const owed = refunds.find((refund) => refund.cause === 'obligation' && refund.captureId === capture.id);
  return {
    id: capture.id,
    object: 'capture',
    attempt_id: capture.attemptId,
    provider: capture.provider,
    provider_reference: capture.providerReference,
    amount: capture.amount.amount,
    currency: capture.amount.currency,
    paid_at: capture.paidAt.toISOString(),
    accepted: capture.accepted,
    returned_by: owed?.id ?? null,
  };
}

function paidWith(payment: Payment, attempts: readonly Attempt[], captures: readonly Capture[]): PaidWithSchema | null {
  const attempt = attempts.filter(hasWallet).find((it) => it.id === payment.paidWith);
  const capture = captures.find((it) => it.accepted);
  if (attempt === undefined || capture === undefined) return null;
  return {
    attempt_id: attempt.id,
    method: attempt.method,
    provider: attempt.provider,
    reference: attempt.reference,
    provider_reference: capture.providerReference,
    paid_at: capture.paidAt.toISOString(),
  };
}
