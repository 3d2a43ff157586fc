import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { readMigrations, readSchema } from './migrations.js';
import { SchemaEngine, type Migration } from './schema-engine.js';

/** Runs one plain query; answers its rows. */
export type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** The database lacks migrations and nobody allowed to apply them. */
export class MigrationsPending extends Error {
  override readonly name = 'MigrationsPending';

  constructor(names: readonly string[]) {
    super(
      `The database lacks ${names.join(', ')}: start one gateway that may migrate it, or run \`prisma migrate deploy\`.`,
    );
  }
}

const HAS_HISTORY = `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`;
const APPLIED =
  'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL';

/**
 * Our migrations that the database lacks, by a plain query: opening an up-to-date database must not load the engine.
 * Names that only the database knows are a newer release's, which runs beside this one during a rollout.
 */
export async function pendingMigrations(ask: Ask): Promise<readonly string[]> {
  const [history] = await ask(HAS_HISTORY);
  const applied = history?.['found'] === true ? await ask(APPLIED) : [];
  const names = new Set(applied.map((row) => row['migration_name']));
  return readMigrations()
    .map(({ name }) => name)
    .filter((name) => !names.has(name));
}

/** Applies what is pending; answers the names. The caller holds whatever lock keeps a second process out. */
export async function applyMigrations(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  migrations: readonly Migration[] = readMigrations(),
): Promise<readonly string[]> {
  const engine = await SchemaEngine.load(adapter, readSchema());
  return engine.apply(migrations);
}
