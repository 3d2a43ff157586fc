export const EVENT_TYPES = [
  'payment.created',
  'payment.attempt_opened',
  'payment.attempt_failed',
  'payment.paid',
  'payment.closed',
  'payment.overpaid',
  'payment.needs_review',
  'friend_request.created',
  'friend_request.held',
  'friend_request.canceled',
  'refund.created',
  'refund.succeeded',
  'refund.failed',
  'refund.needs_review',
] as const;

/** Of an app, with no payment behind them. */
export const APP_EVENT_TYPES = ['rollout.held', 'webhook_endpoint.disabled', 'reconciliation.difference'] as const;

/** Sent to one endpoint because somebody asked for it; nobody subscribes to it. */
export const TEST_EVENT_TYPE = 'webhook.test';

export type EventType = (typeof EVENT_TYPES)[number];
export type AppEventType = (typeof APP_EVENT_TYPES)[number] | typeof TEST_EVENT_TYPE;

/** What a webhook endpoint may subscribe to. */
export const WEBHOOK_EVENT_TYPES = [...EVENT_TYPES, ...APP_EVENT_TYPES] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** Something that happened to a payment; it commits with the change it reports. Its sequence per payment is the store's. */
export interface NewEvent {
  readonly id: string;
  readonly type: EventType;
  readonly app: string;
  readonly paymentId: string;
  /** JSON, small, without personal data. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

export interface PaymentEvent extends NewEvent {
  /** 1, 2, 3 … per payment. */
  readonly sequence: number;
}

/** Something that happened to an app. */
export interface AppEvent {
  readonly id: string;
  readonly type: AppEventType;
  readonly app: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}
