import { PaymentProblem } from '../problem.js';
import type { Installation } from '../provider-directory.js';
import type { AppSeed } from './app-seed.js';
import { seedShape } from './seed-shape.js';
import { PointerSpot } from './spot.js';

/**
 * Reads an app's whole configuration out of JSON: the document of a seed file, its account settings in it.
 * @throws PaymentProblem `invalid_request` pointing at everything that does not fit
 */
export function readAppSeed(document: unknown, installation: Installation): AppSeed {
  const root = new PointerSpot();
  const seed = seedShape(installation, 'resolved')(document, root);
  if (seed === undefined || root.problems.length > 0) {
    const [first] = root.problems;
    const detail = `${first?.pointer ?? ''} ${first?.message ?? 'is not an app'}`.trim();
    throw new PaymentProblem('invalid', { code: 'invalid_request', detail, errors: root.problems });
  }
  return { ...seed, accounts: seed.accounts.map((account) => ({ ...account, settings: account.settings ?? {} })) };
}
