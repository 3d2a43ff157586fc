/**
 * How close the sandbox comes to bare RSA signing on one core, and what it keeps of an order.
 *
 * The sandbox is the built command in a process of its own, bound to one core; the merchant is another process on another
 * core, which has signed its orders before the clock runs. The sandbox verifies each, keeps it, and signs its answer; a
 * sample of the answers is verified. The yardstick is a loop that does nothing but sign, on the sandbox's core, in turns
 * with it.
 */
import { cpus } from 'node:os';
import { runNode } from '../processes.mjs';
import { cores } from './parts/cores.mjs';
import { startMerchant, startSandbox, startSigner } from './sandbox/parties.mjs';

const ROUNDS = 7;
/** Turns that do not count: a server runs for hours, its compiler is done after seconds. */
const WARM_UPS = 4;
const ORDERS_A_ROUND = 4_000;
/** Before the orders of a turn, and again after them: a core does not keep one pace. */
const SIGNING_MS = 750;
const KEPT_ORDERS = 100_000;
const LEAST_RATIO = 0.6;
const MOST_BYTES = 1_024;

/** @returns {Promise<boolean>} whether both promises of the README hold */
export async function run() {
  await runNode(['scripts/build.mjs']);
  const { one, other } = cores();
  const sandbox = await startSandbox(one);
  const parties = [sandbox];
  try {
    const merchant = await startMerchant(other, sandbox.url);
    const signer = await startSigner(one);
    parties.push(merchant, signer);
    const speed = await speedOf(sandbox, merchant, signer);
    const bytes = await bytesPerTrade(sandbox, merchant);
    report(speed, bytes, one);
    return speed.ratio >= LEAST_RATIO && bytes <= MOST_BYTES;
  } finally {
    await Promise.all(parties.map((party) => party.stop()));
  }
}

/**
 * Orders and bare signatures for a second of the core, in turns, of which the first ones warm up and do not count. A
 * second of the core is processor time, all threads of the process together: what else runs on the machine takes turns on
 * the core and would otherwise be counted to whoever it met. Both are saturated, so on a quiet core it is a second.
 */
async function speedOf(sandbox, merchant, signer) {
  const turns = [];
  for (let turn = 0; turn < WARM_UPS + ROUNDS; turn++) {
    await merchant.ask({ sign: ORDERS_A_ROUND });
    const first = await signer.ask({ ms: SIGNING_MS });
    const before = await sandbox.ask({});
    const placed = await merchant.ask({ send: true });
    const { cpuSeconds } = await sandbox.ask({});
    const bare = sumOf(first, await signer.ask({ ms: SIGNING_MS }));
    const orders = placed.count / (cpuSeconds - before.cpuSeconds);
    const signatures = bare.count / bare.cpuSeconds;
    const byTheClock = placed.count / placed.seconds / (bare.count / bare.seconds);
    if (turn >= WARM_UPS) turns.push({ orders, signatures, ratio: orders / signatures, byTheClock });
  }
  return Object.fromEntries(Object.keys(turns[0]).map((name) => [name, median(turns.map((turn) => turn[name]))]));
}

/** The heap after a collection, before and after; the logs are full before, so that only trades grow. */
async function bytesPerTrade(sandbox, merchant) {
  const before = await sandbox.ask({ heap: true });
  await merchant.ask({ place: KEPT_ORDERS });
  const after = await sandbox.ask({ heap: true });
  return (after.bytes - before.bytes) / KEPT_ORDERS;
}

function sumOf(a, b) {
  return Object.fromEntries(Object.keys(a).map((name) => [name, a[name] + b[name]]));
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function report({ ratio, orders, signatures, byTheClock }, bytes, core) {
  const where = core === undefined ? 'not bound to a core: there is no taskset, or one core only' : `on core ${core}`;
  console.log(`
| sandbox, ${where} | figure | promised |
| --- | --- | --- |
| bare RSA-2048 signatures for a second of the core | ${Math.round(signatures)} | |
| signed Native orders for a second of the core | ${Math.round(orders)} | |
| the same ratio by the clock on the wall | ${byTheClock.toFixed(2)} | |
| ratio, median of ${ROUNDS} turns | ${ratio.toFixed(2)} | at least ${LEAST_RATIO.toFixed(2)} |
| heap for a kept trade, over ${KEPT_ORDERS.toLocaleString('en')} | ${Math.round(bytes)} bytes | at most ${MOST_BYTES.toLocaleString('en')} |

${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`);
}
