/** Fills the books with a day of so many payments, then reconciles it; tells how long that took and how large it grew. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ProviderDirectory, reconcileDay } from '@hutong/payment-core';
import { openStores } from '@hutong/payment-store';

const DATE = '2026-11-22';
const MIDNIGHT = Date.parse(`${DATE}T00:00:00+08:00`);
const A_DAY_MS = 86_400_000;
const BY = { actor: 'bench' };

process.once('message', async ({ lines }) => {
  process.send(await measure(lines));
});

async function measure(lines) {
  const databaseUrl = process.env.DATABASE_URL;
  const stores = await openStores({ databaseUrl, masterKey: randomBytes(32) });
  const app = `bench_${lines}`;
  await stores.config.saveApp({ id: app, name: { 'zh-CN': app, en: app }, branding: {}, returnOrigins: [] }, BY);
  const account = await stores.config.addAccountVersion({ app, provider: 'wire', ref: 'main', settings: {} }, [], BY);
  await fill(databaseUrl, account, lines);
  const now = () => new Date(MIDNIGHT + 35 * 3_600_000);
  const core = { stores, clock: { now }, providers: directory(lines), notifyUrl: () => '', report: console.error };
  const memory = watchMemory();
  const begun = performance.now();
  await reconcileDay(core, { account, date: DATE });
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  const peakMib = memory.stop();
  const [day] = await stores.reconciliations.find(app, 'wire', DATE);
  const { matched } = day.tally;
  if (day.status !== 'ready' || matched.payments.count !== lines || day.waiting !== 0)
    throw new Error(`${matched.payments.count} of ${lines} lines matched`);
  await stores.close();
  return { lines, seconds, peakMib };
}

const fenOf = (n) => 100 + (n % 9_000);
/** Spread over the day, none near its ends. */
const momentOf = (n, lines) => new Date(MIDNIGHT + 7_200_000 + Math.floor(((A_DAY_MS - 14_400_000) / lines) * n));

function directory(lines) {
  async function* statement() {
    for (let n = 1; n <= lines; n++) {
      const [reference, providerReference] = [`att_${lines}_${n}`, `trade_${lines}_${n}`];
      const amount = { amount: fenOf(n), currency: 'CNY' };
      yield { type: 'payment', reference, providerReference, amount, at: momentOf(n, lines) };
    }
  }
  const download = async () => ({ status: 'ready', lines: statement() });
  const connect = () => ({ payee: 'us', payments: { prepare: {} }, bills: { kinds: ['trades'], download } });
  const wire = { id: 'wire', title: {}, methods: [], secretFields: [], connect };
  return new ProviderDirectory({ providers: [wire], methods: [] }, { clock: { now: () => new Date() } });
}

/** Straight into the tables: a million payments through the use cases are another bench. */
async function fill(connectionString, { id, app }, lines) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const at = `to_timestamp(${(MIDNIGHT + 7_200_000) / 1_000}) + make_interval(secs => floor(${A_DAY_MS - 14_400_000}::float8 / ${lines} * n) / 1000)`;
  const series = `generate_series(1, ${lines}) AS n`;
  const key = (kind) => `'${kind}_${lines}_' || n`;
  await client.query(`INSERT INTO payments (id, app, order_no, content_hash, status, amount, currency, description,
      cashier_token, created_at, expires_at, paid_at, paid_with)
    SELECT ${key('pay')}, '${app}', n::text, '', 'paid', 100 + n % 9000, 'CNY', '', ${key('tok')}, ${at}, ${at}, ${at},
      ${key('att')} FROM ${series}`);
  await client.query(`INSERT INTO attempts (id, payment_id, app, method, scene, provider, account_id, account_version,
      reference, payer_key, status, created_at, expires_at)
    SELECT ${key('att')}, ${key('pay')}, '${app}', 'wire', 'app', 'wire', '${id}', 1, ${key('att')}, '', 'paid', ${at},
      ${at} FROM ${series}`);
  await client.query(`INSERT INTO captures (id, payment_id, attempt_id, provider, account_id, provider_reference, amount,
      currency, paid_at, accepted, proof)
    SELECT ${key('cap')}, ${key('pay')}, ${key('att')}, 'wire', '${id}', ${key('trade')}, 100 + n % 9000, 'CNY', ${at},
      true, 'query' FROM ${series}`);
  await client.query('ANALYZE');
  await client.end();
}

/** The most that was resident, asked often. */
function watchMemory() {
  let most = 0;
  const look = () => (most = Math.max(most, process.memoryUsage.rss()));
  const timer = setInterval(look, 20);
  return {
    stop() {
      clearInterval(timer);
      look();
      return Math.round(most / 1_048_576);
    },
  };
}
