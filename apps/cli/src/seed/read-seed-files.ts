import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { seedShape, type Installation, type SeedFile } from '@hutong/payment-core';
import { Place, UnusableSeed, type SeedProblem } from './place.js';

/**
 * Reads seed files, all of them before any is used.
 * @throws UnusableSeed telling every problem of every file
 */
export function readSeedFiles(paths: readonly string[], installation: Installation): readonly SeedFile[] {
  const problems: SeedProblem[] = [];
  const seeds = paths.flatMap((path) => {
    const file = relative(process.cwd(), path);
    const read = readSeed(file, textOf(path, file), installation);
    problems.push(...read.problems);
    return read.seed === undefined ? [] : [{ file, seed: read.seed }];
  });
  problems.push(...repeats(seeds));
  if (problems.length > 0) throw new UnusableSeed(problems);
  return seeds.map(({ seed }) => seed);
}

/** Reads one file's text. */
export function readSeed(
  file: string,
  text: string,
  installation: Installation,
): { readonly seed: SeedFile | undefined; readonly problems: readonly SeedProblem[] } {
  const { place, value } = Place.of(file, text);
  const seed = place.problems.length > 0 ? undefined : seedShape(installation, 'named')(value, place);
  return { seed, problems: place.problems };
}

function textOf(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'does not exist.'
        : `can't be read: ${(error as Error).message}`;
    throw new UnusableSeed([{ file, line: 1, column: 1, field: '', message: why }]);
  }
}

/** One app, one file: which of two would win must not hang on their order. */
function repeats(seeds: readonly { readonly file: string; readonly seed: SeedFile }[]): SeedProblem[] {
  return seeds.flatMap(({ file, seed }, index) => {
    const first = seeds.slice(0, index).find((other) => other.seed.app.id === seed.app.id);
    return first === undefined
      ? []
      : [{ file, line: 1, column: 1, field: 'app', message: `${seed.app.id} stands in ${first.file} already.` }];
  });
}
