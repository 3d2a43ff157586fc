import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { EmbeddedAdapterFactory } from '../embedded-adapter.js';
import { applyMigrations } from '../migrate.js';
import { readMigrations } from '../migrations.js';

/**
 * A dump of an embedded database with every migration applied. Making one takes seconds, loading it a fraction: the first
 * test worker that needs it leaves it in the temporary directory, under a name that changes with what is in it.
 */
export async function embeddedTemplate(): Promise<Blob> {
  const path = join(tmpdir(), `hutong-embedded-${fingerprint()}.tar`);
  if (!existsSync(path)) await writeTemplate(path);
  return new Blob([readFileSync(path)]);
}

function fingerprint(): string {
  const hash = createHash('sha256').update(pgliteVersion());
  for (const { name, sql } of readMigrations()) hash.update(`${name}\0${sql}\0`);
  return hash.digest('hex').slice(0, 16);
}

function pgliteVersion(): Buffer {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return readFileSync(join(dirname(entry), '..', 'package.json'));
}

/** Whole or not at all: workers that make it at the same moment put the same thing in its place. */
async function writeTemplate(path: string): Promise<void> {
  const pglite = await PGlite.create();
  await applyMigrations(new EmbeddedAdapterFactory(pglite));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 });
  renameSync(partial, path);
}
