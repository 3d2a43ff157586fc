import type { Pace } from '@hutong/payment-port';

/**
 * Orders: every 3–5 s for about a minute, as opendocs asks for codes, then longer and longer. Refunds: three seconds
 * apart, asked about from ten seconds on. The window is the contract's; opendocs states twelve months.
 */
export const alipayPace: Pace = {
  orderStepsS: [...new Array<number>(12).fill(5), 10, 30, 60, 180, 300, 600, 1_800],
  refundStepsS: [10, 10, 30, 60, 180, 300, 600, 1_800],
  backgroundPerSecond: 50,
  refunds: { apartS: 3, withinDays: 365 },
};
