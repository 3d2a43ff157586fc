import { checkAttempt } from './check-attempt.js';
import { checkRefund } from './check-refund.js';
import { expirePayment } from './close-payment.js';
import type { CoreContext } from './core-context.js';

/** How long a claimed row stays this worker's: longer than a call to a provider may take. */
const LEASE_MS = 30_000;

/**
 * One round of the worker: claims what is due and looks after it — attempts and refunds are asked about, payments whose
 * time is over are closed. Rows are claimed in the database, so several workers never do the same one.
 * @returns how many rows were looked after
 */
export async function workDue(core: CoreContext, limit = 50): Promise<number> {
  const due = await core.stores.payments.claimDue(core.clock.now(), limit, LEASE_MS);
  const jobs = [
    ...due.attempts.map((attempt) => () => checkAttempt(core, attempt)),
    ...due.refunds.map((refund) => () => checkRefund(core, refund)),
    ...due.expired.map((payment) => () => expirePayment(core, payment)),
  ];
  await Promise.all(jobs.map((job) => guarded(core, job)));
  return jobs.length;
}

/** One row that fails must not keep the others waiting; it comes back when its lease ends. */
async function guarded(core: CoreContext, job: () => Promise<unknown>): Promise<void> {
  try {
    await job();
  } catch (error) {
    core.report(error, { doing: 'due work' });
  }
}
