import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotRun } from './configuration.js';

/** Keys kept for the people and scripts of this machine; the store has only their hashes. */
export interface Keys {
  readonly admin?: string;
  readonly apps: Readonly<Record<string, string>>;
}

export function keysPath(dataDir: string): string {
  return join(dataDir, 'keys.json');
}

/** No file: no keys. @throws CannotRun when it is not what this command writes */
export function readKeys(path: string): Keys {
  const text = textOf(path);
  if (text === undefined) return { apps: {} };
  try {
    const { admin, apps } = JSON.parse(text) as Partial<Keys>;
    if (typeof apps === 'object') return { ...(typeof admin === 'string' ? { admin } : {}), apps };
  } catch {
    // falls through to the sentence below
  }
  throw new CannotRun(`${path} is not a keys file: move it away, and new keys will be made.`);
}

/** Whole or not at all, and for its owner only from the first byte. */
export function writeKeys(path: string, keys: Keys): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
