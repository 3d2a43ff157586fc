import { UntrustedMessage } from '@hutong/payment-port';
import type { CallContext } from './alipay.errors.js';

export const BILL: CallContext = { provider: 'alipay', operation: 'alipay.data.dataservice.bill.downloadurl.query' };

/** A statement, or a part of it, that proves nothing. Whatever was read of it before is to be undone. */
export function untrustedBill(why: string, cause?: unknown): UntrustedMessage {
  return new UntrustedMessage(`Alipay's statement proves nothing: ${why}. Download it again.`, { ...BILL, cause });
}
