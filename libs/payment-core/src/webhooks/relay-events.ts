import type { CoreContext } from '../core-context.js';
import { webhookBody } from './webhook-body.js';

const BATCH = 100;

/**
 * The outbox: an event commits with the change that it reports, and from here on it is on its way to the app's endpoints.
 * @returns how many events were relayed; as many as the batch holds: there may be more
 */
export function relayEvents(core: Pick<CoreContext, 'stores' | 'clock'>, limit = BATCH): Promise<number> {
  return core.stores.webhooks.relay(core.clock.now(), limit, webhookBody);
}
