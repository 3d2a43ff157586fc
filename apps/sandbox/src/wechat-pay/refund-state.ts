import type { RefundResult } from '../frame/wire.js';
import type { WechatTradeRefund } from './order.js';

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

/**
 * `status` of a refund (protocol §5). An abnormal one is under way in the books: the money is with nobody, and it may
 * still arrive. CLOSED is final, its sum may be refunded under another number.
 */
export function refundStatus({ state, wire }: WechatTradeRefund): RefundStatus {
  if (state === 'succeeded') return 'SUCCESS';
  if (state === 'failed') return 'CLOSED';
  return wire.abnormalMs !== undefined && wire.sentTo === undefined ? 'ABNORMAL' : 'PROCESSING';
}

/** 退款状态 of a bill that was made at `madeAt` (ms since 1970); what happens later is in no bill (protocol §7). */
export function refundWordAt(refund: WechatTradeRefund, madeAt: number): 'SUCCESS' | 'PROCESSING' | 'FAIL' | 'CHANGE' {
  const { state, settledAt, wire } = refund;
  const isOver = settledAt !== undefined && settledAt.getTime() <= madeAt;
  if (isOver) return state === 'failed' ? 'FAIL' : 'SUCCESS';
  return wire.abnormalMs !== undefined && wire.abnormalMs <= madeAt ? 'CHANGE' : 'PROCESSING';
}

const A_MINUTE_MS = 60_000;
const A_DAY_MS = 86_400_000;

/** Within a second, whatever comes of it. */
const FRIENDLY_MS = 500;

/**
 * Under `strict`: a balance has its money within a minute, a bank answers after a day, and a refund that the merchant
 * never funded is closed after seven (protocol §5).
 */
const STRICT_MS = {
  success: A_MINUTE_MS,
  abnormal: A_DAY_MS,
  closed: 7 * A_DAY_MS,
} as const satisfies Record<RefundResult, number>;

export const refundTakesMs = (result: RefundResult, strict = false): number =>
  strict ? STRICT_MS[result] : FRIENDLY_MS;

/** How long an abnormal refund takes to reach a bank card. */
export const cardTakesMs = (strict = false): number => (strict ? A_DAY_MS : FRIENDLY_MS);
