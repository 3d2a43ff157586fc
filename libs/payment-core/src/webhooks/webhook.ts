import type { WebhookEventType } from '../event.js';

/** Why an endpoint gets nothing: the app switched it off, it answered 410, or nothing but failures came of it for days. */
export const DISABLED_REASONS = ['by_app', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** Where an app wants to hear of its events. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly app: string;
  /** In its canonical form. */
  readonly url: string;
  readonly description?: string;
  /** Empty: every type, those of later versions too. */
  readonly eventTypes: readonly WebhookEventType[];
  readonly enabled: boolean;
  readonly disabledReason?: DisabledReason;
  readonly createdAt: Date;
  /** The first failure since the last success, in business time. */
  readonly failingSince?: Date;
}

/** What an endpoint's messages are signed with; in its overlap an old one signs beside the new one. */
export interface SigningKey {
  readonly id: string;
  /** `whsec_…`, 32 random bytes: shared with the receiver. */
  readonly secret: string;
  /** `whpk_…`, the raw 32 bytes of an ed25519 public key. */
  readonly publicKey: string;
  /** The other half, PKCS #8 as base64; it leaves the store for signing only. */
  readonly privateKey: string;
  readonly createdAt: Date;
  /** Business time; absent: until it is rotated. */
  readonly expiresAt?: Date;
}

/** `dead_letter`: given up until somebody asks for a redelivery. */
export const DELIVERY_STATUSES = ['pending', 'delivered', 'dead_letter'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Why no whole answer came: a class of error, never what the receiver said. */
export const SEND_ERRORS = [
  'url_refused',
  'address_refused',
  'lookup_failed',
  'not_connected',
  'tls_failed',
  'timed_out',
  'answer_cut_off',
] as const;
export type SendError = (typeof SEND_ERRORS)[number];

/** One exchange with an endpoint, as it is kept: when and how it ended, no byte of the answer. */
export interface DeliveryAttempt {
  readonly id: string;
  /** Real time. */
  readonly at: Date;
  readonly durationMs: number;
  /** HTTP status, when a whole answer came. */
  readonly status?: number;
  readonly error?: SendError;
}

/** One event on its way to one endpoint; there is never a second row for the two. */
export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly endpointId: string;
  readonly status: DeliveryStatus;
  /** Exchanges since it was last put on its way. */
  readonly attempts: number;
  /** Business time; absent when nothing is to come. */
  readonly nextAttemptAt?: Date;
  readonly log: readonly DeliveryAttempt[];
}

/** A delivery that is this worker's until its lease ends, with what it takes to send it. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly app: string;
  readonly eventId: string;
  readonly endpointId: string;
  readonly url: string;
  readonly body: string;
  readonly attempts: number;
  readonly failingSince?: Date;
  /** Fences off a worker whose lease has passed: what it writes then is refused. */
  readonly fence: number;
}

/** An event as the API tells it. */
export interface RecordedEvent {
  readonly id: string;
  readonly app: string;
  readonly type: string;
  readonly createdAt: Date;
  readonly paymentId?: string;
  readonly sequence?: number;
  /** The bytes that webhooks carry. */
  readonly body: string;
}
