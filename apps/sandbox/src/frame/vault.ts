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
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    const path = join(this.dir, `${name}.json`);
    // Written beside and renamed: a crash leaves the old file or the new one, never half a key.
    writeFileSync(`${path}.new`, `${text}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
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
