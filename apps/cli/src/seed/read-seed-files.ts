import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { seedShape, type Installation, type SeedFile, type SeedFileAccount } from '@hutong/payment-core';
import { InvalidAccountConfig } from '@hutong/payment-port';
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
  for (const [index, account] of (seed?.accounts ?? []).entries())
    refuseSettings(account, installation, place.at('accounts').at(index).at('settings'));
  return { seed, problems: place.problems };
}

/** What the account's provider does not take, told where it stands; the sandbox brings its own. */
function refuseSettings({ provider, settings }: SeedFileAccount, { providers }: Installation, at: Place): void {
  if (settings === undefined) return;
  try {
    providers.find(({ id }) => id === provider)?.readSettings(settings);
  } catch (error) {
    if (!(error instanceof InvalidAccountConfig)) throw error;
    for (const { pointer, message } of error.errors) below(at, pointer).refuse(`${message}.`);
  }
}

/** The spot that a JSON Pointer leads to. */
function below(at: Place, pointer: string): Place {
  const steps = pointer.split('/').slice(1);
  return steps.reduce((spot, step) => spot.at(/^\d+$/.test(step) ? Number(step) : step), at);
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
