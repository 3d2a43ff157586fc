import type { Refund } from '@hutong/payment-core';
import type { RefundSchema } from './refund.schema.js';

export function refundView(refund: Refund): RefundSchema {
  return {
    id: refund.id,
    object: 'refund',
    payment_id: refund.paymentId,
    capture_id: refund.captureId,
    refund_no: refund.refundNo ?? null,
    amount: refund.amount.amount,
    currency: refund.amount.currency,
    reason: refund.reason ?? null,
    status: refund.status,
    cause: refund.cause,
    code: refund.code ?? null,
    reference: refund.reference,
    created_at: refund.createdAt.toISOString(),
    scheduled_at: scheduledAt(refund)?.toISOString() ?? null,
    succeeded_at: refund.succeededAt?.toISOString() ?? null,
  };
}

function scheduledAt({ status, sentAt, sendAt }: Refund): Date | undefined {
  return status === 'processing' && sentAt === undefined ? sendAt : undefined;
}
