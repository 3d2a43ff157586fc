import type { AuditEntry } from '@hutong/payment-core';
import { InvalidArgumentError, type Command } from 'commander';
import { CannotRun, type Configuration } from '../configuration.js';
import type { ConnectOptions } from '../connect.js';
import { plainTable } from '../plain-table.js';
import { withConnection } from './connection-options.js';
import { using } from './using.js';

type Log = Pick<Configuration, 'listAudit' | 'verifyAudit'>;

export interface AuditOptions {
  readonly app?: string;
  readonly last?: number;
  readonly verify?: boolean;
  readonly json?: boolean;
}

const PAGE = 500;
const LAST = 50;

export function registerAudit(program: Command): void {
  withConnection(program.command('audit'))
    .description('show who changed apps, options, accounts, keys and rollouts, when and why')
    .option('--app <app>', 'only what is about this app')
    .option('--last <count>', `how many of the newest entries (default: ${LAST})`, count)
    .option('--json', 'one JSON object per line, with the hashes')
    .option('--verify', 'follow the whole chain of hashes; ends with 1 where it breaks')
    .action((options: AuditOptions & ConnectOptions) =>
      using(options, async (it) => console.log(options.verify ? await verify(it) : await list(it, options))),
    );
}

function count(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It is a number, 1 to 999999.');
  return Number(text);
}

/** @throws CannotRun saying where the chain breaks */
export async function verify(log: Log): Promise<string> {
  const { entries, broken } = await log.verifyAudit();
  if (broken === undefined) return `${entries} entries, every link holds`;
  throw new CannotRun(
    `The chain breaks at entry ${broken.sequence}: ${WHY[broken.why]}. The ${entries} entries before that hold.`,
  );
}

const WHY = {
  changed: 'what it says is not what was written',
  unlinked: 'it does not follow the entry before it',
  missing: 'it is not there',
} as const;

export async function list(log: Log, { app, last = LAST, json = false }: AuditOptions): Promise<string> {
  const { entries, left } = await newest(log, app, last);
  if (json) return entries.map((entry) => JSON.stringify(jsonOf(entry))).join('\n');
  if (entries.length === 0) return 'no entries';
  const more = left === 0 ? [] : [`(${left} older ones: --last ${left + entries.length})`];
  return [plainTable(['#', 'when', 'by', 'what', 'app', 'which', 'why'], entries.map(rowOf)), ...more].join('\n');
}

/** The log is read from its beginning, a page at a time: it is in the order of writing. */
async function newest(log: Log, app: string | undefined, last: number) {
  const entries: AuditEntry[] = [];
  let left = 0;
  for (let after = 0; ;) {
    const page = await log.listAudit({ ...(app !== undefined && { app }), after, limit: PAGE });
    entries.push(...page);
    left += entries.splice(0, Math.max(0, entries.length - last)).length;
    if (page.length < PAGE) return { entries, left };
    after = page.at(-1)!.sequence;
  }
}

/** As the admin API spells it. */
function jsonOf({ previousHash, hash, ...entry }: AuditEntry): object {
  return { ...entry, previous_hash: previousHash, hash };
}

function rowOf({ sequence, at, actor, action, app, subject, reason }: AuditEntry): string[] {
  return [String(sequence), at.toISOString(), actor, action, app ?? '', subject, reason ?? ''];
}
