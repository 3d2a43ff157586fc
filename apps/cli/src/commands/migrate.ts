import { readSettings } from '@hutong/settings';
import type { Command } from 'commander';

export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the newest schema; harmless when it is there already')
    .action(migrate);
}

async function migrate(): Promise<void> {
  const settings = readSettings();
  const { openDatabase } = await import('../offline-configuration.js');
  const stores = await openDatabase(settings);
  await stores.close();
  console.log(
    `${settings.databaseUrl === undefined ? `the embedded database in ${settings.dataDir}` : 'the database'} is up to date`,
  );
}
