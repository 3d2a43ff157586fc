import { findViolations, listInvariants, type CoreContext } from '@hutong/payment-core';
import type { CheckConfiguration } from './check-configuration.js';

/** The check on the store itself, for when no gateway runs. */
export function checkOfCore(core: Pick<CoreContext, 'stores' | 'clock'>): CheckConfiguration {
  return {
    listInvariants: async () => listInvariants(core),
    findViolations: (id, page) => findViolations(core, id, page),
    ledger: (page) => core.stores.operation.ledger(page),
  };
}
