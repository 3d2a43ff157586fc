import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../../../scripts/free-port.mjs';

/** A Postgres that a test may stop, kill and freeze: a server of its own, never the suite's. */
export interface OwnPostgres {
  readonly url: string;
  start(): void;
  /** `pg_ctl -m immediate`: no goodbye, recovery at the next start. */
  stopAtOnce(): void;
  /** SIGSTOP to every process of the server, or SIGCONT. */
  freeze(): void;
  thaw(): void;
  remove(): void;
}

/** Undefined where this machine has no server binaries. */
export async function ownPostgres(): Promise<OwnPostgres | undefined> {
  const bin = binaries();
  if (bin === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'hutong-own-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  const as = userOf(folder);
  const control = (...words: string[]) => as(join(bin, 'pg_ctl'), ['-D', data, '-w', '-t', '30', ...words]);
  as(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  const signal = (name: NodeJS.Signals) => processesOf(data).forEach((id) => process.kill(id, name));
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    start: () => control('-l', join(folder, 'log'), '-o', options, 'start'),
    stopAtOnce: () => control('-m', 'immediate', 'stop'),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    remove() {
      if (existsSync(join(data, 'postmaster.pid'))) {
        signal('SIGCONT');
        control('-m', 'immediate', 'stop');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function binaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((it) => join(debian, it, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.find((it) => existsSync(join(it, 'initdb')) && existsSync(join(it, 'pg_ctl')));
}

/** Postgres refuses to run as root. */
function userOf(folder: string): (command: string, args: string[]) => void {
  if (process.getuid?.() !== 0)
    return (command, args) => void execFileSync(command, args, { stdio: 'ignore', cwd: '/' });
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']));
  chownSync(folder, id('-u'), id('-g'));
  return (command, args) =>
    void execFileSync('runuser', ['-u', 'postgres', '--', command, ...args], { stdio: 'ignore', cwd: '/' });
}

/** The server that wrote this data directory's pid file, and its children. */
function processesOf(data: string): readonly number[] {
  const server = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === server);
  return [server, ...children.map(Number)];
}

function parentOf(id: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
