import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';

/** One folder of prisma/migrations. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** What the database is compared with, in either direction. */
export type SchemaSource = 'empty' | 'migrations' | 'schema';

/** A migration did not apply; nothing of it is left, and the history says that it failed. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';

  constructor(cause: unknown) {
    super(`A migration did not apply: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

type BoundAdapter = ReturnType<typeof bindMigrationAwareSqlAdapterFactory>;

const LOCKFILE = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };
const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Prisma's own schema engine as WebAssembly, out of npm: `prisma migrate` would download a native one from elsewhere,
 * which a closed network refuses. It keeps the ordinary `_prisma_migrations` table, so `prisma migrate deploy` sees the
 * same history. Loading it takes a third of a second: only do so when there is work.
 */
export class SchemaEngine {
  readonly #engine: WasmEngine;
  readonly #adapter: BoundAdapter;
  readonly #schema: string;

  private constructor(engine: WasmEngine, adapter: BoundAdapter, schema: string) {
    this.#engine = engine;
    this.#adapter = adapter;
    this.#schema = schema;
  }

  static async load(adapter: SqlMigrationAwareDriverAdapterFactory, schema: string): Promise<SchemaEngine> {
    const { SchemaEngine: Engine } = await bindings();
    const datamodels = [['prisma/schema.prisma', schema]];
    const bound = bindMigrationAwareSqlAdapterFactory(adapter);
    return new SchemaEngine(await Engine.new({ datamodels }, () => undefined, bound), bound, schema);
  }

  /** Applies what is pending, in order; answers the names. @throws MigrationFailed */
  async apply(migrations: readonly Migration[]): Promise<readonly string[]> {
    try {
      const input = { migrationsList: listOf(migrations), filters: FILTERS };
      return (await this.#engine.applyMigrations(input)).appliedMigrationNames;
    } catch (error) {
      throw new MigrationFailed(this.#causeOf(error));
    }
  }

  /** An error of the database passes through the engine as a number. */
  #causeOf(error: unknown): unknown {
    const id = /External error id#(\d+)/.exec(String(error))?.[1];
    return (id === undefined ? undefined : this.#adapter.errorRegistry.consumeError(Number(id))?.error) ?? error;
  }

  /** The SQL that leads from one to the other; empty when nothing differs. */
  async diff(from: SchemaSource, to: SchemaSource, migrations: readonly Migration[]): Promise<string> {
    const [source, target] = [this.#target(from, migrations), this.#target(to, migrations)];
    const { stdout } = await this.#engine.diff({
      from: source,
      to: target,
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: FILTERS,
    });
    return stdout ?? '';
  }

  #target(source: SchemaSource, migrations: readonly Migration[]): object {
    switch (source) {
      case 'empty':
        return { tag: 'empty' };
      case 'migrations':
        return { tag: 'migrations', ...listOf(migrations) };
      case 'schema':
        return { tag: 'schemaDatamodel', files: [{ path: 'prisma/schema.prisma', content: this.#schema }] };
    }
  }
}

function listOf(migrations: readonly Migration[]) {
  return {
    baseDir: 'prisma/migrations',
    shadowDbInitScript: '',
    lockfile: LOCKFILE,
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

/** The part of the engine that is used here; the package's own types lag behind what it accepts. */
interface WasmEngine {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
  diff(input: object): Promise<{ stdout: string | null }>;
}

interface WasmBindings {
  SchemaEngine: { new: (options: object, log: () => void, adapter: object) => Promise<WasmEngine> };
  __wbg_set_wasm(exports: object): void;
}

/** As much of the global as is used: its types come with the browser's, which do not belong here. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let loaded: Promise<WasmBindings> | undefined;

/** True once the engine was needed in this process. */
export function isSchemaEngineLoaded(): boolean {
  return loaded !== undefined;
}

function bindings(): Promise<WasmBindings> {
  loaded ??= loadBindings();
  return loaded;
}

async function loadBindings(): Promise<WasmBindings> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const wasm = readFileSync(entry.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as WasmBindings;
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return glue;
}
