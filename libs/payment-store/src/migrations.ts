import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Migration } from './schema-engine.js';

/** The repository's prisma folder, as far from `src` as from `dist`. */
const FOLDER = fileURLToPath(new URL('../../../prisma', import.meta.url));

/** Every migration, oldest first. */
export function readMigrations(): readonly Migration[] {
  const folder = join(FOLDER, 'migrations');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .toSorted()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }));
}

/** The text of schema.prisma. */
export function readSchema(): string {
  return readFileSync(join(FOLDER, 'schema.prisma'), 'utf8');
}
