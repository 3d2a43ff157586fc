import { describe, expect, it, vi } from 'vitest';
import { EmbeddedAdapterFactory } from './embedded-adapter.js';
import { applyMigrations, pendingMigrations } from './migrate.js';
import { readMigrations, readSchema } from './migrations.js';
import { SchemaEngine } from './schema-engine.js';
import { openTestDatabase } from './testing.js';

describe('the migrations', () => {
  it(
    'lead to prisma/schema.prisma, and the parts written by hand do not stand in its way',
    { timeout: 60_000 },
    async () => {
      const engine = await SchemaEngine.load(EmbeddedAdapterFactory.inMemory(), readSchema());
      expect(await engine.diff('migrations', 'schema', readMigrations())).toMatch(
        /^(-- This is an empty migration\.)?\s*$/,
      );
      expect(await engine.diff('schema', 'migrations', readMigrations())).toMatch(
        /^(-- This is an empty migration\.)?\s*$/,
      );
    },
  );

  it('are written down in the ordinary table, once', async () => {
    const test = await openTestDatabase();
    const ask = (sql: string) => test.database.client.$queryRawUnsafe<Record<string, unknown>[]>(sql);
    const names = readMigrations().map(({ name }) => name);
    expect(names[0]).toBe('0001_init');
    expect(await ask('SELECT migration_name FROM _prisma_migrations ORDER BY 1')).toEqual(
      names.map((migration_name) => ({ migration_name })),
    );
    expect(await pendingMigrations(ask)).toEqual([]);
    await test.close();
  });

  it('are not asked about twice: opening what is up to date does not load the engine', async () => {
    const warm = await openTestDatabase();
    vi.resetModules();
    const { openDatabase } = await import('./open-stores.js');
    const { embeddedTemplate } = await import('./testing/embedded-template.js');
    const { isSchemaEngineLoaded } = await import('./schema-engine.js');
    const where =
      warm.databaseUrl === undefined
        ? { memory: true, loadDataDir: await embeddedTemplate() }
        : { databaseUrl: warm.databaseUrl };
    const again = await openDatabase({ ...where, masterKey: warm.masterKey });
    expect(await again.client.payment.count()).toBe(0);
    expect(isSchemaEngineLoaded()).toBe(false);
    await again.close();
    await warm.close();
  });

  it('that fail leave nothing behind and say why', { timeout: 60_000 }, async () => {
    const { PGlite } = await import('@electric-sql/pglite');
    const pglite = await PGlite.create();
    const broken = {
      name: '0001_broken',
      sql: 'CREATE TABLE half (id int); -- a comment; with a semicolon\nCREATE TABLE half (id int);',
    };
    await expect(applyMigrations(new EmbeddedAdapterFactory(pglite), [broken])).rejects.toThrow(/half/);
    expect((await pglite.query(`SELECT to_regclass('half') AS half`)).rows).toEqual([{ half: null }]);
    await pglite.close();
  });
});
