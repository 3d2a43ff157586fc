/** The sandbox, the gateway and the storefront as child processes of a script: started in order, watched, and stopped by their ids. */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './processes.mjs';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const LAST_LINES = 15;

/** Something that the person at the terminal can mend, in one sentence. */
export class CannotStart extends Error {
  name = 'CannotStart';
}

/** Which server a port is for, and the variable that moves it. */
const PORTS = [
  { setting: 'port', whose: 'the gateway', variable: 'PORT' },
  { setting: 'sandboxPort', whose: 'the sandbox', variable: 'SANDBOX_PORT' },
  { setting: 'storefrontPort', whose: 'the storefront', variable: 'STOREFRONT_PORT' },
];

/** @throws CannotStart naming the port and the variable that moves it */
export async function requireFreePorts({ host, ...settings }) {
  const taken = new Map();
  for (const { setting, whose, variable } of PORTS) {
    const port = settings[setting];
    if (taken.has(port))
      throw new CannotStart(`${taken.get(port)} and ${variable} are both ${port}: give one of them another.`);
    taken.set(port, variable);
    await requireFreePort(host, port, whose, variable);
  }
}

async function requireFreePort(host, port, whose, variable) {
  const code = await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  const why = code === 'EADDRINUSE' ? 'is in use by another program' : `can't be opened on ${host} (${code})`;
  throw new CannotStart(`Port ${port} ${why}: move ${whose} with ${variable}=<port>, or free it.`);
}

/** True once the server at this base URL says that it is usable. */
export async function isReady(url) {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) })).status === 200;
  } catch {
    return false;
  }
}

/** The running children of one script. Their output goes to `<dataDir>/logs`; one that dies by itself ends the script. */
export class Servers {
  #children = new Map();
  #stopping = false;

  constructor(settings, env) {
    this.settings = settings;
    this.env = env;
    this.logs = join(settings.dataDir, 'logs');
    mkdirSync(this.logs, { recursive: true });
    /** Rejects with CannotStart when a child ends that nobody stopped. */
    this.death = new Promise((_resolve, reject) => {
      this.#die = reject;
    });
    this.death.catch(() => {});
  }
  #die;

  /** Sandbox and, while it starts, database and seeds; then gateway. Resolves when both answer. @throws CannotStart */
  async start() {
    const { sandboxPublicUrl, publicUrl } = this.settings;
    this.#spawn('sandbox', ['apps/sandbox/dist/main.js']);
    await this.#toItsEnd('seed', ['apps/cli/bin/hutong.js', 'seed', '--wait', '60']);
    await this.#ready('sandbox', sandboxPublicUrl);
    this.#spawn('gateway', ['--max-semi-space-size=8', 'apps/gateway/dist/main.js']);
    await this.#ready('gateway', publicUrl);
  }

  /** The shops, beside a gateway that runs. Resolves with their address when they answer. @throws CannotStart */
  async openShops() {
    const url = `http://127.0.0.1:${this.settings.storefrontPort}`;
    this.#spawn('storefront', ['apps/storefront/dist/main.js']);
    await this.#ready('storefront', url);
    return url;
  }

  /** Passes the signal on and waits; who does not stop in time is killed. */
  async stop(signal = 'SIGTERM') {
    this.#stopping = true;
    const running = [...this.#children.values()];
    for (const { child } of running) child.kill(signal);
    const timer = setTimeout(() => running.forEach(({ child }) => child.kill('SIGKILL')), STOP_WITHIN_MS);
    await Promise.all(running.map(({ ended }) => ended));
    clearTimeout(timer);
  }

  /** Once stopping, nothing new begins: what waits for it waits for the end of the script. */
  #spawn(name, args, { mayEnd = false } = {}) {
    if (this.#stopping) return new Promise(() => {});
    const log = openSync(join(this.logs, `${name}.log`), 'w');
    const child = spawn(process.execPath, args, { cwd: root, env: this.env, stdio: ['ignore', log, log] });
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(code ?? signal));
    });
    this.#children.set(name, { child, ended });
    ended.then((code) => {
      this.#children.delete(name);
      if (!mayEnd || code !== 0) this.#mourn(name, code);
    });
    return ended;
  }

  #mourn(name, code) {
    if (this.#stopping) return;
    this.#die(
      new CannotStart(
        `The ${name} ended with ${code}. The end of ${join(this.logs, `${name}.log`)}:\n${this.#lastWords(name)}`,
      ),
    );
  }

  #lastWords(name) {
    const lines = readFileSync(join(this.logs, `${name}.log`), 'utf8')
      .trimEnd()
      .split('\n');
    return lines
      .slice(-LAST_LINES)
      .map((line) => `  ${line}`)
      .join('\n');
  }

  async #toItsEnd(name, args) {
    await Promise.race([this.#spawn(name, args, { mayEnd: true }), this.death]);
  }

  async #ready(name, url) {
    const until = Date.now() + READY_WITHIN_MS;
    while (!(await Promise.race([isReady(url), this.death]))) {
      if (Date.now() > until)
        throw new CannotStart(`The ${name} does not answer at ${url}/health/ready; see ${this.logs}/${name}.log.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
