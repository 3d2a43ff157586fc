import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SeedChange } from '@hutong/payment-core';
import { InvalidArgumentError, type Command } from 'commander';
import { Refused } from '../admin-api.js';
import { CannotRun, type Configuration } from '../configuration.js';
import { connect, gatewayInstallation, type ConnectOptions } from '../connect.js';
import { ensureKeys } from '../ensure-keys.js';
import { keysPath, readKeys, writeKeys } from '../keys-file.js';
import { resolveAccounts } from '../sandbox-accounts.js';
import { notesOnAbsentMethods } from '../seed/absent-methods.js';
import { readSeedFiles } from '../seed/read-seed-files.js';
import { switchOffUnnamed } from '../seed/switch-off.js';
import { withConnection } from './connection-options.js';
import { withReason } from './reason-option.js';

interface SeedOptions extends ConnectOptions {
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly reason?: string;
  /** Seconds. */
  readonly wait?: number;
}

/** The seeds of this repository. */
const SEED_FOLDER = join(import.meta.dirname, '../../../../prisma/seed');

export function registerSeed(program: Command): void {
  withReason(withConnection(program.command('seed')))
    .description('bring apps, accounts and options to what the seed files say; the second run says `no changes`')
    .argument('[files...]', 'YAML files, one app each, or one folder of them (default: prisma/seed)')
    .option('--dry-run', 'print the difference and write nothing')
    .option(
      '--prune',
      "retire accounts that an app's file does not name, and, for a folder, switch off apps without a file",
    )
    .option('--wait <seconds>', 'how long a sandbox that is still starting is waited for', seconds)
    .action(seed);
}

function seconds(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('It is a number of seconds, 0 to 999.');
  return Number(text);
}

async function seed(named: readonly string[], options: SeedOptions): Promise<void> {
  const { dryRun = false, prune = false, reason } = options;
  const run = { dryRun, prune, ...(reason !== undefined && { reason }) };
  const installation = await gatewayInstallation();
  const folder = folderOf(named);
  const seedFiles = readSeedFiles(folder === undefined ? named : filesIn(folder), installation);
  const { settings, configuration } = await connect(options);
  try {
    const seeds = await resolveAccounts(
      seedFiles,
      installation.providers,
      settings.sandboxPublicUrl,
      (options.wait ?? 0) * 1_000,
    );
    const changes: SeedChange[] = [];
    for (const app of seeds) changes.push(...(await configuration.applySeed(app, run)));
    if (prune && folder !== undefined)
      changes.push(...(await switchOffUnnamed(configuration, installation, seedFiles, run)));
    if (dryRun) for (const note of notesOnAbsentMethods(seedFiles, installation)) console.log(note);
    printChanges(changes, dryRun);
    if (dryRun) return;
    const apps = seeds.map(({ app }) => app.id);
    await keepKeys(configuration, keysPath(settings.dataDir), apps, options.key);
  } finally {
    await configuration.close();
  }
}

/** Makes the keys that the people of this machine lack. A key given with the call is used, and kept where there is none. */
async function keepKeys(
  configuration: Configuration,
  path: string,
  apps: readonly string[],
  given: string | undefined,
): Promise<void> {
  const held = readKeys(path);
  try {
    const { keys, made } = await ensureKeys(
      configuration,
      given === undefined ? held : { ...held, admin: given },
      apps,
    );
    writeKeys(path, held.admin === undefined || given === undefined ? keys : { ...keys, admin: held.admin });
    if (made.length > 0) console.log(`made keys for ${made.join(', ')} in ${path}`);
  } catch (error) {
    if (!(error instanceof Refused && error.status === 403)) throw error;
    console.log(`no keys were made for ${path}: that takes an admin key of role owner`);
  }
}

/** The folder that is seeded as a whole: the one that is named, or ours when nothing is. */
function folderOf(named: readonly string[]): string | undefined {
  if (named.length === 0) return SEED_FOLDER;
  const [only] = named;
  return named.length === 1 && statSync(only!, { throwIfNoEntry: false })?.isDirectory() === true ? only : undefined;
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  if (names.length === 0) throw new CannotRun(`No seed files (*.yaml) in ${folder}.`);
  return names.toSorted().map((name) => join(folder, name));
}

function printChanges(changes: readonly SeedChange[], dryRun: boolean): void {
  if (changes.length === 0) console.log('no changes');
  for (const { action, what, details } of changes) {
    console.log(`${dryRun ? 'would ' : ''}${action} ${what}`);
    for (const detail of details) console.log(`  ${detail}`);
  }
}
