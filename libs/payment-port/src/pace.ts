/** What a wire takes in refunds of one order; the time between two of them is the account's (`Refunds.apartS`). */
export interface RefundLimits {
  /** How many refunds one order takes; absent: any number. */
  readonly parts?: number;
  /** Days after the payment in which it can be refunded; absent: for ever. */
  readonly withinDays?: number;
}

/** How often a provider wants to be asked, and how fast: from its own documents, declared beside its wire. */
export interface Pace {
  /** Seconds from one question about an order to the next; the last repeats. */
  readonly orderStepsS: readonly number[];
  /** The same about a refund. */
  readonly refundStepsS: readonly number[];
  /** How many orders and refunds one worker looks after in a second, so that a backlog drains and never floods. */
  readonly backgroundPerSecond: number;
  readonly refunds: RefundLimits;
}

/** For a wire whose documents say nothing. */
export const ORDINARY_PACE: Pace = {
  orderStepsS: [5, 10, 30, 60, 180, 300, 600, 1_800],
  refundStepsS: [5, 10, 30, 60, 180, 300, 600, 1_800],
  backgroundPerSecond: 20,
  refunds: {},
};
