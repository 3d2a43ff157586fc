/** How many failures a rollout may show before it is held. */
export interface Guardrail {
  /** Percent of the ended attempts, 1 to 100: more than this holds the rollout. */
  readonly failedPercent: number;
  /** Fewer ended attempts than this say nothing. */
  readonly minAttempts: number;
}

/** How a staged method's attempts ended since its step began. */
export interface AttemptTally {
  readonly paid: number;
  /** Ended without money, and not because the payer chose another way: refused by the provider, or failed there. */
  readonly failed: number;
}

/** Whether the rollout is to be held where it is. */
export function isBreached({ failedPercent, minAttempts }: Guardrail, { paid, failed }: AttemptTally): boolean {
  const ended = paid + failed;
  return ended >= minAttempts && failed * 100 > failedPercent * ended;
}
