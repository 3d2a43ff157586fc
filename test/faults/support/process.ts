import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KillPlan } from './kill-plan.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const READY_WITHIN_MS = 180_000;

type Message = { readonly type: string };

/** One gateway in a process of its own: started by us, ended by its id. */
export class Gateway {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #hits = 0;
  alive = true;
  readonly role: string;
  readonly port: number;

  constructor(role: string, port: number, env: Readonly<Record<string, string>>, logFile: string) {
    const log = openSync(logFile, 'a');
    this.role = role;
    this.port = port;
    this.#child = spawn(process.execPath, ['--max-semi-space-size=8', CHILD], {
      env: { ...(process.env as Record<string, string>), ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    this.#child.on('message', (message: Message) => {
      if (message.type === 'hit') this.#hits += 1;
    });
    this.#ended = new Promise((done) => {
      this.#child.once('exit', () => {
        this.alive = false;
        done();
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Whether an armed point was reached. */
  get hit(): boolean {
    return this.#hits > 0;
  }

  /** Of a process that ended by itself. */
  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Up to here its modules are loaded and nothing runs: a process in waiting is a fast restart. @throws Error */
  async go(): Promise<void> {
    const ready = this.#message('ready');
    this.#child.send({ type: 'go' });
    await ready;
  }

  async arm(plan: KillPlan | undefined): Promise<void> {
    const armed = this.#message('armed');
    this.#hits = 0;
    this.#child.send({ type: 'arm', plan });
    await armed;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #message(type: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`The gateway (${this.role}) did not say ${type}.`)), READY_WITHIN_MS);
    });
    const said = new Promise<void>((done, reject) => {
      const listen = (message: Message): void => {
        if (message.type !== type) return;
        this.#child.off('message', listen);
        done();
      };
      this.#child.on('message', listen);
      void this.#ended.then(() => reject(new Error(`The gateway (${this.role}) ended before it said ${type}.`)));
    });
    try {
      await Promise.race([said, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
