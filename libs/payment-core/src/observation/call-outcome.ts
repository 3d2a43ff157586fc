import { NotReached, Rejected, UntrustedMessage } from '@hutong/payment-port';

export const CALL_OUTCOMES = ['ok', 'rejected', 'not_reached', 'unknown', 'untrusted'] as const;

/** How a provider call ended, by the one question of the port: can the money have moved? */
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** The class of what a provider call threw. What nobody foresaw is unknown, never failed. */
export function outcomeOfError(error: unknown): CallOutcome {
  if (error instanceof Rejected) return 'rejected';
  if (error instanceof NotReached) return 'not_reached';
  return error instanceof UntrustedMessage ? 'untrusted' : 'unknown';
}
