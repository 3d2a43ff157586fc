/** What a webhook can report; an installation newer than this client may send others. */
export const WEBHOOK_EVENT_TYPES = [
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
  'rollout.held',
  'webhook_endpoint.disabled',
  'reconciliation.difference',
] as const;

export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** A webhook whose sender is proven. Ids, states and amounts only: ask the API for the rest. */
export interface WebhookEvent {
  /** `webhook-id`: the same on every delivery of the event. Keep it, and do nothing the second time. */
  readonly id: string;
  /** When this delivery was signed. */
  readonly sentAt: Date;
  readonly type: WebhookEventType | (string & {});
  /** The body as it was sent, whole. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Why a message is not taken for a webhook of the gateway. */
export type WebhookDistrust =
  | 'header_missing'
  | 'header_repeated'
  | 'header_malformed'
  | 'too_old'
  | 'too_new'
  | 'no_signature_matches'
  | 'body_unreadable';

/** Answer 400, and believe nothing that it says. */
export class UntrustedWebhook extends Error {
  override readonly name = 'UntrustedWebhook';

  constructor(
    readonly reason: WebhookDistrust,
    message: string,
  ) {
    super(message);
  }
}

/** Headers as a web `Request` or as Node has them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
