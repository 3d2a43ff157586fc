import type { Pace } from '@hutong/payment-port';

/** Between two refunds of one trade, as opendocs asks. */
export const REFUND_SPACING_S = 3;

/**
 * Orders: every 3–5 s for about a minute, as opendocs asks for codes, then longer and longer. Refunds: asked about
 * from ten seconds on. The window is the contract's; opendocs states twelve months.
 */
export const alipayPace: Pace = {
  orderStepsS: [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 10, 30, 60, 180, 300, 600, 1_800],
  refundStepsS: [10, 10, 30, 60, 180, 300, 600, 1_800],
  backgroundPerSecond: 50,
  refunds: { withinDays: 365 },
};
