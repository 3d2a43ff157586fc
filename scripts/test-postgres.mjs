/**
 * `npm run test:postgres`: the suites that touch the database, on a real Postgres. `DATABASE_URL` names a server to use (a
 * role that may create databases); without it a throw-away server is started out of the binaries on this machine and
 * stopped again, however the run ends. Further arguments go to Vitest.
 */
import { postgres } from './postgres.mjs';
import { requireNode, runNode } from './processes.mjs';
import { runVitest, sumOf } from './vitest.mjs';

const SUITES = [
  ['--project', 'unit', 'libs/payment-store'],
  ['--project', 'e2e'],
];

requireNode();
const server = await postgres();
process.on('exit', server.stop);

await runNode(['scripts/generate.mjs']);
let vitest;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    vitest?.kill(signal);
    process.exit(130);
  });
}
const runs = [];
for (const suite of SUITES) {
  const env = { ...process.env, DATABASE_URL: server.url };
  runs.push(await runVitest([...suite, ...process.argv.slice(2)], { env, onStart: (child) => (vitest = child) }));
}
const { failed, text } = sumOf(runs);
console.log(`\n${text}`);
process.exitCode = failed === 0 ? 0 : 1;
