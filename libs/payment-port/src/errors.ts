/** Why a provider said no, in our words; the core acts on these and never on a provider's own codes. */
export const REJECTION_REASONS = [
  'invalid_request',
  'invalid_configuration',
  'not_permitted',
  'order_exists',
  'order_paid',
  'order_closed',
  'order_not_found',
  'payer_unfit',
  'payer_declined',
  'insufficient_funds',
  'merchant_balance_too_low',
  'refund_exceeds_payment',
  'refund_window_over',
  'rate_limited',
  'unavailable',
] as const;

export type RejectionReason = (typeof REJECTION_REASONS)[number];

interface ProviderErrorDetails {
  readonly provider: string;
  readonly operation: string;
  readonly cause?: unknown;
}

/**
 * The four things that can go wrong with a provider, told apart by one question: can the money have moved?
 * `Rejected`: they said no. `NotReached`: it never left us. `OutcomeUnknown`: ask before anything else.
 * `UntrustedMessage`: what came back proves nothing.
 */
export abstract class ProviderError extends Error {
  readonly provider: string;
  readonly operation: string;
  /** True when the request may have taken effect although no proof of it arrived. */
  abstract readonly mayHaveHappened: boolean;

  constructor(message: string, details: ProviderErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.provider = details.provider;
    this.operation = details.operation;
  }
}

/** They understood and said no; nothing moved. */
export class Rejected extends ProviderError {
  override readonly mayHaveHappened = false;
  readonly reason: RejectionReason;
  /** The provider's own code, for people and logs only. */
  readonly code: string;

  constructor(message: string, details: ProviderErrorDetails & { reason: RejectionReason; code: string }) {
    super(message, details);
    this.reason = details.reason;
    this.code = details.code;
  }
}

/** The request never left us (refused connection, unknown host, bad TLS): the same request may go again. */
export class NotReached extends ProviderError {
  override readonly mayHaveHappened = false;
}

/** It may have happened: time-outs, resets, 5xx, unreadable answers. Ask the provider before anything else. */
export class OutcomeUnknown extends ProviderError {
  override readonly mayHaveHappened = true;
}

/** A signature, serial or clock does not hold. As an answer to a write, the write may still have happened. */
export class UntrustedMessage extends ProviderError {
  override readonly mayHaveHappened = true;
}

/** An account's settings do not fit its provider. `errors` point at fields by JSON Pointer and never repeat a value. */
export class InvalidAccountConfig extends Error {
  override readonly name = 'InvalidAccountConfig';
  constructor(
    readonly provider: string,
    readonly errors: readonly { readonly pointer: string; readonly message: string }[],
  ) {
    super(
      `The ${provider} account settings are not usable: ${errors.map((e) => `${e.pointer} ${e.message}`).join('; ')}.`,
    );
  }
}
