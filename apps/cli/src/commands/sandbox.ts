import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { CannotRun } from '../configuration.js';

const LAUNCHER = '../../../sandbox/bin/hutong-sandbox.js';

export function registerSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('run the offline WeChat Pay, Alipay and wallet servers alone (also: npx hutong-sandbox)')
    .action(runSandbox);
}

/** A process of its own: the sandbox shares no code with what is tested against it. */
async function runSandbox(): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(LAUNCHER, import.meta.url))], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  if (code !== 0 && code !== null) throw new CannotRun(`The sandbox ended with ${code}.`);
}
