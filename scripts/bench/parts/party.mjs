import { fork } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../../processes.mjs';

/** A process of ours that answers one question at a time. */
export class Party {
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

/** Node under `taskset`, which hands our channel on to it. */
export function pinned(script, core, { env = process.env, execArgv = [] } = {}) {
  const bound = core === undefined ? {} : { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath] };
  const args = [...(bound.execArgv ?? []), ...execArgv];
  return fork(script, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], ...bound, execArgv: args });
}
