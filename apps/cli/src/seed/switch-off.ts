import {
  readOptions,
  type Installation,
  type Option,
  type SeedChange,
  type SeedFile,
  type SeedOptions,
} from '@hutong/payment-core';
import type { Configuration, SeedRun } from '../configuration.js';

/** The same options, each of them off. Rules on providers, the order and links stay: they are back when the app is. */
export function switchedOff(config: SeedOptions): SeedOptions {
  return { ...config, options: config.options.map(offOf) };
}

/** Without what goes with another status only. */
function offOf(option: Option): Option {
  switch (option.status) {
    case 'pending_review': {
      const { testers: _testers, ...common } = option;
      return { ...common, status: 'off' };
    }
    case 'staged': {
      const { steps: _steps, allow: _allow, guardrail: _guardrail, ...common } = option;
      return { ...common, status: 'off' };
    }
    default:
      return { ...option, status: 'off' };
  }
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
    const { providers, options, order, links } = document;
    const wanted = switchedOff(readOptions({ providers, options, order, links }, installation));
    const told = await configuration.changeOptions(app, wanted, { expected: version, dryRun, reason });
    if (told.differences.length > 0) changes.push(changeOf(app, version + 1, told.differences));
  }
  return changes;
}

function changeOf(app: string, version: number, differences: readonly string[]): SeedChange {
  const details = ['no seed file names this app', `version ${version}`, ...differences];
  return { kind: 'options', action: 'update', what: `options of ${app}`, details };
}
