import type { CheckoutFacts } from '../options/checkout-facts.js';

/** What the payer of one payment was shown, with everything that the answer depended on. */
export interface Impression {
  readonly id: string;
  readonly app: string;
  readonly paymentId: string;
  readonly configVersion: number;
  readonly facts: CheckoutFacts;
  /** Method ids in the payer's order. */
  readonly shown: readonly string[];
  readonly createdAt: Date;
}

export interface ImpressionStore {
  addImpression(impression: Impression): Promise<void>;
  /** Of one payment, oldest first. */
  listImpressions(app: string, paymentId: string): Promise<readonly Impression[]>;
  /** Of an app, from `from` on and before `until`, oldest first, after the one with id `after`. */
  listImpressionsBetween(query: {
    readonly app: string;
    readonly from: Date;
    readonly until: Date;
    readonly after?: string;
    readonly limit: number;
  }): Promise<readonly Impression[]>;
}
