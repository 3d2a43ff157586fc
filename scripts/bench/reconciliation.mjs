/**
 * What a day costs: one account's statement, small and large, held against books that say the same, on a real Postgres. The
 * worker's memory must not grow with the statement. `npm run bench -- reconciliation [lines]`, a million when left out.
 */
import { fileURLToPath } from 'node:url';
import { postgres } from '../postgres.mjs';
import { runNode } from '../processes.mjs';
import { pinned } from './parts/party.mjs';
import { Party } from './parts/party.mjs';

/** As `npm run gateway` starts it, and with a heap that would not hold a large statement. */
const FLAGS = ['--max-semi-space-size=8', '--max-old-space-size=128'];
const SMALL = 10_000;
const LARGE = 1_000_000;
/** What a hundred times the lines may add to the worker's memory: batches at hand, and what the collector leaves for later. */
const MOST_MORE_MIB = 64;

/** @returns {Promise<boolean>} whether memory stayed flat */
export async function run([lines = String(LARGE)] = []) {
  await runNode(['scripts/build.mjs']);
  const server = await postgres();
  try {
    const [small, large] = [await day(server.url, SMALL), await day(server.url, Number(lines))];
    const more = large.peakMib - small.peakMib;
    for (const it of [small, large])
      console.log(`${it.lines} lines: ${it.seconds} s, at most ${it.peakMib} MiB resident`);
    console.log(
      `${more} MiB more for ${Math.round(large.lines / small.lines)} times the lines; the promise is ${MOST_MORE_MIB}`,
    );
    return more <= MOST_MORE_MIB;
  } finally {
    server.stop();
  }
}

/** In a process of its own, so that its memory is the worker's. */
async function day(databaseUrl, lines) {
  const script = fileURLToPath(new URL('reconciliation/worker.mjs', import.meta.url));
  const worker = new Party(
    pinned(script, undefined, { env: { ...process.env, DATABASE_URL: databaseUrl }, execArgv: FLAGS }),
  );
  try {
    return await worker.ask({ lines });
  } finally {
    await worker.stop();
  }
}
