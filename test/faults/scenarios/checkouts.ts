import { pause, type Cell } from '../support/cell.ts';
import { weather } from '../support/fault-plans.ts';
import { FLOWS, type Flow } from '../support/flows.ts';
import type { Draws } from '../support/random.ts';
import type { Scenario, Stage } from '../support/scenario.ts';
import { Maybe, type Shop } from '../support/shop.ts';

/** Checkouts under way at a time. */
const AT_ONCE = 24;
/** A process dies about this often. */
const KILL_EVERY_MS = 8_000;
/** Each mishap hits this share of the calls that it can hit. */
const SHARE = 0.01;
/** Business time goes by faster than real time, so that plans have their steps. */
const STEP_MS = 5_000;

/** Of the orders more than this is paid; of those that try, some meet a code that was spoiled or a wallet that gave no answer. */
const MOST = 0.75;

/** How often each flow is chosen; most orders are simply paid. */
const MIX: readonly (readonly [keyof typeof FLOWS, number])[] = [
  ['paid_and_partly_refunded', 30],
  ['paid_and_refunded', 15],
  ['paid_at_the_smallest_wallet', 20],
  ['scanned_at_the_till', 10],
  ['paid_with_two_wallets', 7],
  ['paid_twice_at_one_wallet', 4],
  ['paid_after_cancel', 4],
  ['canceled', 5],
  ['never_paid', 5],
];

/** Two APIs and two workers on one Postgres, a mixture of faults at every call, processes that die at random. */
export function checkouts(count: number): Scenario {
  return {
    name: `checkouts/${count}`,
    rows: ['F-157', 'F-11', 'F-60', 'F-126'],
    promises: `${count} checkouts under a seeded mixture of faults and kills settle within the next step of their plan, to the fen`,
    cell: { roles: ['api', 'api', 'worker', 'worker'] },
    alone: true,
    run: (stage) => play(stage, count),
    after: figures,
  };
}

async function play(stage: Stage, count: number): Promise<void> {
  const { cell, draws } = stage;
  const started = Date.now();
  cell.faults(weather(SHARE), draws.between(1, 1_000_000));
  const tally = new Map<string, number>();
  const state = { playing: true, kills: 0, maybe: 0 };
  const chosen = Array.from({ length: count }, (_, index) => [index, choose(draws)] as const);
  const kills = killing(cell, draws.branch('kills'), state, () => chosen.length > 0);
  const beside = [kills, time(cell, state), counting(cell, state, tally)];
  await Promise.all(Array.from({ length: AT_ONCE }, () => oneAfterTheOther(cell, draws, chosen, state)));
  state.playing = false;
  await Promise.all(beside);
  const shops = [...cell.shops.values()];
  stage.note(`${((Date.now() - started) / 1_000).toFixed(0)} s`);
  stage.note(`${state.kills} processes killed`);
  stage.note(`${shops.reduce((sum, { retries }) => sum + retries, 0)} requests sent again`);
  stage.note(`${state.maybe} without a final answer`);
  for (const [code, times] of refusals(shops)) stage.note(`${times} refused with ${code}`);
  stage.note(`faults ${[...tally].map(([name, times]) => `${name} ${times}`).join(' ')}`);
}

function refusals(shops: readonly Shop[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const shop of shops) for (const [code, times] of shop.refusals) sum.set(code, (sum.get(code) ?? 0) + times);
  return sum;
}

function choose(draws: Draws): Flow {
  let left = draws.between(1, 100);
  for (const [name, weight] of MIX) {
    left -= weight;
    if (left <= 0) return FLOWS[name]!;
  }
  return FLOWS['canceled']!;
}

type State = { playing: boolean; kills: number; maybe: number };

async function oneAfterTheOther(
  cell: Cell,
  draws: Draws,
  chosen: (readonly [number, Flow])[],
  state: State,
): Promise<void> {
  for (let next = chosen.shift(); next !== undefined; next = chosen.shift()) {
    const [index, flow] = next;
    try {
      await flow(cell, draws.branch(String(index)));
    } catch (error) {
      if (!(error instanceof Maybe)) throw error;
      state.maybe += 1;
    }
  }
}

/** As long as there is something left to begin: then the last ones wait for the leases of the dead in peace. */
async function killing(cell: Cell, draws: Draws, state: State, goesOn: () => boolean): Promise<void> {
  while (goesOn()) {
    await pause(draws.between(KILL_EVERY_MS / 2, KILL_EVERY_MS * 1.5));
    if (!goesOn()) return;
    await cell.killAt(draws.between(0, 3));
    state.kills += 1;
  }
}

async function time(cell: Cell, state: State): Promise<void> {
  while (state.playing) {
    await pause(1_000);
    await cell.advance(STEP_MS);
  }
}

/** The wallets remember their last requests only: they are counted as they come by. */
async function counting(cell: Cell, state: State, tally: Map<string, number>): Promise<void> {
  const seen = new WeakSet<object>();
  const count = (faults: readonly string[]): void => {
    for (const fault of faults) tally.set(fault, (tally.get(fault) ?? 0) + 1);
  };
  while (state.playing) {
    for (const delivery of cell.sandbox.notifier.deliveries()) {
      if (seen.has(delivery)) continue;
      seen.add(delivery);
      count(delivery.faults);
    }
    const calls = cell.sandbox.requests.all().filter(({ at }) => at > lastCounted);
    lastCounted = calls.at(-1)?.at ?? lastCounted;
    for (const call of calls) count(call.faults);
    await pause(500);
  }
}
let lastCounted = '';

async function figures(stage: Stage): Promise<void> {
  const [row] = await stage.cell.rows<Record<string, string>>(
    `SELECT (SELECT count(*) FROM payments) AS payments, (SELECT count(*) FROM payments WHERE status = 'paid') AS paid,
       (SELECT count(*) FROM attempts) AS attempts, (SELECT count(DISTINCT id) FROM seen_transitions WHERE became = 'unknown') AS "once unknown",
       (SELECT count(*) FROM captures WHERE NOT accepted) AS "paid twice or late", (SELECT count(*) FROM refunds) AS refunds,
       (SELECT sum(amount) FROM captures) AS "fen captured", (SELECT sum(amount) FROM refunds WHERE status = 'succeeded') AS "fen returned",
       (SELECT count(*) FROM refunds WHERE status = 'needs_review') AS "refunds for a person",
       (SELECT count(*) FROM webhook_deliveries WHERE status = 'delivered') AS webhooks`,
  );
  for (const [name, value] of Object.entries(row ?? {})) stage.note(`${value} ${name}`);
  const paid = Number(row?.['paid']) / Number(row?.['payments']);
  stage.expect(paid >= MOST, `${(100 * paid).toFixed(0)} % were paid: too few for this to say anything`);
}
