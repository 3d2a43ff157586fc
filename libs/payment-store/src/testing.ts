import { randomBytes } from 'node:crypto';
import type { Stores } from '@hutong/payment-core';
import type { Database } from './database.js';
import { once } from './once.js';
import { openDatabase, storesOn } from './open-stores.js';

export { storesOn };

export { isInTransaction } from './transaction.js';

export { everyCell } from './testing/every-cell.js';

/** A database of the caller's own, empty but for its tables. */
export interface TestDatabase {
  readonly stores: Stores;
  /** Below the stores, for asserting on rows. */
  readonly database: Database;
  /** The URL under which a second process would open it; absent when it is embedded. */
  readonly databaseUrl?: string;
  readonly masterKey: Buffer;
  close(): Promise<void>;
}

/**
 * Stores for a test: on a database made for it at `DATABASE_URL`'s server and dropped when closed, or, without one, on an
 * embedded database in memory. The same suite runs on both.
 */
export async function openTestStores(): Promise<Stores> {
  const { stores, close } = await openTestDatabase();
  return { ...stores, close };
}

/** The same, with the database below. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const masterKey = randomBytes(32);
  const server = process.env['DATABASE_URL'];
  const embedded = server === undefined || server === '';
  const test = await (embedded ? overEmbedded(masterKey) : overPostgres(server, masterKey));
  return { ...test, close: once(test.close) };
}

async function overEmbedded(masterKey: Buffer): Promise<TestDatabase> {
  const { embeddedTemplate } = await import('./testing/embedded-template.js');
  const database = await openDatabase({ memory: true, masterKey, loadDataDir: await embeddedTemplate() });
  return { stores: storesOn(database, masterKey), database, masterKey, close: () => database.close() };
}

async function overPostgres(server: string, masterKey: Buffer): Promise<TestDatabase> {
  const { createTestDatabase } = await import('./testing/postgres-database.js');
  const { databaseUrl, drop } = await createTestDatabase(server);
  const database = await openDatabase({ databaseUrl, masterKey });
  const close = async (): Promise<void> => {
    await database.close();
    await drop();
  };
  return { stores: storesOn(database, masterKey), database, databaseUrl, masterKey, close };
}
