/**
 * What the policy costs: `GET /v1/payment-methods` on an app with 12 options and 40 rules, beside a route with the same key
 * and the same query that decides nothing, and beside an empty route of the same stack. The list of options has a fast lane
 * (ADR 18), so the route without a policy is measured with and without one. All in one run, in turns, the servers on one core
 * and the caller on another, which it keeps awake.
 */
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runNode } from '../processes.mjs';
import { OPTIONS, QUESTION, RULES } from './options/app.mjs';
import { cores } from './parts/cores.mjs';
import { Party, pinned } from './parts/party.mjs';

/** Turns that are not counted: a server is measured as it runs for days, compiled. */
const WARM_UP = 3;
const ROUNDS = 7;
const SECONDS = 2;
const LEAST_OF_NO_POLICY = 0.7;
const LEAST_OF_EMPTY = 0.35;

const here = (name) => fileURLToPath(new URL(`options/${name}`, import.meta.url));

/** @returns {Promise<boolean>} whether the promises hold */
export async function run() {
  await runNode(['scripts/build.mjs']);
  const { one, other } = cores();
  const parties = {
    gateway: start('server.mjs', one),
    empty: start('empty.mjs', one),
    client: start('client.mjs', other),
  };
  try {
    const turns = [];
    const routes = await routesOf(parties);
    for (let turn = 0; turn < WARM_UP + ROUNDS; turn++) {
      const measured = await turnOf(routes, parties.client);
      if (turn >= WARM_UP) turns.push(measured);
    }
    return report(turns, one);
  } finally {
    await Promise.all(Object.values(parties).map((party) => party.stop()));
  }
}

function start(script, core) {
  return new Party(pinned(here(script), core, { execArgv: ['--max-semi-space-size=8'] }));
}

async function routesOf({ gateway, empty }) {
  const [{ url, key }, bare] = await Promise.all([gateway.ask({}), empty.ask({})]);
  return {
    options: { server: gateway, url: `${url}/v1/payment-methods?${QUESTION}`, key },
    noPolicy: { server: gateway, url: `${url}/v1/no-policy?${QUESTION}`, key },
    noPolicyLane: { server: gateway, url: `${url}/v1/no-policy-lane?${QUESTION}`, key },
    empty: { server: empty, url: `${bare.url}/v1/empty` },
  };
}

/**
 * Requests for a second of the server's core, of each route: processor time, because what else runs on the machine takes
 * turns on the core. The server is saturated, so on a quiet core it is a second.
 */
async function turnOf(routes, client) {
  const measured = {};
  for (const [name, { server, url, key }] of Object.entries(routes)) {
    const before = await server.ask({});
    const result = await client.ask({ url, key, seconds: SECONDS });
    const after = await server.ask({});
    if (result.refused > 0 || result.answered === 0) throw new Error(`${url} refused ${result.refused} requests.`);
    measured[name] = {
      ...result,
      byClock: result.answered / result.seconds,
      perSecond: result.answered / (after.cpuSeconds - before.cpuSeconds),
    };
  }
  return measured;
}

const ROUTES = {
  options: 'option lists',
  noPolicy: 'same key and query, no policy',
  noPolicyLane: 'the same on a fast lane',
  empty: 'empty route of Nest on Fastify',
};

function report(turns, core) {
  const ratio = (route, of = 'perSecond') => median(turns.map((turn) => turn.options[of] / turn[route][of]));
  const promises = [
    ['noPolicy', LEAST_OF_NO_POLICY],
    ['noPolicyLane', LEAST_OF_NO_POLICY],
    ['empty', LEAST_OF_EMPTY],
  ].map(([route, least]) => ({ route, least, share: ratio(route) }));
  const where = core === undefined ? 'not bound to a core: there is no taskset, or one core only' : `on core ${core}`;
  console.log(`
${OPTIONS.length} options, ${RULES} rules; ${where}, 16 callers; medians of ${ROUNDS} turns after ${WARM_UP} to warm up

| route | for a second of the core | p50, worst turn | p99, worst turn |
| --- | --- | --- | --- |
${Object.entries(ROUTES)
  .map(([route, name]) => rowOf(turns, route, name))
  .join('\n')}

| option lists, as a share of | figure | promised | | by the clock, whatever else ran |
| --- | --- | --- | --- | --- |
${promises.map(({ route, least, share }) => `| ${ROUTES[route]} | ${share.toFixed(2)} | at least ${least.toFixed(2)} | ${share >= least ? 'kept' : 'not kept'} | ${ratio(route, 'byClock').toFixed(2)} |`).join('\n')}

${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`);
  return promises.every(({ share, least }) => share >= least);
}

function rowOf(turns, route, name) {
  const worst = (what) => Math.max(...turns.map((turn) => turn[route][what]));
  const perSecond = median(turns.map((turn) => turn[route].perSecond));
  return `| ${name} | ${Math.round(perSecond)} | ${worst('p50')} ms | ${worst('p99')} ms |`;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
