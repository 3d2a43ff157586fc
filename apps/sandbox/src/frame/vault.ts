import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keys and accounts, as one JSON file (mode 600) per name under `dir`; without a `dir`, in memory only. */
export class Vault {
  private readonly memory = new Map<string, string>();
  private readonly making = new Map<string, Promise<unknown>>();

  constructor(private readonly dir: string | undefined) {}

  /** What is kept under `name`; made, and kept, at first asking. Concurrent callers share one making. */
  keep<T>(name: string, make: () => Promise<T>): Promise<T> {
    const running = this.making.get(name);
    if (running !== undefined) return running as Promise<T>;
    const task = this.readOrMake(name, make).finally(() => this.making.delete(name));
    this.making.set(name, task);
    return task;
  }

  read<T>(name: string): T | undefined {
    const text = this.dir === undefined ? this.memory.get(name) : this.readFile(this.dir, name);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  write(name: string, value: unknown): void {
    const text = JSON.stringify(value, undefined, 2);
    if (this.dir === undefined) {
      this.memory.set(name, text);
      return;
    }
    place(this.dir, `${name}.json`, `${text}\n`);
  }

  /** A text for other programs, as a file beside the keys. @returns its path; undefined without a `dir` */
  publish(fileName: string, text: string): string | undefined {
    return this.dir === undefined ? undefined : place(this.dir, fileName, text);
  }

  private async readOrMake<T>(name: string, make: () => Promise<T>): Promise<T> {
    const kept = this.read<T>(name);
    if (kept !== undefined) return kept;
    const made = await make();
    this.write(name, made);
    return made;
  }

  private readFile(dir: string, name: string): string | undefined {
    const path = join(dir, `${name}.json`);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }
}

/** Written beside and renamed: a crash leaves the old file or the new one, never half a key. */
function place(dir: string, fileName: string, text: string): string {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, fileName);
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return path;
}
