import type { Authorship } from './audit/audit-entry.js';
import type { CoreContext } from './core-context.js';
import type { OptionConfig } from './options/option-config.js';
import { notFound, PaymentProblem } from './problem.js';
import { differencesOfOptions, optionsOf, type SeedOptions } from './seeding/plan-seed.js';
import { StaleVersion } from './stores/config.store.js';

export interface OptionsChange {
  /** The version that was read before the change was thought of. */
  readonly expected: number;
  readonly by: Authorship;
  /** Tell the difference, write nothing. */
  readonly dryRun?: boolean;
}

/** What came of a change: the version in force, and one line per difference; without any, no version was made. */
export interface ChangedOptions {
  readonly version: number;
  readonly differences: readonly string[];
}

/**
 * Makes an app's options what is wanted, as a new version.
 * @throws PaymentProblem not_found; StaleVersion when somebody else was faster
 */
export async function changeOptions(
  core: CoreContext,
  app: string,
  wanted: SeedOptions,
  { expected, by, dryRun = false }: OptionsChange,
): Promise<ChangedOptions> {
  const { config } = core.stores;
  if ((await config.findApp(app)) === undefined) throw notFound('app');
  const current = await config.findOptions(app);
  const version = current?.version ?? 0;
  if (version !== expected) throw new StaleVersion(version);
  const differences = differencesOfOptions(current, wanted);
  if (dryRun || differences.length === 0) return { version, differences };
  return { version: await config.addOptions({ app, ...wanted }, by, expected), differences };
}

/** Makes an older version's content the newest version. @throws PaymentProblem not_found; StaleVersion */
export async function rollBackOptions(
  core: CoreContext,
  app: string,
  version: number,
  change: OptionsChange,
): Promise<ChangedOptions> {
  return changeOptions(core, app, optionsOf(await findVersion(core, app, version)), change);
}

/** One version of an app's options, or the newest. @throws PaymentProblem not_found, saying what there is */
export async function findVersion(
  core: Pick<CoreContext, 'stores'>,
  app: string,
  version?: number,
): Promise<OptionConfig> {
  const { config } = core.stores;
  const found = await config.findOptions(app, version);
  if (found !== undefined) return found;
  const newest = await config.findOptions(app);
  if (newest === undefined) throw notFound('app');
  const detail = `No version ${version} of the options of ${app}; there are 1 to ${newest.version}.`;
  throw new PaymentProblem('not_found', { code: 'not_found', detail });
}
