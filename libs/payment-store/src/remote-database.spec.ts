import { newId } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from './migrations.js';
import { openDatabase } from './open-stores.js';
import { MIGRATION_LOCK } from './remote-database.js';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { atomically, type Tx } from './transaction.js';

const server = process.env['DATABASE_URL'] ?? '';

/** What only a server with many connections can show; `npm run test:postgres` brings one. */
describe.runIf(server !== '')("a Postgres of one's own", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase();
  });
  afterAll(() => test.close());

  it('is migrated once when several processes start together', async () => {
    const { createTestDatabase } = await import('./testing/postgres-database.js');
    const { databaseUrl, drop } = await createTestDatabase(server);
    const opened = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ databaseUrl, masterKey: test.masterKey })),
    );
    const rows = await opened[0]!.client.$queryRaw<unknown[]>`SELECT * FROM _prisma_migrations`;
    expect(rows).toHaveLength(readMigrations().length);
    await Promise.all(opened.map((it) => it.close()));
    await drop();
  });

  it('opens within two seconds once it is migrated', async () => {
    const started = performance.now();
    const again = await openDatabase({ databaseUrl: test.databaseUrl!, masterKey: test.masterKey });
    await again.client.$queryRaw`SELECT 1`;
    expect(performance.now() - started).toBeLessThan(2_000);
    await again.close();
  });

  it('opens at once when it is migrated, whoever migrates something just then', async () => {
    const { default: pg } = await import('pg');
    const migrating = new pg.Client({ connectionString: test.databaseUrl });
    await migrating.connect();
    await migrating.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    try {
      const again = await openDatabase({ databaseUrl: test.databaseUrl!, masterKey: test.masterKey });
      expect(await again.client.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
      await again.close();
    } finally {
      await migrating.end();
    }
  });

  it('keeps times exact whatever the time zone of the server', async () => {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: test.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
    await client.query(`ALTER DATABASE "${rows[0]!.name}" SET TimeZone = 'Asia/Shanghai'`);
    await client.end();
    const there = await openDatabase({ databaseUrl: test.databaseUrl!, masterKey: test.masterKey });
    const createdAt = new Date('2026-03-01T08:00:00.123Z');
    const key = { id: newId('key'), app: null, role: 'owner', prefix: 'ha_', hash: newId('key'), createdAt };
    await there.client.apiKey.create({ data: key });
    expect((await there.client.apiKey.findUniqueOrThrow({ where: { id: key.id } })).createdAt).toEqual(createdAt);
    const [row] = await there.client.$queryRaw<{ epoch: number }[]>`
      SELECT extract(epoch FROM created_at)::float8 AS epoch FROM api_keys WHERE id = ${key.id}`;
    expect(row?.epoch).toBe(createdAt.getTime() / 1_000);
    await there.close();
  });

  it('goes again after a deadlock', async () => {
    const { client } = test.database;
    await client.$executeRaw`CREATE TABLE pair (id int PRIMARY KEY, n int NOT NULL)`;
    await client.$executeRaw`INSERT INTO pair VALUES (1, 0), (2, 0)`;
    const add = (tx: Tx, id: number) => tx.$executeRaw`UPDATE pair SET n = n + 1 WHERE id = ${id}::int`;
    const meeting = Promise.withResolvers<void>();
    let arrived = 0;
    const both = (order: readonly [number, number]) => async (tx: Tx) => {
      await add(tx, order[0]);
      if (++arrived >= 2) meeting.resolve();
      await meeting.promise;
      await add(tx, order[1]);
    };
    await Promise.all([atomically(client, both([1, 2])), atomically(client, both([2, 1]))]);
    expect(arrived).toBe(3);
    expect(await client.$queryRaw`SELECT id, n FROM pair ORDER BY id`).toEqual([
      { id: 1, n: 2 },
      { id: 2, n: 2 },
    ]);
  });
});
