import type { Clock } from '@hutong/payment-port';
import type { CoreContext } from '../core-context.js';
import type { AppEvent } from '../event.js';
import { newId } from '../ids.js';
import type { DeliveryOutcome } from '../stores/webhook.store.js';
import { FAILING_LIMIT_MS, retryAfterMs, retryDelay } from './retry-schedule.js';
import { webhookHeaders } from './sign-webhook.js';
import type { ClaimedDelivery, DeliveryAttempt, SendError } from './webhook.js';

/** How an exchange ended: with a whole answer's status, or in an error. */
export type SendResult = { readonly status: number; readonly retryAfter?: string } | { readonly error: SendError };

/** Posts one message to an address that somebody else chose. It never throws and never follows. */
export interface WebhookSender {
  send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<SendResult>;
}

export interface DeliveryTools {
  readonly sender: WebhookSender;
  /** Real time: receivers compare the message's timestamp with their own clock. */
  readonly wallClock: Clock;
  /** Changes the jitter of retries. */
  readonly seed?: string;
}

type Core = Pick<CoreContext, 'stores' | 'clock' | 'report'>;

/**
 * One exchange of a claimed delivery, and what follows from it. 2xx is delivered, 410 disables the endpoint, anything else
 * is tried again on the ladder until that ends. Retries stand on business time.
 */
export async function deliverWebhook(core: Core, tools: DeliveryTools, claimed: ClaimedDelivery): Promise<void> {
  const began = tools.wallClock.now();
  const keys = await core.stores.webhooks.signingKeys(claimed.endpointId, core.clock.now());
  if (keys.length === 0) return; // deleted since it was claimed
  const headers = webhookHeaders({ id: claimed.eventId, at: began, body: claimed.body }, keys);
  const result = await tools.sender.send(claimed.url, headers, claimed.body);
  const ended = tools.wallClock.now();
  const outcome = outcomeOf(core, claimed, result, ended, tools.seed);
  if (await core.stores.webhooks.finishAttempt(claimed, attemptOf(result, began, ended), outcome, core.clock.now()))
    tell(core, claimed, outcome);
}

function attemptOf(result: SendResult, at: Date, ended: Date): DeliveryAttempt {
  const how = 'status' in result ? { status: result.status } : { error: result.error };
  return { id: newId('wha', at), at, durationMs: Math.max(0, ended.getTime() - at.getTime()), ...how };
}

function outcomeOf(
  core: Core,
  claimed: ClaimedDelivery,
  result: SendResult,
  wallNow: Date,
  seed: string | undefined,
): DeliveryOutcome {
  const status = 'status' in result ? result.status : undefined;
  if (status !== undefined && status >= 200 && status < 300) return { kind: 'delivered' };
  const now = core.clock.now();
  if (status === 410) return disable(claimed, 'gone', now);
  if (claimed.failingSince !== undefined && now.getTime() - claimed.failingSince.getTime() >= FAILING_LIMIT_MS)
    return disable(claimed, 'failing', now);
  const step = retryDelay(claimed.attempts + 1, claimed.id, seed);
  if (step === undefined) return { kind: 'dead_letter' };
  return { kind: 'retry', at: new Date(now.getTime() + Math.max(step, askedToWait(result, wallNow))) };
}

/** Only where the status says "later" is the receiver's wish heard. */
function askedToWait(result: SendResult, now: Date): number {
  if (!('status' in result) || ![429, 503].includes(result.status)) return 0;
  return retryAfterMs(result.retryAfter, now) ?? 0;
}

function disable({ app, endpointId }: ClaimedDelivery, reason: 'gone' | 'failing', now: Date): DeliveryOutcome {
  const event: AppEvent = {
    id: newId('evt', now),
    type: 'webhook_endpoint.disabled',
    app,
    data: { endpoint_id: endpointId, reason },
    createdAt: now,
  };
  return { kind: 'disable', reason, event };
}

/** What a person should see. */
function tell(core: Core, { app, endpointId, eventId }: ClaimedDelivery, outcome: DeliveryOutcome): void {
  const details = { app, endpoint_id: endpointId, event_id: eventId };
  if (outcome.kind === 'dead_letter') core.report(new Error('A webhook was given up.'), details);
  if (outcome.kind === 'disable')
    core.report(new Error('A webhook endpoint was disabled.'), { ...details, reason: outcome.reason });
}
