import { rmSync } from 'node:fs';
import { createSandbox, type Sandbox } from '@hutong/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  buildGateway,
  gatewayProcess,
  seededData,
  type GatewayProcess,
  type SeededData,
} from './support/gateway-process.js';
import { Payer } from './support/payer.js';

const APP = 'taote';
const CLIENTS = 8;

let sandbox: Sandbox;
let sandboxUrl: string;
let payer: Payer;
let data: SeededData;
let gateway: GatewayProcess | undefined;

beforeAll(async () => {
  sandbox = await createSandbox();
  [sandboxUrl] = await Promise.all([sandbox.listen(), buildGateway()]);
  payer = new Payer(sandboxUrl);
  data = await seededData(APP, sandboxUrl);
}, 240_000);
afterEach(async () => {
  await payer.faults([]);
  await gateway?.remove();
});
afterAll(async () => {
  rmSync(data.folder, { recursive: true, force: true });
  await sandbox.close();
});

async function started(env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  gateway = await gatewayProcess(data, sandboxUrl, env);
  await gateway.start();
  return gateway;
}

/** Creates payments without a pause until nobody answers any more; what was answered, and what was sent. */
async function load({ merchant }: GatewayProcess, client: number) {
  const answered = new Map<string, number>();
  const sent: string[] = [];
  for (let count = 0; count < 5_000; count += 1) {
    const order_no = `load-${client}-${count}`;
    sent.push(order_no);
    const order = { order_no, amount: 100, currency: 'CNY', description: '春笋' };
    const reply = await merchant.post('/v1/payments', order).catch(() => undefined);
    if (reply === undefined) break;
    answered.set(order_no, reply.status);
  }
  return { answered, sent };
}

/** An attempt whose wallet does not answer: a request that is under way for as long as a wallet may take. */
async function hangingAttempt({ merchant }: GatewayProcess) {
  await payer.faults([{ match: { operation: 'order' }, phase: 'before', action: 'hang', times: 1 }]);
  const { id } = await merchant.createPayment();
  const arrived = async () =>
    JSON.stringify((await payer.control('GET', '/requests')).body).includes('/transactions/native');
  const answer = merchant
    .post(`/v1/payments/${id}/attempts`, { method: 'wechat_scan', scene: 'desktop_web' })
    .catch(() => undefined);
  for (let tries = 0; tries < 500 && !(await arrived()); tries += 1) await fetch(`${sandboxUrl}/health/ready`);
  return { id: id as string, answer };
}

describe('F-15: SIGTERM under load', () => {
  it(
    'answers everything that it has taken, says first that it is not ready, and ends in time',
    { timeout: 240_000 },
    async () => {
      const running = await started({ SHUTDOWN_GRACE_MS: '4000', SHUTDOWN_DEADLINE_MS: '60000' });
      const clients = Promise.all(Array.from({ length: CLIENTS }, (_, client) => load(running, client)));
      for (let count = 0; count < 40; count += 1) await fetch(`${running.url}/health/live`);
      running.signal('SIGTERM');
      const ready = await until(
        async () => fetch(`${running.url}/health/ready`),
        ({ status }) => status === 503,
      );
      expect(await ready.json()).toMatchObject({ code: 'draining' });
      expect(ready.headers.get('connection')).toBe('close');
      expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
      const { code } = await running.ended;
      expect(code).toBe(0);
      const told = await clients;
      expect(new Set(told.flatMap(({ answered }) => [...answered.values()]))).toEqual(new Set([201]));
      const stores = await running.stores();
      const sent = told.flatMap((it) => it.sent);
      const kept = await Promise.all(
        sent.map(async (no) => ((await stores.payments.findPaymentByOrderNo(APP, no)) === undefined ? [] : [no])),
      );
      await stores.close();
      const answered = told.flatMap((it) => [...it.answered.keys()]);
      expect(answered.length).toBeGreaterThan(CLIENTS);
      // Neither a payment that was confirmed and is gone, nor one that was taken and never confirmed.
      expect(kept.flat().toSorted()).toEqual(answered.toSorted());
    },
  );
});

describe('a request that is under way at SIGTERM', () => {
  it('is finished before the process ends', { timeout: 240_000 }, async () => {
    const running = await started();
    const { answer } = await hangingAttempt(running);
    running.signal('SIGTERM');
    const [reply, { code }] = await Promise.all([answer, running.ended]);
    expect(reply?.status).toBe(201);
    expect(reply?.body.status).toBe('unknown');
    expect(code).toBe(0);
  });

  it(
    'is cut off at the deadline, its attempt left where the next process asks about it',
    { timeout: 240_000 },
    async () => {
      const running = await started({ SHUTDOWN_DEADLINE_MS: '600' });
      const { id, answer } = await hangingAttempt(running);
      running.signal('SIGTERM');
      const { code, output } = await running.ended;
      expect(code).toBe(1);
      expect(output).toContain('SHUTDOWN_DEADLINE_MS');
      expect(await answer).toBeUndefined();
      const stores = await running.stores();
      const [attempt] = (await stores.payments.loadPayment(id))?.attempts ?? [];
      await stores.close();
      expect(attempt).toMatchObject({ status: 'starting', nextCheckAt: expect.any(Date) });
    },
  );

  it('is not waited for after a second signal', { timeout: 240_000 }, async () => {
    const running = await started({ SHUTDOWN_GRACE_MS: '20000' });
    running.signal('SIGTERM');
    await until(
      async () => fetch(`${running.url}/health/ready`),
      ({ status }) => status === 503,
    );
    // The first one again, as a terminal and a supervisor may send it, is not a second.
    running.signal('SIGTERM');
    expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
    const end = setInterval(() => running.signal('SIGTERM'), 300);
    const { code } = await running.ended;
    clearInterval(end);
    expect(code).toBe(143);
  });
});

describe('A-66: NODE_ENV=production', () => {
  const boot = async (env: Readonly<Record<string, string>>) => {
    const { ended } = await started({ NODE_ENV: 'production', ...env });
    return ended;
  };

  it.each([
    ['a plain http address', { HUTONG_PUBLIC_URL: 'http://pay.example.com' }, /HUTONG_PUBLIC_URL is http:/],
    [
      'a key that is none',
      { HUTONG_PUBLIC_URL: 'https://pay.example.com', HUTONG_MASTER_KEY: Buffer.alloc(32).toString('base64') },
      /HUTONG_MASTER_KEY is no random key/,
    ],
    [
      "the sandbox's clock",
      { HUTONG_PUBLIC_URL: 'https://pay.example.com', HUTONG_CLOCK: 'sandbox' },
      /HUTONG_CLOCK=sandbox/,
    ],
    [
      'accounts at the sandbox',
      { HUTONG_PUBLIC_URL: 'https://pay.example.com' },
      /Account alipay\/sandbox of taote \(acc_\w+\) has \w+ http:\/\/127\.0\.0\.1/,
    ],
  ])('refuses to start with %s, and says why', { timeout: 240_000 }, async (_, env, why) => {
    const { code, output } = await boot(env);
    expect(code).toBe(1);
    expect(output).toMatch(why);
    expect(output).not.toMatch(/BEGIN|private/i);
  });
});

async function until<T>(ask: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const seen = await ask();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error('It did not come.');
  }
}
