import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SeedChange } from '@hutong/payment-core';
import { InvalidArgumentError, type Command } from 'commander';
import { CannotRun } from '../configuration.js';
import { connect, gatewayInstallation, type ConnectOptions } from '../connect.js';
import { ensureKeys } from '../ensure-keys.js';
import { keysPath, readKeys, writeKeys } from '../keys-file.js';
import { resolveAccounts } from '../sandbox-accounts.js';
import { readSeedFiles } from '../seed/read-seed-files.js';
import { withConnection } from './connection-options.js';

interface SeedOptions extends ConnectOptions {
  readonly dryRun?: boolean;
  /** Seconds. */
  readonly wait?: number;
}

/** The seeds of this repository. */
const SEED_FOLDER = join(import.meta.dirname, '../../../../prisma/seed');

export function registerSeed(program: Command): void {
  withConnection(program.command('seed'))
    .description('bring apps, accounts and options to what the seed files say; the second run says `no changes`')
    .argument('[files...]', 'YAML files, one app each (default: all of prisma/seed)')
    .option('--dry-run', 'print the difference and write nothing')
    .option('--wait <seconds>', 'how long a sandbox that is still starting is waited for', seconds)
    .action(seed);
}

function seconds(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('It is a number of seconds, 0 to 999.');
  return Number(text);
}

async function seed(files: readonly string[], options: SeedOptions): Promise<void> {
  const dryRun = options.dryRun ?? false;
  const installation = await gatewayInstallation();
  const seedFiles = readSeedFiles(files.length > 0 ? files : defaultFiles(), installation);
  const { settings, configuration } = await connect(options);
  try {
    const seeds = await resolveAccounts(
      seedFiles,
      installation.providers,
      settings.sandboxPublicUrl,
      (options.wait ?? 0) * 1_000,
    );
    const changes: SeedChange[] = [];
    for (const app of seeds) changes.push(...(await configuration.applySeed(app, dryRun)));
    printChanges(changes, dryRun);
    if (dryRun) return;
    const path = keysPath(settings.dataDir);
    const { keys, made } = await ensureKeys(
      configuration,
      readKeys(path),
      seeds.map(({ app }) => app.id),
    );
    writeKeys(path, options.key === undefined ? keys : { ...keys, admin: options.key });
    if (made.length > 0) console.log(`made keys for ${made.join(', ')} in ${path}`);
  } finally {
    await configuration.close();
  }
}

function defaultFiles(): string[] {
  const names = readdirSync(SEED_FOLDER).filter((name) => name.endsWith('.yaml'));
  if (names.length === 0) throw new CannotRun(`No seed files in ${SEED_FOLDER}.`);
  return names.toSorted().map((name) => join(SEED_FOLDER, name));
}

function printChanges(changes: readonly SeedChange[], dryRun: boolean): void {
  if (changes.length === 0) console.log('no changes');
  for (const { action, what, details } of changes) {
    console.log(`${dryRun ? 'would ' : ''}${action} ${what}`);
    for (const detail of details) console.log(`  ${detail}`);
  }
}
