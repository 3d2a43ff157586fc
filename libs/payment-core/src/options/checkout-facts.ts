import type { Environment, Scene } from '@hutong/payment-port';

/** What a checkout says of itself. */
export interface Checkout {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly scene: Scene;
  /** The merchant's own id of the payer: testers and rollouts go by it. */
  readonly payerId?: string;
  /** Groups that the merchant counts the payer to. */
  readonly segments?: readonly string[];
  /** Of the merchant's client, `8.2.0`. */
  readonly clientVersion?: string;
  /** Where the payer stands, when the merchant tells. */
  readonly environment?: Environment;
}

/**
 * Everything that the answer depends on beside the version of the config and the methods of the installation: the same
 * facts give the same answer for a stored version, however long ago they were facts. Plain data, kept as JSON.
 */
export interface CheckoutFacts extends Omit<Checkout, 'environment'> {
  readonly now: Date;
  /** Providers that the app has an account at. */
  readonly accounts: readonly string[];
  /** Providers that do not answer at the moment. */
  readonly unavailable?: readonly string[];
  /** Rollouts that are held, and since when (RFC 3339). */
  readonly holds?: Readonly<Record<string, string>>;
  /** Methods that cannot work where the payer stands, and what is missing. */
  readonly unfit?: Readonly<Record<string, string>>;
}
