export const EVENT_TYPES = [
  'payment.created',
  'payment.attempt_opened',
  'payment.attempt_failed',
  'payment.paid',
  'payment.closed',
  'payment.overpaid',
  'payment.needs_review',
  'refund.created',
  'refund.succeeded',
  'refund.failed',
  'refund.needs_review',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

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
