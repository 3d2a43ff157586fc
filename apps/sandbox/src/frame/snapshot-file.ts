import { hash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { fromSnapshotJson, toSnapshotJson } from './snapshot-json.js';

const FORMAT = 'hutong-sandbox-snapshot';
/** Raised when a sandbox could not read what an older one wrote. */
const VERSION = 1;

/** The file is there and can't be used: starting without it would lose what it holds. */
export class SnapshotRefused extends Error {
  override readonly name = 'SnapshotRefused';

  constructor(file: string, why: string) {
    super(`The snapshot ${file} ${why}. Nothing was started; move the file away to start empty.`);
  }
}

/** Written beside and renamed, for its owner only: a crash leaves the old file or the new one. @returns its bytes */
export function writeSnapshot(file: string, state: unknown): number {
  const json = toSnapshotJson(state);
  const head = { format: FORMAT, version: VERSION, sha256: hash('sha256', json) };
  const bytes = Buffer.from(`${JSON.stringify(head)}\n${json}\n`);
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  return bytes.length;
}

/** The state that was written; undefined: there is no file yet. @throws SnapshotRefused */
export function readSnapshot(file: string): unknown {
  if (!existsSync(file)) return undefined;
  const [first = '', json = ''] = readFileSync(file, 'utf8').split('\n', 2);
  const { format, version, sha256 } = headOf(first);
  if (format !== FORMAT) throw new SnapshotRefused(file, 'is no snapshot of a sandbox, or damaged');
  if (version !== VERSION) {
    throw new SnapshotRefused(file, `is of version ${String(version)}, and this sandbox reads ${VERSION}`);
  }
  if (sha256 !== hash('sha256', json))
    throw new SnapshotRefused(file, 'is damaged: its content is not what was written');
  return fromSnapshotJson(json);
}

function headOf(line: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(line) as Readonly<Record<string, unknown>> | null) ?? {};
  } catch {
    return {};
  }
}
