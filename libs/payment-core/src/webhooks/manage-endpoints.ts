import type { Authorship } from '../audit/audit-entry.js';
import type { CoreContext } from '../core-context.js';
import { TEST_EVENT_TYPE, type AppEvent, type WebhookEventType } from '../event.js';
import { newId } from '../ids.js';
import { conflict, notFound } from '../problem.js';
import type { EndpointChange } from '../stores/webhook.store.js';
import { mintSigningKey } from './signing-keys.js';
import { webhookBody } from './webhook-body.js';
import type { SigningKey, WebhookEndpoint } from './webhook.js';

/** How many endpoints an app may have. */
export const MAX_ENDPOINTS = 10;

/** Keys that may sign at once: the header grows with each. */
const MAX_SIGNING_KEYS = 4;

export const DEFAULT_OVERLAP_HOURS = 24;
const HOUR_MS = 3_600_000;

type Core = Pick<CoreContext, 'stores' | 'clock'>;

export interface NewEndpoint {
  readonly app: string;
  /** Judged and canonical. */
  readonly url: string;
  readonly description?: string;
  readonly eventTypes: readonly WebhookEventType[];
  readonly enabled: boolean;
}

/** An endpoint with the key that is shown this once. */
export interface KeyedEndpoint {
  readonly endpoint: WebhookEndpoint;
  readonly key: SigningKey;
}

/** @throws PaymentProblem `webhook_endpoint_limit` */
export async function createEndpoint(core: Core, asked: NewEndpoint, by: Authorship): Promise<KeyedEndpoint> {
  const now = core.clock.now();
  const off = asked.enabled ? {} : { disabledReason: 'by_app' as const };
  const endpoint: WebhookEndpoint = { id: newId('whe', now), ...asked, ...off, createdAt: now };
  const key = mintSigningKey(now);
  if (await core.stores.webhooks.insertEndpoint(endpoint, key, MAX_ENDPOINTS, by)) return { endpoint, key };
  throw conflict('webhook_endpoint_limit', `An app has at most ${MAX_ENDPOINTS} webhook endpoints; delete one first.`);
}

/** @throws PaymentProblem not_found */
export async function findEndpoint(core: Core, app: string, id: string): Promise<WebhookEndpoint> {
  return known(await core.stores.webhooks.findEndpoint(app, id));
}

/** @throws PaymentProblem not_found */
export async function changeEndpoint(
  core: Core,
  app: string,
  id: string,
  change: EndpointChange,
  by: Authorship,
): Promise<WebhookEndpoint> {
  return known(await core.stores.webhooks.changeEndpoint(app, id, change, by));
}

/** @throws PaymentProblem not_found */
export async function deleteEndpoint(core: Core, app: string, id: string, by: Authorship): Promise<void> {
  if (!(await core.stores.webhooks.deleteEndpoint(app, id, by))) throw notFound('webhook endpoint');
}

/**
 * A new secret and key pair. What signed until now goes on signing for the overlap; with none, it and every older one stop at once.
 * @throws PaymentProblem `not_found`, `webhook_overlap_full`
 */
export async function rotateSecret(
  core: Core,
  app: string,
  id: string,
  overlapHours: number,
  by: Authorship,
): Promise<KeyedEndpoint> {
  const now = core.clock.now();
  const key = mintSigningKey(now);
  const overlap = { now, expiresAt: new Date(now.getTime() + overlapHours * HOUR_MS), most: MAX_SIGNING_KEYS };
  const outcome = await core.stores.webhooks.rotateKey(app, id, key, overlap, by);
  if (outcome === 'missing') throw notFound('webhook endpoint');
  if (outcome === 'full') {
    throw conflict(
      'webhook_overlap_full',
      `${MAX_SIGNING_KEYS} secrets sign already; wait for an overlap to end, or rotate with overlap_hours 0.`,
    );
  }
  return { endpoint: await findEndpoint(core, app, id), key };
}

/**
 * Sends a test event to this endpoint alone.
 * @returns the event's id
 * @throws PaymentProblem `not_found`, `webhook_endpoint_disabled`
 */
export async function testEndpoint(core: Core, app: string, id: string): Promise<string> {
  const endpoint = await findEndpoint(core, app, id);
  const now = core.clock.now();
  const data = { endpoint_id: endpoint.id };
  const event: AppEvent = { id: newId('evt', now), type: TEST_EVENT_TYPE, app, data, createdAt: now };
  const body = webhookBody({ ...event, sequence: null, history: [] });
  if (await core.stores.webhooks.insertTest(event, body, endpoint.id)) return event.id;
  throw disabled();
}

export function disabled() {
  return conflict('webhook_endpoint_disabled', 'The endpoint is disabled; enable it first.');
}

function known(endpoint: WebhookEndpoint | undefined): WebhookEndpoint {
  if (endpoint === undefined) throw notFound('webhook endpoint');
  return endpoint;
}
