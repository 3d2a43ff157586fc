import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { DayOfProvider, DifferenceDocument, ReconciliationReport } from '@hutong/payment-core';
import type { Command } from 'commander';
import { CannotRun, type Configuration } from '../configuration.js';
import type { ConnectOptions } from '../connect.js';
import { differencesCsv } from '../reconcile/differences-csv.js';
import { reportText } from '../reconcile/report-text.js';
import { withConnection } from './connection-options.js';
import { requireApp } from './require-app.js';
import { using } from './using.js';

export interface ReconcileOptions {
  readonly wait?: boolean;
  readonly again?: boolean;
  readonly json?: boolean;
  readonly html?: string;
  readonly csv?: string;
}

/** A day with all its differences. */
interface WholeReport extends ReconciliationReport {
  readonly differences: readonly DifferenceDocument[];
}

const LOOK_EVERY_MS = 500;
/** A page is for reading; the table has all of them. */
const ON_A_PAGE = 1_000;

export function registerReconcile(program: Command): void {
  withConnection(program.command('reconcile').argument('<app>').argument('<provider>').argument('<date>'))
    .description("hold a day against the provider's statement: what matches, what differs, what was done about it")
    .option('--wait', 'until it is done')
    .option('--again', 'although there is a result already')
    .option('--json', 'print the report as JSON, with every difference')
    .option('--html <file>', 'write it as a page')
    .option('--csv <file>', 'write the differences as a table')
    .addHelpText('after', HELP)
    .action((app: string, provider: string, date: string, options: ReconcileOptions & ConnectOptions) =>
      using(options, (it) => run(it, { app, provider, date }, options)),
    );
}

const HELP = `
A date is the provider's own day, in Beijing: 2026-11-22. Its statement is there from about ten the next morning.
Ends with 0 when nothing is left to do, 1 when differences are left for people, 2 when there is no result (yet).`;

type Days = Pick<Configuration, 'listApps' | 'showDay' | 'reconcileDay'>;

async function run(configuration: Days, day: DayOfProvider, options: ReconcileOptions): Promise<void> {
  await requireApp(configuration, day.app);
  const report = await reconcile(configuration, day, options);
  if (options.html !== undefined) await writeHtml(options.html, report);
  if (options.csv !== undefined) write(options.csv, differencesCsv(report.differences));
  console.log(options.json ? JSON.stringify(report, null, 2) : reportText(report, report.differences));
  const code = exitCodeOf(report);
  if (code !== 0) process.exitCode = code;
}

/** A result that is there is shown; without one, or to do it again, the day is reconciled first. */
export async function reconcile(
  configuration: Pick<Configuration, 'showDay' | 'reconcileDay'>,
  day: DayOfProvider,
  { wait = false, again = false }: ReconcileOptions,
): Promise<WholeReport> {
  const known = await configuration.showDay(day);
  const isGoing = known?.status === 'running';
  if (!isGoing && (again || known?.status !== 'ready')) await configuration.reconcileDay(day);
  const report = wait ? await ended(configuration, day) : await configuration.showDay(day);
  if (report === undefined) throw new CannotRun(`${day.provider} on ${day.date} was not reconciled.`);
  return whole(configuration, day, report);
}

async function ended(
  configuration: Pick<Configuration, 'showDay'>,
  day: DayOfProvider,
): Promise<ReconciliationReport | undefined> {
  for (;;) {
    const report = await configuration.showDay(day);
    if (report?.status !== 'running') return report;
    await pause(LOOK_EVERY_MS);
  }
}

async function whole(configuration: Pick<Configuration, 'showDay'>, day: DayOfProvider, first: ReconciliationReport) {
  const differences = [...first.differences];
  for (let page: ReconciliationReport | undefined = first; page?.has_more;) {
    page = await configuration.showDay(day, differences.at(-1)!.id);
    differences.push(...(page?.differences ?? []));
  }
  return { ...first, differences, has_more: false };
}

export function exitCodeOf({ status, remaining }: Pick<ReconciliationReport, 'status' | 'remaining'>): 0 | 1 | 2 {
  if (status !== 'ready') return 2;
  return remaining === 0 ? 0 : 1;
}

async function writeHtml(path: string, report: ReconciliationReport): Promise<void> {
  const { reconciliationPage } = await import('@hutong/gateway');
  const differences = report.differences.slice(0, ON_A_PAGE);
  const shown = { ...report, differences, has_more: report.differences.length > ON_A_PAGE };
  write(path, reconciliationPage(shown, isChinese() ? 'zh-CN' : 'en'));
}

/** As this terminal is set up. */
function isChinese(): boolean {
  return new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh');
}

function write(path: string, content: string): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new CannotRun(`${path} can't be written: ${(error as Error).message}`);
  }
}
