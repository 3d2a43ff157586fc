import {
  accountsOfDay,
  PaymentProblem,
  reconcileDay,
  showReconciliation,
  type CoreContext,
} from '@hutong/payment-core';
import type { ReconciliationsConfiguration } from './reconciliations-configuration.js';

/** Days through the use cases themselves, for when no gateway runs: this process asks the providers. */
export function reconciliationsOfCore(core: CoreContext): ReconciliationsConfiguration {
  return {
    async showDay(day, after = '') {
      try {
        return await showReconciliation(core, day, { after });
      } catch (error) {
        if (error instanceof PaymentProblem && error.kind === 'not_found') return undefined;
        throw error;
      }
    },
    async reconcileDay(day) {
      for (const account of await accountsOfDay(core, day)) await reconcileDay(core, { account, date: day.date });
    },
  };
}
