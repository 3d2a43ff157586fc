import { UntrustedMessage } from '@hutong/payment-port';

/** For errors and logs. */
export const BILL = 'bill';

/** A statement, or a part of it, that proves nothing. Whatever was read of it before is to be undone. */
export function untrustedBill(why: string, cause?: unknown): UntrustedMessage {
  return new UntrustedMessage(`WeChat Pay's statement proves nothing: ${why}. Download it again.`, {
    provider: 'wechat_pay',
    operation: BILL,
    cause,
  });
}
