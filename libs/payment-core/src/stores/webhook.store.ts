import type { Authorship } from '../audit/audit-entry.js';
import type { AppEvent } from '../event.js';
import type { EventFacts } from '../webhooks/webhook-body.js';
import type {
  ClaimedDelivery,
  Delivery,
  DeliveryAttempt,
  RecordedEvent,
  SigningKey,
  WebhookEndpoint,
} from '../webhooks/webhook.js';

export type EndpointChange = Partial<Pick<WebhookEndpoint, 'url' | 'eventTypes' | 'enabled'>> & {
  /** Null takes it away. */
  readonly description?: string | null;
};

/** What follows from one exchange. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly at: Date }
  | { readonly kind: 'dead_letter' }
  /** The endpoint gets nothing more, and whatever waits for it is given up, with this event. */
  | { readonly kind: 'disable'; readonly reason: 'gone' | 'failing'; readonly event: AppEvent };

export interface EventFilter {
  readonly paymentId?: string;
  readonly type?: string;
  readonly limit: number;
  /** The last one of the page before. */
  readonly after?: { readonly createdAt: Date; readonly id: string };
}

/** Which events go out again: one by its id, or those created in [from, to). */
export interface Redelivery {
  readonly app: string;
  readonly events: { readonly id: string } | { readonly from: Date; readonly to: Date };
  /** Absent: every enabled endpoint that subscribes to the type. */
  readonly endpointId?: string;
  /** Leaves out what an endpoint has taken already. */
  readonly undeliveredOnly: boolean;
  /** More than this many deliveries: nothing is done. */
  readonly most: number;
}

export interface ClaimLimits {
  readonly limit: number;
  readonly leaseMs: number;
  /** Exchanges with one endpoint at a time; an endpoint that fails gets one. */
  readonly perEndpoint: number;
}

/**
 * Endpoints, and the events on their way to them. Ids of other apps are as unknown as ids that do not exist. Changes of an
 * endpoint are audited in their own transaction.
 */
export interface WebhookStore {
  /** False when the app has `most` of them already. */
  insertEndpoint(endpoint: WebhookEndpoint, key: SigningKey, most: number, by: Authorship): Promise<boolean>;
  /** Oldest first. */
  listEndpoints(app: string): Promise<readonly WebhookEndpoint[]>;
  findEndpoint(app: string, id: string): Promise<WebhookEndpoint | undefined>;
  /** Disabling gives up what is on its way; enabling forgets that it failed. */
  changeEndpoint(app: string, id: string, change: EndpointChange, by: Authorship): Promise<WebhookEndpoint | undefined>;
  /** Its keys are gone with it; what was delivered to it stays on record. */
  deleteEndpoint(app: string, id: string, by: Authorship): Promise<boolean>;
  /** Adds a key; the one before it signs until `expiresAt`. `full`: `most` keys would sign. */
  rotateKey(
    app: string,
    id: string,
    key: SigningKey,
    overlap: { readonly now: Date; readonly expiresAt: Date; readonly most: number },
    by: Authorship,
  ): Promise<'rotated' | 'full' | 'missing'>;
  /** Those that sign now, newest first. */
  signingKeys(endpointId: string, now: Date): Promise<readonly SigningKey[]>;

  /**
   * Takes committed events that were not relayed yet, writes the body of each, and a delivery for every enabled endpoint that
   * subscribes to it. Several may relay at once: each event is taken by one. Answers how many were taken.
   */
  relay(now: Date, limit: number, bodyOf: (facts: EventFacts) => string): Promise<number>;
  /** A test event, for one endpoint alone. False when it is disabled. */
  insertTest(event: AppEvent, body: string, endpointId: string): Promise<boolean>;
  /** Claims what is due, one per endpoint before a second for any, and no more than the limits allow. */
  claimDeliveries(now: Date, limits: ClaimLimits): Promise<readonly ClaimedDelivery[]>;
  /** Writes down an exchange and what follows; false when the lease was lost and nothing was written. `now`: business time. */
  finishAttempt(
    claimed: ClaimedDelivery,
    attempt: DeliveryAttempt,
    outcome: DeliveryOutcome,
    now: Date,
  ): Promise<boolean>;

  /** Newest first. */
  listEvents(app: string, filter: EventFilter): Promise<readonly RecordedEvent[]>;
  findEvent(app: string, id: string): Promise<RecordedEvent | undefined>;
  deliveriesOf(eventId: string): Promise<readonly Delivery[]>;
  /** Puts deliveries on their way from the first step; how many, or how many too many there would be. */
  redeliver(
    what: Redelivery,
    now: Date,
  ): Promise<{ readonly outcome: 'queued' | 'too_many'; readonly deliveries: number }>;
}
