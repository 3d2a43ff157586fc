/**
 * `node scripts/new-migration.mjs NAME`: writes prisma/migrations/NNNN_NAME/migration.sql, the step from the migrations
 * that exist to prisma/schema.prisma. CHECK constraints and partial indexes are added to it by hand.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedAdapterFactory } from '../libs/payment-store/src/embedded-adapter.ts';
import { SchemaEngine } from '../libs/payment-store/src/schema-engine.ts';

const prisma = fileURLToPath(new URL('../prisma', import.meta.url));
const folder = join(prisma, 'migrations');

const name = process.argv[2];
if (!/^[a-z0-9_]+$/.test(name ?? '')) end('Name the step in snake_case: node scripts/new-migration.mjs add_payouts');

const migrations = readdirSync(folder)
  .filter((entry) => existsSync(join(folder, entry, 'migration.sql')))
  .toSorted()
  .map((entry) => ({ name: entry, sql: readFileSync(join(folder, entry, 'migration.sql'), 'utf8') }));
const engine = await SchemaEngine.load(
  EmbeddedAdapterFactory.inMemory(),
  readFileSync(join(prisma, 'schema.prisma'), 'utf8'),
);
const sql = await engine.diff(migrations.length === 0 ? 'empty' : 'migrations', 'schema', migrations);
if (/^(-- This is an empty migration\.)?\s*$/.test(sql))
  end('Nothing to do: the migrations lead to prisma/schema.prisma already.');

const path = join(folder, `${String(migrations.length + 1).padStart(4, '0')}_${name}`, 'migration.sql');
mkdirSync(join(path, '..'), { recursive: true });
writeFileSync(path, sql);
writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
console.log(`wrote ${path}`);
process.exit(0);

function end(sentence) {
  console.error(sentence);
  process.exit(1);
}
