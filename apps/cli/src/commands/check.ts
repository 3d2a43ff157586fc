import { InvalidArgumentError, type Command } from 'commander';
import { comparedWith, sandboxBooks } from '../check/sandbox-books.js';
import { violations, type Finding } from '../check/violations.js';
import type { CheckConfiguration } from '../check-configuration.js';
import { connect, type ConnectOptions } from '../connect.js';
import { withConnection } from './connection-options.js';

export interface CheckOptions {
  readonly json?: boolean;
  readonly sandbox?: boolean;
  /** Seconds. */
  readonly horizon?: number;
}

const HORIZON = 600;

export function registerCheck(program: Command): void {
  withConnection(program.command('check'))
    .description('look in the live database for what must never be; ends with 1 when something is found')
    .option('--horizon <seconds>', `how long something may be overdue (default: ${HORIZON})`, seconds)
    .option('--sandbox', "compare the money with the sandbox's books too, once nothing is under way")
    .option('--json', 'one JSON object per violation and line')
    .action(run);
}

function seconds(text: string): number {
  if (!/^\d{1,8}$/.test(text)) throw new InvalidArgumentError('It is a number of seconds.');
  return Number(text);
}

async function run(options: CheckOptions & ConnectOptions): Promise<void> {
  const { settings, configuration } = await connect(options);
  try {
    const books = options.sandbox === true ? await sandboxBooks(settings.sandboxPublicUrl) : undefined;
    const { found } = await check(configuration, options, (line) => console.log(line), books);
    if (found > 0) process.exitCode = 1;
  } finally {
    await configuration.close();
  }
}

/** Prints every violation as it is found, and the sum at the end. */
export async function check(
  source: CheckConfiguration,
  { json = false, horizon = HORIZON }: CheckOptions,
  print: (line: string) => void,
  books?: Parameters<typeof comparedWith>[0],
): Promise<{ readonly looked: number; readonly found: number }> {
  let looked = 0;
  let found = 0;
  const tell = (finding: Finding): void => {
    found += 1;
    print(json ? JSON.stringify(finding) : `${finding.invariant}  ${finding.id}  ${finding.detail}`);
  };
  for await (const finding of violations(source, horizon * 1_000, () => (looked += 1))) tell(finding);
  if (books !== undefined) for await (const finding of comparedWith(books, source)) tell(finding);
  if (!json) print(sentenceOf(looked, found, books !== undefined));
  return { looked, found };
}

function sentenceOf(looked: number, found: number, compared: boolean): string {
  const where = `${looked} invariants${compared ? " and the sandbox's books" : ''}`;
  return found === 0
    ? `${where}: nothing breaks them`
    : `${where}: ${found} ${found === 1 ? 'violation' : 'violations'}`;
}
