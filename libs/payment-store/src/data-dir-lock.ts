import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The embedded database serves one process, and another has it open. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';

  constructor(dataDir: string, pid: number) {
    super(
      `The embedded database in ${dataDir} is in use by process ${pid}; stop that process first, give this one another HUTONG_DATA_DIR, or set DATABASE_URL to share a Postgres.`,
    );
  }
}

/** Locks held by this very process: its own id in a lock file is otherwise a leftover (in a container it is always 1). */
const held = new Set<string>();

/**
 * Takes the data directory for this process; answers the release. The lock of a process that died is taken over.
 * @throws DatabaseInUse
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'postgres.lock');
  const mine = `${path}.${process.pid}`;
  if (held.has(path)) throw new DatabaseInUse(dataDir, process.pid);
  writeFileSync(mine, `${process.pid} ${startOf(process.pid)}\n`, { mode: 0o600 });
  try {
    take(path, mine, dataDir);
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(path);
  return () => {
    if (held.delete(path)) rmSync(path, { force: true });
  };
}

/** `link` makes the lock whole or not at all, and fails when there is one. */
function take(path: string, mine: string, dataDir: string): void {
  for (;;) {
    try {
      return linkSync(mine, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    if (holder !== undefined) throw new DatabaseInUse(dataDir, holder);
    dropStale(path, `${mine}.stale`);
  }
}

/** Moves the leftover aside; a lock that somebody took in the meantime is put back. */
function dropStale(path: string, aside: string): void {
  try {
    renameSync(path, aside);
    if (holderOf(aside) !== undefined) linkSync(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

/** The living process that the lock names; undefined when it is gone, or is this one, which does not hold it. */
function holderOf(path: string): number | undefined {
  const [pid = 0, start = ''] = read(path).trim().split(' ');
  const id = Number(pid);
  if (!Number.isSafeInteger(id) || id <= 0 || id === process.pid || !isAlive(id)) return undefined;
  return start === startOf(id) ? id : undefined;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When the process started, in the kernel's ticks, so that a reused id is told apart; `-` where there is no /proc. */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
}
