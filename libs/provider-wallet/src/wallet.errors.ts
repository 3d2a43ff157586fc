import { Rejected, type RejectionReason } from '@hutong/payment-port';

/** Their codes in our words. */
const REASONS = new Map<string, RejectionReason>([
  ['unauthorized', 'invalid_configuration'],
  ['invalid_request', 'invalid_request'],
  ['order_not_found', 'order_not_found'],
  ['refund_not_found', 'order_not_found'],
  ['order_exists', 'order_exists'],
  ['order_paid', 'order_paid'],
  ['order_closed', 'order_closed'],
  ['refund_exceeds_payment', 'refund_exceeds_payment'],
  ['refund_mismatch', 'invalid_request'],
]);

export function rejectionOf(code: string, operation: string): Rejected {
  const details = { provider: 'wallet', operation, reason: REASONS.get(code) ?? 'invalid_request', code };
  return new Rejected(`The wallet said no to ${operation} (${code}).`, details);
}

/** What `answer` resolves to, or `instead` when the wallet said no with this code. */
export function unlessRejected<T>(answer: Promise<T>, code: string, instead: T): Promise<T> {
  return answer.catch((error: unknown) => {
    if (error instanceof Rejected && error.code === code) return instead;
    throw error;
  });
}
