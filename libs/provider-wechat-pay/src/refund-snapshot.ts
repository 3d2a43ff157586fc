import type { Money, RefundSnapshot } from '@hutong/payment-port';
import { textField, timeField, type JsonObject } from './json-fields.js';
import { isRefundStatus, REFUND_STATES } from './wechat-pay.states.js';

/** Reads their refund object, of an answer or a notification; undefined when its status is not listed. */
export function refundSnapshot(
  status: string | undefined,
  refund: JsonObject,
  amount: Money,
): RefundSnapshot | undefined {
  if (!isRefundStatus(status)) return undefined;
  const refundId = textField(refund, 'refund_id');
  const theirs = refundId === undefined ? {} : { providerReference: refundId };
  const state = REFUND_STATES[status];
  switch (state) {
    case 'processing':
      return { state, ...theirs };
    case 'stuck':
    case 'failed':
      return { state, code: status, ...theirs };
    case 'succeeded': {
      const refundedAt = timeField(refund, 'success_time');
      return { state, amount, ...(refundedAt && { refundedAt }), ...theirs };
    }
  }
}
