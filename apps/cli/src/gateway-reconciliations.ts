import type { DayOfProvider, ReconciliationReport } from '@hutong/payment-core';
import { appPath, query, Refused, type AdminApi } from './admin-api.js';
import type { ReconciliationsConfiguration } from './reconciliations-configuration.js';

/** Days as a running gateway serves them; its worker reconciles. */
export function reconciliationsOfGateway(api: AdminApi): ReconciliationsConfiguration {
  return {
    async showDay(day, after) {
      try {
        return await api.call<ReconciliationReport>('GET', `${pathOf(day)}${query({ after })}`);
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return undefined;
        throw error;
      }
    },
    reconcileDay: async (day) => void (await api.call('POST', pathOf(day))),
  };
}

function pathOf({ app, provider, date }: DayOfProvider): string {
  return `${appPath(app)}/reconciliations/${encodeURIComponent(provider)}/${encodeURIComponent(date)}`;
}
