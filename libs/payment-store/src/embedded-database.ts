import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { lockDataDir } from './data-dir-lock.js';
import { clientOver, type Database } from './database.js';
import { EmbeddedAdapterFactory } from './embedded-adapter.js';
import { applyMigrations, MigrationsPending, pendingMigrations, type Ask } from './migrate.js';

export interface EmbeddedOptions {
  /** Absent: in memory. */
  readonly dataDir?: string | undefined;
  readonly migrate: boolean;
  /** A dump to begin with, instead of an empty database. */
  readonly loadDataDir?: Blob | File | undefined;
}

/**
 * Opens the embedded Postgres, under `<dataDir>/postgres` or in memory.
 * @throws DatabaseInUse when another process has it open; MigrationsPending
 */
export async function openEmbedded({ dataDir, migrate, loadDataDir }: EmbeddedOptions): Promise<Database> {
  const unlock = dataDir === undefined ? () => undefined : lockDataDir(dataDir);
  try {
    return databaseOver(await startPGlite(dataDir, loadDataDir, migrate), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Prisma's adapter writes times without a zone, so the session must stand in UTC. */
async function startPGlite(
  dataDir: string | undefined,
  dump: Blob | File | undefined,
  migrate: boolean,
): Promise<PGlite> {
  const folder = dataDir === undefined ? {} : { dataDir: join(dataDir, 'postgres') };
  const pglite = await PGlite.create({ ...folder, ...(dump === undefined ? {} : { loadDataDir: dump }) });
  try {
    await pglite.exec(`SET TIME ZONE 'UTC'`);
    await bringUpToDate(pglite, migrate);
    return pglite;
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

async function bringUpToDate(pglite: PGlite, migrate: boolean): Promise<void> {
  const ask: Ask = async (sql) => (await pglite.query<Record<string, unknown>>(sql)).rows;
  const pending = await pendingMigrations(ask);
  if (pending.length === 0) return;
  if (!migrate) throw new MigrationsPending(pending);
  await applyMigrations(new EmbeddedAdapterFactory(pglite));
}

function databaseOver(pglite: PGlite, unlock: () => void): Database {
  const client = clientOver(new EmbeddedAdapterFactory(pglite));
  return {
    client,
    async close() {
      await client.$disconnect();
      await pglite.close();
      unlock();
    },
  };
}
