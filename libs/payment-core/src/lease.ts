import type { CoreContext } from './core-context.js';
import type { Lease } from './stores/payment.store.js';

/** By the database's clock, renewed before every call: longer than one call to a provider may take. */
export const LEASE_MS = 30_000;

/** Another worker has the row by now: nothing more is called or written for it here. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor({ kind, id }: Lease) {
    super(`The lease of ${kind} ${id} has passed to another worker.`);
  }
}

/**
 * The same context for work on a leased row: its store writes only while the lease holds, and no provider is called
 * before the lease has been renewed. A worker that was stopped for longer than its lease does nothing when it wakes.
 */
export function underLease(core: CoreContext, lease: Lease): CoreContext {
  const { payments } = core.stores;
  return {
    ...core,
    stores: { ...core.stores, payments: payments.underLease(lease) },
    aroundProviderCall: async (call) => {
      if (!(await payments.renewLease(lease, LEASE_MS))) throw new LeaseLost(lease);
      return call();
    },
  };
}
