import type { Invariant, LedgerLine, Violation } from '@hutong/payment-core';
import { query, type AdminApi } from './admin-api.js';
import type { CheckConfiguration } from './check-configuration.js';

interface List<T> {
  readonly data: readonly T[];
}

/** A line as the admin API shows it. */
interface LineJson extends Omit<LedgerLine, 'paymentId'> {
  readonly payment_id: string;
}

/** The check as a running gateway serves it. */
export function checkOfGateway(api: AdminApi): CheckConfiguration {
  return {
    listInvariants: async () => (await api.call<List<Invariant>>('GET', '/check')).data,
    async findViolations(id, { after, limit, horizonMs }) {
      const page = query({ after: after || undefined, limit, horizon: Math.round(horizonMs / 1_000) });
      return (await api.call<List<Violation>>('GET', `/check/${encodeURIComponent(id)}${page}`)).data;
    },
    async ledger({ after, limit }) {
      const { data } = await api.call<List<LineJson>>('GET', `/ledger${query({ after: after || undefined, limit })}`);
      return data.map(({ payment_id, ...line }) => ({ ...line, paymentId: payment_id }));
    },
  };
}
