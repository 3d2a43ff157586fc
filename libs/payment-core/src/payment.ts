import type { Money, NextAction, Scene } from '@hutong/payment-port';

export const PAYMENT_STATUSES = ['open', 'paid', 'closed'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const ATTEMPT_STATUSES = [
  'starting',
  'awaiting_payer',
  'unknown',
  'paid',
  'failed',
  'closed',
  'superseded',
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

export const REFUND_STATUSES = ['processing', 'unknown', 'succeeded', 'failed', 'needs_review'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** Who pays, as far as the merchant says. */
export interface PayerFacts {
  readonly id?: string;
  readonly openid?: string;
  readonly ip?: string;
  readonly userAgent?: string;
  /** Groups that the merchant counts the payer to. */
  readonly segments?: readonly string[];
  /** Of the merchant's client that the payer uses. */
  readonly clientVersion?: string;
  /** Where the payer stands, as in the port's `Environment`. */
  readonly pageUrl?: string;
  readonly referrerPolicy?: string;
  readonly clientAppId?: string;
}

/** One order of one app, to be paid once. */
export interface Payment {
  readonly id: string;
  readonly app: string;
  /** The merchant's number, unique within the app for ever. */
  readonly orderNo: string;
  /** SHA-256 of what was asked for: the same number with other content is a conflict. */
  readonly contentHash: string;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly description: string;
  readonly scene?: Scene;
  readonly payer?: PayerFacts;
  readonly returnUrl?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Opaque, at least 128 bits: the cashier page's address. */
  readonly cashierToken: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly paidAt?: Date;
  readonly closedReason?: 'canceled' | 'expired';
  /** The attempt whose capture was accepted. */
  readonly paidWith?: string;
  /** Something about it waits for a person. */
  readonly needsReview?: true;
}

/** One try of a payment with one method. */
interface Try {
  readonly id: string;
  readonly paymentId: string;
  readonly app: string;
  readonly method: string;
  readonly scene: Scene;
  /** The number the provider knows; never used twice. */
  readonly reference: string;
  /** Tells "the same method, scene and payer" (or code that the payer shows) apart: a hash, no personal data. */
  readonly payerKey: string;
  /** The request that it answers, when a friend opened it. */
  readonly friendRequestId?: string;
  readonly status: AttemptStatus;
  readonly nextAction?: NextAction;
  /** Why it failed, in our word. */
  readonly code?: string;
  readonly createdAt: Date;
  /** After this moment the provider takes no money for it. */
  readonly expiresAt: Date;
  /** When to ask the provider next; absent once nothing can change. */
  readonly nextCheckAt?: Date;
  /** How often it was asked already: the place on its polling plan. */
  readonly checks: number;
  /** When a person was told that its provider says nothing final of it. */
  readonly alertedAt?: Date;
}

/** A try at a wallet, pinned to the account version that made it. */
export interface WalletAttempt extends Try {
  readonly provider: string;
  readonly accountId: string;
  readonly accountVersion: number;
}

/** A code that is shown before anybody knows whose wallet will scan it: no provider has heard of it, nobody can pay it. */
export interface ScanCodeAttempt extends Try {
  readonly provider?: undefined;
  readonly accountId?: undefined;
  readonly accountVersion?: undefined;
}

export type Attempt = WalletAttempt | ScanCodeAttempt;

/** Whether there is a provider to ask, close at and pay with. */
export function hasWallet(attempt: Attempt): attempt is WalletAttempt {
  return attempt.provider !== undefined;
}

/** Money proven to have moved to the merchant. Only an accepted one pays the payment; any other is owed back. */
export interface Capture {
  readonly id: string;
  readonly paymentId: string;
  readonly attemptId: string;
  readonly provider: string;
  readonly accountId: string;
  readonly providerReference: string;
  readonly amount: Money;
  readonly paidAt: Date;
  readonly payerId?: string;
  readonly accepted: boolean;
  /** What proved it. */
  readonly proof: 'notification' | 'query';
  /** The inbox row of the notification; absent for a query answer. */
  readonly notificationId?: string;
}

/** Money on its way back, always to where it came from. */
export interface Refund {
  readonly id: string;
  readonly app: string;
  readonly paymentId: string;
  readonly captureId: string;
  /** The merchant's number, unique within the app for ever; absent when we owe it by rule. */
  readonly refundNo?: string;
  /** The number the provider knows; the same on every retry. */
  readonly reference: string;
  readonly amount: Money;
  readonly reason?: string;
  readonly status: RefundStatus;
  readonly code?: string;
  /** `obligation`: a capture that no open payment was waiting for. */
  readonly cause: 'merchant' | 'obligation';
  readonly createdAt: Date;
  readonly succeededAt?: Date;
  /** Not before: its provider wants time between two refunds of one capture. */
  readonly sendAt?: Date;
  /** Committed before the provider is called; absent: it surely never heard of it. */
  readonly sentAt?: Date;
  readonly nextCheckAt?: Date;
  readonly checks: number;
  /** As an attempt's. */
  readonly alertedAt?: Date;
}

/** A payment with everything that hangs on it. */
export interface PaymentRecord {
  readonly payment: Payment;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  readonly captures: readonly Capture[];
  /** Oldest first. */
  readonly refunds: readonly Refund[];
}

/** The try that a capture came from. */
export function attemptBehind(record: PaymentRecord, { attemptId }: Capture): WalletAttempt | undefined {
  return record.attempts.filter(hasWallet).find(({ id }) => id === attemptId);
}
