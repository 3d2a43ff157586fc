/** A throw-away Postgres out of the server binaries on this machine, for the scripts that need one. */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort } from './free-port.mjs';

const STARTUP_SECONDS = '30';

/**
 * The server that `DATABASE_URL` names, or one of our own; `stop` ends only the latter.
 * @returns {Promise<{url: string, stop: () => void}>}
 */
export async function postgres() {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: () => undefined };
  return startServer();
}

/** Nothing made durable: fast, for a server that nobody crashes. */
const THROW_AWAY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** A commit that was answered outlives the server's own crash; only the machine's may not lose power. */
export const CRASH_SAFE = ['fsync=off', 'synchronous_commit=on', 'full_page_writes=on'];

/**
 * A server of our own: on a spare port of loopback, its socket and data in a temporary directory. `crash` stops it as
 * `immediate` does, no session is asked; `start` brings it back on the same data and port; `pids` are those of its processes.
 */
export async function startServer(durability = THROW_AWAY) {
  const bin = findServer();
  const folder = mkdtempSync('/tmp/hutong-postgres-');
  const data = join(folder, 'data');
  const asServer = serverUser(folder);
  const port = await freePort();
  const stop = () => stopServer(bin, data, folder, asServer);
  const settings = [...durability, 'listen_addresses=127.0.0.1', 'max_connections=200'].map((it) => `-c ${it}`);
  const options = `-p ${port} -k ${folder} ${settings.join(' ')}`;
  const log = join(folder, 'log');
  const control = (...args) => asServer(join(bin, 'pg_ctl'), ['-D', data, ...args]);
  const start = () => control('-l', log, '-o', options, '-w', '-t', STARTUP_SECONDS, 'start');
  const crash = () => control('-m', 'immediate', '-w', 'stop');
  try {
    asServer(join(bin, 'initdb'), [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ]);
    start();
  } catch (error) {
    stop();
    throw error;
  }
  console.log(`Postgres from ${bin} on port ${port}, in ${folder}`);
  const pids = () => familyOf(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]));
  return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, port, stop, start, crash, pids };
}

/** The process and its children. */
function familyOf(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return [pid, ...children.trim().split(' ').filter(Boolean).map(Number)];
}

/** The folder of `initdb` and `pg_ctl`; the newest where there are several. */
function findServer() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
  if (found !== undefined) return found;
  console.error(
    'There is no Postgres to test on: set DATABASE_URL, or install a server (`apt-get install postgresql`).',
  );
  process.exit(1);
}

/** Postgres refuses to run as root: then it runs as `postgres`, who must own the folder. */
function serverUser(folder) {
  if (process.getuid?.() !== 0) return runQuietly;
  const id = (flag) => Number(runQuietly('id', [flag, 'postgres']));
  chownSync(folder, id('-u'), id('-g'));
  return (command, args) => runQuietly('runuser', ['-u', 'postgres', '--', command, ...args]);
}

function runQuietly(command, args) {
  // The server inherits what its starter has open: a pipe of ours would keep us waiting for it to end.
  const detached = args.includes('start');
  const ended = spawnSync(command, args, { cwd: '/', encoding: 'utf8', stdio: detached ? 'ignore' : 'pipe' });
  if (ended.status === 0) return ended.stdout ?? '';
  throw new Error(`\`${command} ${args.join(' ')}\` ended with ${ended.status ?? ended.error}. ${ended.stderr ?? ''}`);
}

/** Stops the very server that we started (the one of this data directory, by the id that it wrote there) and removes its folder. */
function stopServer(bin, data, folder, asServer) {
  if (existsSync(join(data, 'postmaster.pid')))
    asServer(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop']);
  rmSync(folder, { recursive: true, force: true });
}
