import {
  notFound,
  type CoreContext,
  type Delivery,
  type DeliveryAttempt,
  type RecordedEvent,
} from '@hutong/payment-core';
import type { DeliveryAttemptSchema, DeliverySchema, EventSchema, EventSummarySchema } from './event.schema.js';

/** What the message says, as it says it. */
export function eventView({ body }: RecordedEvent): EventSummarySchema {
  const { id, type, created_at, app, sequence, data } = JSON.parse(body) as Omit<EventSummarySchema, 'object'>;
  return { id, object: 'event', type, created_at, app, sequence, data };
}

/** @throws PaymentProblem not_found */
export async function eventWithDeliveries(core: CoreContext, app: string, id: string): Promise<EventSchema> {
  const event = await core.stores.webhooks.findEvent(app, id);
  if (event === undefined) throw notFound('event');
  return { ...eventView(event), deliveries: (await core.stores.webhooks.deliveriesOf(id)).map(deliveryView) };
}

function deliveryView({ id, endpointId, status, attempts, nextAttemptAt, log }: Delivery): DeliverySchema {
  return {
    id,
    endpoint_id: endpointId,
    status,
    attempts,
    next_attempt_at: nextAttemptAt?.toISOString() ?? null,
    log: log.map(attemptView),
  };
}

function attemptView({ at, durationMs, status, error }: DeliveryAttempt): DeliveryAttemptSchema {
  return { at: at.toISOString(), duration_ms: durationMs, status: status ?? null, error: error ?? null };
}
