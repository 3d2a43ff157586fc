import type { CoreContext } from '../core-context.js';
import { conflict, invalid, notFound } from '../problem.js';
import type { Redelivery } from '../stores/webhook.store.js';
import { disabled, findEndpoint } from './manage-endpoints.js';

/** Deliveries that one call may put on their way. */
export const MAX_REDELIVERIES = 10_000;

type Core = Pick<CoreContext, 'stores' | 'clock'>;

/**
 * Sends one event again, with the id and the bytes that it always had.
 * @returns how many deliveries are on their way
 * @throws PaymentProblem `not_found`, `webhook_endpoint_disabled`
 */
export async function redeliverEvent(core: Core, app: string, id: string, endpointId?: string): Promise<number> {
  if ((await core.stores.webhooks.findEvent(app, id)) === undefined) throw notFound('event');
  return queue(core, { app, events: { id }, ...to(endpointId), undeliveredOnly: false, most: MAX_REDELIVERIES });
}

/**
 * Sends again what happened from `from` until before `to`; live events go first.
 * @throws PaymentProblem `invalid_request`, `not_found`, `webhook_endpoint_disabled`, `too_many_redeliveries`
 */
export async function redeliverRange(
  core: Core,
  app: string,
  range: { readonly from: Date; readonly to: Date },
  options: { readonly endpointId?: string; readonly undeliveredOnly: boolean },
): Promise<number> {
  if (range.from >= range.to) throw invalid('/to', 'must be later than from.');
  return queue(core, { app, events: range, ...to(options.endpointId), ...options, most: MAX_REDELIVERIES });
}

function to(endpointId: string | undefined): { endpointId?: string } {
  return endpointId === undefined ? {} : { endpointId };
}

async function queue(core: Core, what: Redelivery): Promise<number> {
  if (what.endpointId !== undefined && !(await findEndpoint(core, what.app, what.endpointId)).enabled) throw disabled();
  const { outcome, deliveries } = await core.stores.webhooks.redeliver(what, core.clock.now());
  if (outcome === 'queued') return deliveries;
  throw conflict(
    'too_many_redeliveries',
    `These are ${deliveries} deliveries; ask for at most ${what.most} at a time.`,
    {
      deliveries,
    },
  );
}
