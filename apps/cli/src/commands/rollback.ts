import type { OptionVersion } from '@hutong/payment-core';
import { InvalidArgumentError, type Command } from 'commander';
import { CannotRun, type Configuration } from '../configuration.js';
import type { ConnectOptions } from '../connect.js';
import { plainTable } from '../plain-table.js';
import { withConnection } from './connection-options.js';
import { withReason } from './reason-option.js';
import { requireApp } from './require-app.js';
import { using } from './using.js';

type Options = Pick<Configuration, 'listVersions' | 'rollBack'>;

export interface RollbackOptions {
  readonly list?: boolean;
  readonly dryRun?: boolean;
  readonly reason?: string;
}

export function registerRollback(program: Command): void {
  withReason(withConnection(program.command('rollback').argument('<app>')))
    .description("put an older version of an app's options back, as the newest one")
    .argument('[version]', 'as --list shows it (default: the one before the newest)', versionNumber)
    .option('--list', 'show the versions: which, when, by whom and why')
    .option('--dry-run', 'print the difference and write nothing')
    .action((app: string, version: number | undefined, options: RollbackOptions & ConnectOptions) =>
      using(options, async (it) => {
        await requireApp(it, app);
        await (options.list ? listVersions(it, app, console.log) : rollBack(it, app, version, options, console.log));
      }),
    );
}

function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is the number of a version, such as 3.');
  return Number(text);
}

type Print = (line: string) => void;

export async function listVersions(options: Options, app: string, print: Print): Promise<void> {
  const versions = await options.listVersions(app);
  print(plainTable(['version', 'made', 'by', 'why'], versions.map(rowOf)));
}

function rowOf({ version, createdAt, author, reason }: OptionVersion, index: number): string[] {
  return [`${version}${index === 0 ? ' (in force)' : ''}`, createdAt.toISOString(), author, reason ?? ''];
}

/** Says first what it is going to change. @throws CannotRun when there is nothing to go back to */
export async function rollBack(
  options: Options,
  app: string,
  wanted: number | undefined,
  { dryRun = false, reason }: RollbackOptions,
  print: Print,
): Promise<void> {
  const [newest, before] = await options.listVersions(app);
  const expected = newest?.version ?? 0;
  const version = wanted ?? before?.version;
  if (version === undefined) throw new CannotRun(`${app} has one version of its options; there is none before it.`);
  const { differences } = await options.rollBack(app, version, { expected, dryRun: true });
  if (differences.length === 0) return print(`no changes: version ${expected} says what version ${version} said`);
  print([`${dryRun ? 'would put' : 'putting'} version ${version} of ${app} back:`, ...differences].join('\n  '));
  if (dryRun) return;
  const changed = await options.rollBack(app, version, { expected, ...(reason !== undefined && { reason }) });
  print(`version ${changed.version} is in force`);
}
