import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDir } from './data-dir-lock.js';
import { DatabaseInUse, MigrationsPending, openStores } from './index.js';
import { openShop } from './testing/specimens.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hutong-data-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const masterKey = randomBytes(32);
const lockFile = () => join(dataDir, 'postgres.lock');

describe('the embedded database', () => {
  it('keeps what was written, and opens again', { timeout: 60_000 }, async () => {
    const first = await openStores({ dataDir, masterKey });
    const account = await openShop(first);
    await first.close();
    expect(existsSync(lockFile())).toBe(false);
    const again = await openStores({ dataDir, masterKey, migrate: false });
    expect(await again.config.findAccount(account.id, 1)).toEqual(account);
    await again.close();
  });

  it(
    'refuses to open unmigrated when it must not migrate, and lets go of the directory',
    { timeout: 60_000 },
    async () => {
      await expect(openStores({ dataDir, masterKey, migrate: false })).rejects.toThrow(MigrationsPending);
      expect(existsSync(lockFile())).toBe(false);
    },
  );

  it('is told where to live, and how its secrets are sealed', async () => {
    await expect(openStores({ masterKey })).rejects.toThrow(/databaseUrl, dataDir or memory/);
    await expect(openStores({ memory: true, masterKey: randomBytes(16) })).rejects.toThrow(/32 bytes/);
  });
});

describe('the lock of a data directory', () => {
  it('tells a second opener in one sentence who has it', async () => {
    const holder = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(holder, 'spawn');
    const stat = readFileSync(`/proc/${holder.pid}/stat`, 'utf8');
    writeFileSync(lockFile(), `${holder.pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}\n`);
    const sentence = `The embedded database in ${dataDir} is in use by process ${holder.pid}; `;
    await expect(openStores({ dataDir, masterKey })).rejects.toThrow(sentence);
    holder.stdin.end();
    await once(holder, 'exit');
    lockDataDir(dataDir)();
    expect(existsSync(lockFile())).toBe(false);
  });

  it('counts for this process too', () => {
    const unlock = lockDataDir(dataDir);
    expect(() => lockDataDir(dataDir)).toThrow(DatabaseInUse);
    unlock();
    lockDataDir(dataDir)();
  });

  it.each([
    ['a process that died', '2147483646 1'],
    ['a process whose id another one has now', '1 not-when-it-started'],
    ['an earlier process with our own id, as in a container', `${process.pid} 1`],
    ['nobody: it was cut short', ''],
  ])('is taken over from %s', (_, content) => {
    writeFileSync(lockFile(), content);
    const unlock = lockDataDir(dataDir);
    expect(readFileSync(lockFile(), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    unlock();
  });
});
