import { readFileSync } from 'node:fs';
import { optionsOf, type ReplayDocument, type SeedOptions } from '@hutong/payment-core';
import { InvalidArgumentError, type Command } from 'commander';
import { CannotRun, type Configuration } from '../configuration.js';
import { gatewayInstallation, type ConnectOptions } from '../connect.js';
import { readCheckouts } from '../replay/read-checkouts.js';
import { replayInBatches } from '../replay/replay-in-batches.js';
import { replayMoment } from '../replay/replay-moment.js';
import { replayText } from '../replay/replay-text.js';
import { readSeedFiles } from '../seed/read-seed-files.js';
import { withConnection } from './connection-options.js';
import { requireApp } from './require-app.js';
import { using } from './using.js';

export interface ReplayOptions {
  readonly against: string;
  /** RFC 3339. */
  readonly from?: string;
  readonly until?: string;
  readonly checkouts?: string;
  readonly json?: boolean;
}

export function registerReplay(program: Command): void {
  withConnection(program.command('replay').argument('<app>'))
    .description('judge checkouts that have been by options that might be: what would appear, vanish or move')
    .requiredOption('--against <file>', "the app's seed file as it might be")
    .option(
      '--from <time>',
      'checkouts that payers saw from here on: 2026-11-22 (Beijing) or a time with offset',
      moment,
    )
    .option('--until <time>', 'and before this (default: now)', moment)
    .option('--checkouts <file>', 'or checkouts of your own, one JSON object a line')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', HELP)
    .action((app: string, options: ReplayOptions & ConnectOptions) => run(app, options));
}

const HELP = `
Nothing is written. A date is its beginning in Beijing (UTC+8), as in the wallets' own statements.
A line of --checkouts: {"amount":1299,"scene":"app","payer_id":"u1","segments":["vip"],"at":"2026-11-22T20:00:00+08:00"}`;

function moment(text: string): string {
  const read = replayMoment(text);
  if (read !== undefined) return read;
  throw new InvalidArgumentError('It is a date, 2026-11-22, or a time with its offset, 2026-11-22T20:00:00+08:00.');
}

async function run(app: string, options: ReplayOptions & ConnectOptions): Promise<void> {
  const [seed] = readSeedFiles([options.against], await gatewayInstallation());
  if (seed?.app.id !== app) throw new CannotRun(`${options.against} is about ${seed?.app.id}, not about ${app}.`);
  await using(options, async (it) => {
    await requireApp(it, app);
    const report = await replay(it, app, optionsOf(seed), options);
    console.log(options.json ? JSON.stringify(report, null, 2) : replayText(report));
  });
}

/** @throws CannotRun unless it is told which checkouts */
export async function replay(
  configuration: Pick<Configuration, 'replay'>,
  app: string,
  against: SeedOptions,
  { from, until = new Date().toISOString(), checkouts }: Omit<ReplayOptions, 'against'>,
): Promise<ReplayDocument> {
  if ((from === undefined) === (checkouts === undefined))
    throw new CannotRun('Say which checkouts: --from and --until, or --checkouts.');
  if (checkouts !== undefined)
    return replayInBatches(configuration, app, against, readCheckouts(checkouts, textOf(checkouts)));
  const range = { from: from!, until };
  if (Date.parse(range.from) < Date.parse(until)) return configuration.replay(app, against, range);
  throw new CannotRun('--until is later than --from: one day is --from 2026-11-22 --until 2026-11-23.');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CannotRun(`${path} can't be read: ${(error as Error).message}`);
  }
}
