import { PaymentProblem } from '../problem.js';
import { mapping, members } from '../seeding/shape.js';
import { PointerSpot } from '../seeding/spot.js';
import type { AccountChange } from './change-account.js';

/** Reads `{settings: {…}}`. @throws PaymentProblem `invalid_request` pointing at what does not fit */
export function readAccountChange(document: unknown): Pick<AccountChange, 'settings'> {
  const root = new PointerSpot();
  const change = members({ settings: mapping }, {})(document, root);
  if (change !== undefined && root.problems.length === 0) return change;
  const [first] = root.problems;
  const detail = `${first?.pointer ?? ''} ${first?.message ?? 'is no change of an account'}`.trim();
  throw new PaymentProblem('invalid', { code: 'invalid_request', detail, errors: root.problems });
}
