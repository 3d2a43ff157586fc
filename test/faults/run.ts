/**
 * `npm run test:faults [-- --only <text>] [-- --slice <n>] [-- --checkouts <n>] [-- --list]`, `SEED=<n>` to repeat a run:
 * everything that may go wrong, on a real Postgres, with processes that really end. See docs/faults.md.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { CRASH_SAFE, startServer } from '../../scripts/postgres.mjs';
import { SCENARIOS } from './scenarios/index.ts';
import { Ground } from './support/cell.ts';
import { Cells, play, type Result, type Scenario } from './support/scenario.ts';
import { sliceOf } from './support/slice.ts';
import { checkouts } from './scenarios/checkouts.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    slice: { type: 'string', default: '1' },
    list: { type: 'boolean' },
    checkouts: { type: 'string' },
    lanes: { type: 'string', default: '2' },
  },
});
const seed = whole('SEED', process.env['SEED'] ?? String(randomInt(1, 2 ** 31)));

const all = values.checkouts === undefined ? SCENARIOS : [checkouts(whole('--checkouts', values.checkouts))];
const { only } = values;
const named = only === undefined ? all : all.filter(({ name }) => only.split(',').some((part) => name.includes(part)));
const chosen = sliceOf(named, whole('--slice', values.slice), seed);

if (values.list === true)
  for (const { name, rows, promises } of chosen) console.log(`${name}  [${rows.join(' ')}]  ${promises}`);
else process.exit(await run(chosen));

/** A whole number from 1, else the command ends and says so. */
function whole(name: string, value: string): number {
  if (/^[1-9]\d{0,9}$/.test(value)) return Number(value);
  console.error(`${name} is a whole number from 1, and this is "${value}".`);
  process.exit(2);
}

async function run(scenarios: readonly Scenario[]): Promise<number> {
  const server = await startServer(CRASH_SAFE);
  const ground = new Ground(server);
  process.once('exit', server.stop);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
  console.log(`SEED=${seed}, ${scenarios.length} scenarios`);
  const shared = scenarios.filter((it) => !it.alone);
  const queues = lanesOf(shared, whole('--lanes', values.lanes));
  const results = (await Promise.all(queues.map((queue) => playAll(queue, ground)))).flat();
  results.push(
    ...(await playAll(
      scenarios.filter((it) => it.alone),
      ground,
    )),
  );
  const failed = results.filter(({ failures }) => failures.length > 0);
  if (failed.length === 0) ground.remove();
  else console.log(`\nlogs of the gateways: ${ground.folder}`);
  console.log('');
  for (const { name, failures } of failed) {
    console.log(
      [`failed: ${name}`, ...shortened(failures), `again: SEED=${seed} npm run test:faults -- --only ${name}`].join(
        '\n    ',
      ),
    );
  }
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 && results.length > 0 ? 0 : 1;
}

/** Scenarios that share a cell stay in one lane; lanes run beside each other. */
function lanesOf(scenarios: readonly Scenario[], lanes: number): Scenario[][] {
  const queues: Scenario[][] = Array.from({ length: lanes }, () => []);
  scenarios.forEach((scenario, index) => queues[index % lanes]?.push(scenario));
  return queues;
}

async function playAll(scenarios: readonly Scenario[], ground: Ground): Promise<Result[]> {
  const cells = new Cells(ground);
  const results: Result[] = [];
  for (const scenario of scenarios) results.push(await playOne(scenario, cells));
  await cells.close();
  return results;
}

async function playOne(scenario: Scenario, cells: Cells): Promise<Result> {
  let result: Result;
  try {
    result = await play(scenario, await cells.like(scenario.cell), seed);
  } catch (error) {
    result = { name: scenario.name, failures: [String(error)], notes: [], ms: 0 };
  }
  const passed = result.failures.length === 0;
  // What a failing scenario leaves behind would fail the next one, and so would what a saboteur left on purpose.
  if (!passed || scenario.breaks !== undefined) await cells.discard(scenario.cell);
  console.log(
    `${passed ? 'ok  ' : 'FAIL'} ${result.name}  ${(result.ms / 1_000).toFixed(1)} s  ${result.notes.join(', ')}`,
  );
  for (const failure of shortened(result.failures)) console.log(`     ${failure}`);
  return result;
}

function shortened(failures: readonly string[], most = 12): readonly string[] {
  return failures.length > most ? [...failures.slice(0, most), `… and ${failures.length - most} more`] : failures;
}
