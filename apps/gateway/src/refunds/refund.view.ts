import type { Refund } from '@hutong/payment-core';
import type { RefundSchema } from './refund.schema.js';

export function refundView(refund: Refund): RefundSchema {
  return {
    id: refund.id,
    object: 'refund',
    payment_id: refund.paymentId,
    refund_no: refund.refundNo ?? null,
    amount: refund.amount.amount,
    currency: refund.amount.currency,
    reason: refund.reason ?? null,
    status: refund.status,
    cause: refund.cause,
    code: refund.code ?? null,
    reference: refund.reference,
    created_at: refund.createdAt.toISOString(),
    succeeded_at: refund.succeededAt?.toISOString() ?? null,
  };
}
