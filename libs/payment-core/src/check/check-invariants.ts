import { verifyAudit } from '../audit/verify-audit.js';
import type { CoreContext } from '../core-context.js';
import { notFound } from '../problem.js';
import type { Invariant, Violation, ViolationQuery } from '../stores/operation.store.js';

/** How long something may be overdue before it counts as stuck. */
export const DEFAULT_HORIZON_MS = 600_000;

/** Follows hashes rather than rows, so it is no query. */
const AUDIT_CHAIN: Invariant = {
  id: 'I-25',
  sentence: 'Every entry of the audit log is as it was written, and none is missing.',
};

type Core = Pick<CoreContext, 'stores' | 'clock'>;

/** Every invariant that the database can be asked about. */
export function listInvariants({ stores }: Pick<CoreContext, 'stores'>): readonly Invariant[] {
  return [...stores.operation.invariants, AUDIT_CHAIN].toSorted((a, b) => a.id.localeCompare(b.id));
}

/**
 * A page of what breaks one invariant, by id after `after`; a page that is not full is the last.
 * @throws PaymentProblem not_found when there is no such invariant
 */
export async function findViolations(
  core: Core,
  id: string,
  query: Omit<ViolationQuery, 'now'>,
): Promise<readonly Violation[]> {
  if (id === AUDIT_CHAIN.id) return query.after === '' ? brokenChain(core) : [];
  if (!listInvariants(core).some((it) => it.id === id)) throw notFound('invariant');
  return core.stores.operation.violations(id, { ...query, now: core.clock.now() });
}

/** Behind the first broken link nothing is proven, so there is one violation or none. */
async function brokenChain(core: Core): Promise<readonly Violation[]> {
  const { broken } = await verifyAudit(core);
  return broken === undefined ? [] : [{ id: `entry ${broken.sequence}`, detail: `it is ${broken.why}` }];
}
