import { PaymentProblem } from '../problem.js';
import type { Installation } from '../provider-directory.js';
import type { AppSeed } from './app-seed.js';
import type { SeedOptions } from './plan-seed.js';
import { optionsShape, seedShape } from './seed-shape.js';
import type { Shape } from './shape.js';
import { PointerSpot } from './spot.js';

/**
 * Reads an app's whole configuration out of JSON: the document of a seed file, its account settings in it.
 * @throws PaymentProblem `invalid_request` pointing at everything that does not fit
 */
export function readAppSeed(document: unknown, installation: Installation): AppSeed {
  const seed = read(document, seedShape(installation, 'resolved'), 'an app');
  return { ...seed, accounts: seed.accounts.map((account) => ({ ...account, settings: account.settings ?? {} })) };
}

/** Reads the versioned part alone: `{providers, options, order, links}`. @throws PaymentProblem as above */
export function readOptions(document: unknown, installation: Installation): SeedOptions {
  return read(document, optionsShape(installation), 'the options of an app');
}

function read<T>(document: unknown, shape: Shape<T>, what: string): T {
  const root = new PointerSpot();
  const value = shape(document, root);
  if (value !== undefined && root.problems.length === 0) return value;
  const [first] = root.problems;
  const detail = first === undefined ? `This is not ${what}.` : `${first.pointer} ${first.message}`.trim();
  throw new PaymentProblem('invalid', { code: 'invalid_request', detail, errors: root.problems });
}
