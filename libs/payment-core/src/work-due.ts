import { checkAttempt } from './check-attempt.js';
import { checkRefund } from './check-refund.js';
import { expirePayment } from './close-payment.js';
import type { CoreContext } from './core-context.js';
import { LEASE_MS, underLease } from './lease.js';
import type { Lease, Leased, WorkPart } from './stores/payment.store.js';

/** What needs no provider waits for nobody. */
const WITHOUT_PROVIDER = 100;

/**
 * One round of the worker for one provider, or without one for what none of the installed has: claims what is due, the
 * longest waiting first and no more than the provider's pace, and looks after it — attempts and refunds are asked about,
 * payments whose time is over are closed. Providers do not wait for one another, because each has rounds of its own.
 * @returns how many rows were looked after
 */
export async function workDue(core: CoreContext, provider?: string): Promise<number> {
  const { providers, stores, clock } = core;
  const part: WorkPart = provider === undefined ? { besides: providers.installed() } : { at: provider };
  const limit = provider === undefined ? WITHOUT_PROVIDER : providers.pace(provider).backgroundPerSecond;
  const due = await stores.payments.claimDue({ part, now: clock.now(), limit, leaseMs: LEASE_MS });
  const jobs = [
    ...each(core, due.attempts, checkAttempt),
    ...each(core, due.refunds, checkRefund),
    ...each(core, due.expired, expirePayment),
  ];
  await Promise.all(jobs);
  return jobs.length;
}

type Work<Row> = (core: CoreContext, row: Row) => Promise<unknown>;

function each<Row>(core: CoreContext, leased: readonly Leased<Row>[], work: Work<Row>): Promise<void>[] {
  return leased.map(({ row, lease }) => guarded(core, lease, () => work(underLease(core, lease), row)));
}

/** One row that fails must not keep the others waiting; it comes back when its lease ends. */
async function guarded(core: CoreContext, { kind, id }: Lease, job: () => Promise<unknown>): Promise<void> {
  try {
    await job();
  } catch (error) {
    core.report(error, { doing: 'due work', [`${kind}_id`]: id });
  }
}
