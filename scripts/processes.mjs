/** Starting and stopping other programs, for the scripts of this folder. Node built-ins only: it runs before any build. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Oldest Node that the services run on. */
const OLDEST_NODE = [22, 12];

/** Says so in one sentence, and ends, on a Node that is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(
    `Hutong needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.versions.node}: run it as an npm script, which brings its own Node 24, or install a newer one.`,
  );
  process.exit(1);
}

/** A program that ended badly. */
export class ProcessFailed extends Error {
  constructor(command, code) {
    super(`\`${command}\` ended with ${code}.`);
    this.name = 'ProcessFailed';
    this.code = code;
  }
}

/**
 * Runs a program to its end, its output on ours.
 * @returns {Promise<void>} rejects with ProcessFailed unless it exits with 0
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new ProcessFailed([command, ...args].join(' '), code ?? signal));
    });
  });
}

/** `run` with this very Node. */
export function runNode(args, options = {}) {
  return run(process.execPath, args, options);
}

/** The launcher of a tool that npm installed. */
export function tool(name) {
  return join(root, 'node_modules', '.bin', name);
}
