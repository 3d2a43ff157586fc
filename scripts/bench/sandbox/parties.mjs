import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../processes.mjs';
import { freePort, isReady } from '../../servers.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A process of ours that answers one question at a time. */
class Party {
  constructor(child) {
    this.child = child;
    this.ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${child.spawnargs.at(-1)} ended with ${code}.`);
    });
    this.ended.catch(() => {});
  }

  async ask(question) {
    const answered = once(this.child, 'message');
    this.child.send(question);
    const [answer] = await Promise.race([answered, this.ended]);
    return answer;
  }

  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

/** The built sandbox, with a voice added that tells its heap. */
export async function startSandbox(core) {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-bench-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const env = { ...process.env, HUTONG_DATA_DIR: dataDir, SANDBOX_PORT: String(port) };
  const execArgv = ['--expose-gc', '--import', here('heap-voice.mjs')];
  const party = new Party(pinned(join(root, 'apps/sandbox/dist/main.js'), core, { env, execArgv }));
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (party.child.exitCode !== null) throw new Error(`The sandbox ended with ${party.child.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Object.assign(party, { url });
}

export async function startMerchant(core, url) {
  const party = new Party(pinned(here('merchant.mjs'), core));
  await party.ask({ url });
  return party;
}

export async function startSigner(core) {
  return new Party(pinned(here('signer.mjs'), core));
}

/** Node under `taskset`, which hands our channel on to it. */
function pinned(script, core, { env = process.env, execArgv = [] } = {}) {
  const bound = core === undefined ? {} : { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath] };
  const args = [...(bound.execArgv ?? []), ...execArgv];
  return fork(script, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], ...bound, execArgv: args });
}
