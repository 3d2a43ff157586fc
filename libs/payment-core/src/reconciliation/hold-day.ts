import type { ReconciliationStore } from '../stores/reconciliation.store.js';
import type { ReconciliationRun } from './reconciliation.js';
import { LEASE_MS } from './reconciliation-plan.js';

/**
 * The day is still ours, for another lease. Before every batch that is written.
 * @throws LostRun when another run has begun; the signal's reason when this worker is being stopped
 */
export async function holdDay(store: Pick<ReconciliationStore, 'renew'>, run: ReconciliationRun): Promise<void> {
  run.signal?.throwIfAborted();
  await store.renew(run, LEASE_MS);
}
