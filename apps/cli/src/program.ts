import { Command } from 'commander';
import { registerAccounts } from './commands/accounts.js';
import { registerAudit } from './commands/audit.js';
import { registerDoctor } from './commands/doctor.js';
import { registerExport } from './commands/export.js';
import { registerKeys } from './commands/keys.js';
import { registerMigrate } from './commands/migrate.js';
import { registerReconcile } from './commands/reconcile.js';
import { registerReplay } from './commands/replay.js';
import { registerRollback } from './commands/rollback.js';
import { registerSandbox } from './commands/sandbox.js';
import { registerSchema } from './commands/schema.js';
import { registerSeed } from './commands/seed.js';

const COMMANDS = [
  registerSeed,
  registerExport,
  registerRollback,
  registerReplay,
  registerSchema,
  registerAudit,
  registerKeys,
  registerAccounts,
  registerDoctor,
  registerReconcile,
  registerMigrate,
  registerSandbox,
];

/** The `hutong` command with everything it can do. */
export function hutong(): Command {
  const program = new Command('hutong')
    .description('Run and configure Hutong: a client of its gateway, or, when none runs, of its database')
    .showHelpAfterError('(hutong --help shows what there is)');
  for (const register of COMMANDS) register(program);
  return program;
}
