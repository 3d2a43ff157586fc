/**
 * Builds every lib and app with SWC: `libs/x/src/**.ts` → `libs/x/dist/**.js`, specs left out, other files copied.
 * What did not change is not built again: each dist carries a stamp over its sources and the compiler's settings.
 * (`nest build <project>` builds one project the Nest way, into `dist/<project folder>/src`.)
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transform } from '@swc/core';
import { root, runNode } from './processes.mjs';

/** What every workspace's stamp covers beside its own sources. */
const SHARED_INPUTS = ['.swcrc', 'package-lock.json', 'scripts/build.mjs'];
const STAMP = '.build-stamp';

await runNode(['scripts/generate.mjs']);
const started = performance.now();
const shared = SHARED_INPUTS.map((name) => readFileSync(join(root, name)));
const { exclude: _specs, ...swcrc } = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
const built = (await Promise.all(workspaces().map(buildWorkspace))).filter(Boolean);
if (built.length > 0) console.log(`built ${built.length} workspaces in ${Math.round(performance.now() - started)} ms`);

function workspaces() {
  return ['libs', 'apps']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
    .filter((path) => existsSync(join(path, 'src')));
}

/** @returns true when it was built, false when it was up to date */
async function buildWorkspace(path) {
  const dist = join(path, 'dist');
  const sources = sourcesOf(join(path, 'src'));
  const stamp = stampOf(path, sources);
  if (existsSync(join(dist, STAMP)) && readFileSync(join(dist, STAMP), 'utf8') === stamp) return false;
  rmSync(dist, { recursive: true, force: true });
  await Promise.all(sources.map((source) => emit(source, join(path, 'src'), dist)));
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, STAMP), stamp);
  console.log(`built ${relative(root, path)} (${sources.length} files)`);
  return true;
}

function sourcesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/(\.spec|^test-.*)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function stampOf(path, sources) {
  const hash = createHash('sha256');
  for (const content of shared) hash.update(content);
  for (const source of sources) hash.update(relative(path, source)).update('\0').update(readFileSync(source));
  return hash.digest('hex');
}

async function emit(source, from, dist) {
  const target = join(dist, relative(from, source));
  mkdirSync(dirname(target), { recursive: true });
  if (!/\.tsx?$/.test(source)) return cpSync(source, target);
  if (source.endsWith('.d.ts')) return undefined;
  const out = target.replace(/\.tsx?$/, '.js');
  const parser = { ...swcrc.jsc.parser, tsx: source.endsWith('.tsx') };
  const options = { ...swcrc, jsc: { ...swcrc.jsc, parser }, swcrc: false, filename: source, outputPath: out };
  const { code, map } = await transform(readFileSync(source, 'utf8'), options);
  const name = `${out}.map`;
  writeFileSync(out, `${code}\n//# sourceMappingURL=${name.slice(dirname(out).length + 1)}\n`);
  if (map !== undefined) writeFileSync(name, map);
  return undefined;
}
