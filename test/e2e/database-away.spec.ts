import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from './support/command-line.js';
import { CRASH_SAFE, startServer, type OwnServer } from '../../scripts/postgres.mjs';
import type { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

const APP = 'taote';

/** Longer than any wait of ours for a database, so that a request that hangs fails the test. */
const BOUND_MS = 20_000;

/** What only a server that can be stopped shows; `npm run test:postgres` runs where one can be started. */
describe.runIf(process.env['DATABASE_URL'] !== undefined)('a Postgres that goes away', () => {
  const suites = process.env['DATABASE_URL'];
  let server: OwnServer;
  let world: World;
  let merchant: Merchant;
  beforeAll(async () => {
    server = await startServer(CRASH_SAFE);
    process.env['DATABASE_URL'] = server.url;
    world = await startWorld([APP]);
    merchant = world.merchant(APP);
  }, 90_000);
  afterAll(async () => {
    await world.close();
    server.stop();
    process.env['DATABASE_URL'] = suites;
  });

  const ready = async () => (await fetch(`${world.url}/health/ready`)).status;
  const recovered = () => world.until(ready, (status) => status === 200, 30_000);

  /** A code that waits for its payer. */
  async function awaiting() {
    const { id } = await merchant.createPayment();
    const { body } = await merchant.post(`/v1/payments/${id}/attempts`, {
      method: 'wechat_scan',
      scene: 'desktop_web',
    });
    return { id: id as string, action: body.next_action };
  }

  /** How it answers, and after how long at most. */
  async function refusesInTime(): Promise<void> {
    const began = performance.now();
    const reply = await merchant.post('/v1/payments', {
      order_no: `away-${began}`,
      amount: 1,
      currency: 'CNY',
      description: 'x',
    });
    expect(reply.status).toBe(503);
    expect(reply.body).toMatchObject({ code: 'unavailable', request_id: expect.any(String) });
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(BOUND_MS);
  }

  it(
    'F-90, F-47: answers 503, acknowledges nothing, and takes the repeated message once it is back',
    { timeout: 120_000 },
    async () => {
      const { id, action } = await awaiting();
      server.crash();
      await refusesInTime();
      expect(await ready()).toBe(503);
      expect((await fetch(`${world.url}/health/live`)).status).toBe(200);
      await world.payer.pay(action);
      const sent = async () => (await world.payer.control('GET', '/notifications')).body.data as { status?: number }[];
      const told = await world.until(sent, (them) => them.length > 0 && JSON.stringify(them).includes('503'), 15_000);
      expect(JSON.stringify(told)).not.toMatch(/"status":20[04]/);
      server.start();
      await recovered();
      await world.payer.advance(60_000);
      const paid = () => merchant.get(`/v1/payments/${id}`);
      await world.until(paid, ({ body }) => body.status === 'paid', 30_000);
      expect(await commandLine(world).run('check', '--sandbox')).toContain('nothing breaks them');
    },
  );

  it(
    'F-93: refuses in bounded time while the server is frozen, and goes on when it thaws',
    { timeout: 120_000 },
    async () => {
      const frozen = server.pids();
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
      try {
        expect(await ready()).toBe(503);
        await Promise.all(Array.from({ length: 15 }, refusesInTime));
      } finally {
        for (const pid of frozen) process.kill(pid, 'SIGCONT');
      }
      await recovered();
      await merchant.createPayment();
    },
  );

  it(
    'F-96: refuses in bounded time when every connection waits for a lock, and leaves no half of anything',
    { timeout: 120_000 },
    async () => {
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: await databaseUrl(pg) });
      await client.connect();
      await client.query('BEGIN');
      await client.query('LOCK TABLE payments IN ACCESS EXCLUSIVE MODE');
      try {
        await Promise.all(Array.from({ length: 25 }, refusesInTime));
      } finally {
        await client.query('ROLLBACK');
        await client.end();
      }
      await recovered();
      await merchant.createPayment();
      expect(await commandLine(world).run('check')).toContain('nothing breaks them');
    },
  );

  /** The one that the world made on our server. */
  async function databaseUrl(pg: typeof import('pg').default): Promise<string> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname LIKE 'hutong_test_%'`,
    );
    await client.end();
    return server.url.replace(/\/postgres$/, `/${rows[0]!.name}`);
  }
});
