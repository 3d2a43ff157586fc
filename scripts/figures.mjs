/**
 * `npm run figures`: how long the built gateway takes to be ready on a Postgres that is up to date, and how much memory it
 * holds while idle. The worst of several starts, as the table of the README has it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgres } from './postgres.mjs';
import { requireNode, root, runNode } from './processes.mjs';
import { freePort } from './free-port.mjs';
import { isReady } from './servers.mjs';

const STARTS = 3;
const IDLE_MS = 5_000;

requireNode();
await runNode(['scripts/build.mjs']);
const server = await postgres();
const dataDir = mkdtempSync(join(tmpdir(), 'hutong-figures-'));
process.on('exit', () => {
  server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
const port = await freePort();
const env = {
  ...process.env,
  DATABASE_URL: server.url,
  HUTONG_DATA_DIR: dataDir,
  PORT: String(port),
  LOG_LEVEL: 'warn',
};
await runNode(['apps/cli/bin/hutong.js', 'migrate'], { env });

const starts = [];
for (let start = 0; start < STARTS; start++) starts.push(await measure());
const worst = (name) => Math.max(...starts.map((it) => it[name]));
console.log(`
| built gateway on Postgres, worst of ${STARTS} starts | |
| --- | --- |
| from the command to \`/health/ready\` | ${(worst('readyMs') / 1_000).toFixed(1)} s |
| resident memory, idle | ${worst('residentMb')} MB |

${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`);
process.exit(0);

async function measure() {
  const started = performance.now();
  const args = ['--max-semi-space-size=8', 'apps/gateway/dist/main.js'];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!(await isReady(`http://127.0.0.1:${port}`))) {
    if (child.exitCode !== null) throw new Error(`The gateway ended with ${child.exitCode}.`);
    await pause(10);
  }
  const readyMs = performance.now() - started;
  await pause(IDLE_MS);
  const residentMb = residentOf(child.pid);
  child.kill('SIGTERM');
  await ended;
  return { readyMs, residentMb };
}

/** Linux tells it in kB. */
function residentOf(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.ceil(Number(kilobytes) / 1_000);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
