import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { clientOver, type Database } from './database.js';
import type { PrismaClient } from './generated/client.js';
import { applyMigrations, MigrationsPending, pendingMigrations, type Ask } from './migrate.js';

export interface RemoteOptions {
  readonly databaseUrl: string;
  readonly migrate: boolean;
}

/**
 * Every session stands in UTC, because Prisma's adapter writes times without a zone. Our statements take milliseconds: one
 * that takes seconds is stuck, and holding on to its locks would stop others.
 */
const SESSION = `SET TIME ZONE 'UTC'; SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '15s'`;

/** Nobody waits longer than this: neither for a free connection, nor for an answer of a server that has stopped talking. */
const POOL = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  query_timeout: 12_000,
  keepAlive: true,
  application_name: 'hutong',
  onConnect: (client: pg.ClientBase) => client.query(SESSION),
};

/** Migrating may take long, and waits for whoever migrates already. One connection, because the lock is its session's. */
const MIGRATION_POOL = {
  max: 1,
  connectionTimeoutMillis: 10_000,
  idleTimeoutMillis: 0,
  application_name: 'hutong migrations',
};

/** Any number that Prisma's own engine does not lock by. */
export const MIGRATION_LOCK = 82_120_157;

/**
 * Opens a Postgres.
 * @throws MigrationsPending; whatever the driver says when it cannot connect
 */
export async function openRemote({ databaseUrl, migrate }: RemoteOptions): Promise<Database> {
  const pool = new pg.Pool({ ...POOL, connectionString: databaseUrl });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    const pending = await pendingMigrations(askOn(pool));
    if (pending.length > 0 && !migrate) throw new MigrationsPending(pending);
    if (pending.length > 0) await migrateAlone(databaseUrl);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return databaseOver(pool, databaseUrl);
}

function askOn(connection: pg.Pool | pg.PoolClient): Ask {
  return async (sql) => (await connection.query<Record<string, unknown>>(sql)).rows;
}

/** Of several processes that start together one migrates; the others wait, and find nothing left to do. */
async function migrateAlone(connectionString: string): Promise<void> {
  const pool = new pg.Pool({ ...MIGRATION_POOL, connectionString });
  try {
    await pool.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    if ((await pendingMigrations(askOn(pool))).length > 0) await applyMigrations(wholeScripts(pool));
  } finally {
    await pool.end();
  }
}

/** The published adapter cuts a script at every `;`, those in comments and functions too; Postgres takes it whole. */
function wholeScripts(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  return {
    provider: 'postgres',
    adapterName: factory.adapterName,
    async connect(): Promise<SqlDriverAdapter> {
      const executeScript = async (script: string): Promise<void> => void (await pool.query(script));
      return Object.assign(await factory.connect(), { executeScript });
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

function databaseOver(pool: pg.Pool, databaseUrl: string): Database {
  const client = clientOver(new PrismaPg(pool));
  let slow: { readonly pool: pg.Pool; readonly client: PrismaClient } | undefined;
  return {
    client,
    patient: () => (slow ??= patiently(databaseUrl)).client,
    async close() {
      await client.$disconnect();
      await pool.end();
      await slow?.client.$disconnect();
      await slow?.pool.end();
    },
  };
}

/** One connection, made when it is first asked for, whose answers may take as long as their statement may. */
function patiently(connectionString: string) {
  const pool = new pg.Pool({ ...POOL, max: 1, query_timeout: 0, connectionString });
  pool.on('error', () => undefined);
  return { pool, client: clientOver(new PrismaPg(pool)) };
}
