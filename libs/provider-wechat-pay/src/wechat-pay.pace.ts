import type { Pace } from '@hutong/payment-port';

/** Between two refunds of one order: the same page. */
export const REFUND_SPACING_S = 60;

/**
 * Orders: the ladder of pay.weixin.qq.com's page on looking after orders (5 s, 30 s, 1, 3, 5, 10, 30 minutes). Refunds:
 * 4013071036 — 50 parts within 365 days; a balance refund takes minutes, a card days, so that its ladder
 * ends at an hour. Query limits of orders are unpublished; of refunds 300 a second, and 6 for calls that fail.
 */
export const wechatPayPace: Pace = {
  orderStepsS: [5, 30, 60, 180, 300, 600, 1_800],
  refundStepsS: [10, 30, 60, 180, 300, 600, 1_800, 3_600],
  backgroundPerSecond: 50,
  refunds: { parts: 50, withinDays: 365 },
};
