import { Command } from 'commander';
import { registerAccounts } from './commands/accounts.js';
import { registerDoctor } from './commands/doctor.js';
import { registerKeys } from './commands/keys.js';
import { registerMigrate } from './commands/migrate.js';
import { registerSandbox } from './commands/sandbox.js';
import { registerSeed } from './commands/seed.js';

/** The `hutong` command with everything it can do. */
export function hutong(): Command {
  const program = new Command('hutong')
    .description('Run and configure Hutong: a client of its gateway, or, when none runs, of its database')
    .showHelpAfterError('(hutong --help shows what there is)');
  for (const register of [
    registerSeed,
    registerKeys,
    registerAccounts,
    registerMigrate,
    registerSandbox,
    registerDoctor,
  ])
    register(program);
  return program;
}
