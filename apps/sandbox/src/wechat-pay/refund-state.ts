import type { WechatTradeRefund } from './order.js';

/** 退款状态 of a bill that was made at `madeAt` (ms since 1970); what happens later is in no bill (protocol §7). */
export function refundWordAt(
  { state, settledAt }: WechatTradeRefund,
  madeAt: number,
): 'SUCCESS' | 'PROCESSING' | 'FAIL' {
  if (settledAt === undefined || settledAt.getTime() > madeAt) return 'PROCESSING';
  return state === 'failed' ? 'FAIL' : 'SUCCESS';
}
