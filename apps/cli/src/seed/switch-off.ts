import { readOptions, type Installation, type SeedChange, type SeedFile } from '@hutong/payment-core';
import type { Configuration, SeedRun } from '../configuration.js';

type Document = Readonly<Record<string, unknown>>;

/**
 * The versioned part of an app's document, each option of it off. Rules on providers, the order and links stay: they are
 * back when the app is. Done before the document is read, because an option that is on may name a method that is gone.
 */
function switchedOff({ providers, options, order, links }: Document): Document {
  return { providers, options: (options as readonly Document[]).map(offOf), order, links };
}

/** Without what goes with another status only. */
function offOf({
  testers: _testers,
  steps: _steps,
  allow: _allow,
  guardrail: _guardrail,
  ...common
}: Document): Document {
  return { ...common, status: 'off' };
}

/**
 * Switches the options off of every app that none of these files names. Its accounts stay: payments that are open are
 * watched, paid ones refunded.
 * @returns what changed, or on a dry run would; nothing for apps whose options are off already
 */
export async function switchOffUnnamed(
  configuration: Pick<Configuration, 'listApps' | 'exportApp' | 'changeOptions'>,
  installation: Installation,
  named: readonly Pick<SeedFile, 'app'>[],
  { dryRun = false, reason = 'named by no seed file' }: SeedRun,
): Promise<readonly SeedChange[]> {
  const apps = await configuration.listApps();
  const changes: SeedChange[] = [];
  for (const app of apps.filter((id) => !named.some((seed) => seed.app.id === id))) {
    const { document, version } = await configuration.exportApp(app);
    const wanted = readOptions(switchedOff(document), installation);
    const told = await configuration.changeOptions(app, wanted, { expected: version, dryRun, reason });
    if (told.differences.length > 0) changes.push(changeOf(app, version + 1, told.differences));
  }
  return changes;
}

function changeOf(app: string, version: number, differences: readonly string[]): SeedChange {
  const details = ['no seed file names this app', `version ${version}`, ...differences];
  return { kind: 'options', action: 'update', what: `options of ${app}`, details };
}
