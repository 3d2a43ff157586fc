import { randomBytes } from 'node:crypto';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from './support/command-line.js';
import { LogLines } from './support/log-lines.js';
import { collectSpans } from './support/spans.js';
import { startWorld, type World } from './support/world.js';

const APP = 'taote';
const logs = new LogLines();
let world: World;
let spans: ReturnType<typeof collectSpans>;
beforeAll(async () => {
  spans = collectSpans();
  world = await startWorld([APP], { LOG_LEVEL: 'trace' }, { logs });
});
afterAll(async () => {
  await world.close();
  spans.stop();
});

/** One payment by a code, paid and told by the wallet's notification. */
async function paid(headers: Record<string, string> = {}) {
  const merchant = world.merchant(APP);
  const { id } = await merchant.createPayment({ payer: { id: 'u1', openid: world.openidFor(APP, 'u1') } });
  const attempt = await merchant.post(
    `/v1/payments/${id}/attempts`,
    { method: 'wechat_scan', scene: 'desktop_web' },
    headers,
  );
  await world.payer.pay(attempt.body.next_action);
  const seen = () => merchant.get(`/v1/payments/${id}`);
  const { body } = await world.until(seen, ({ body: it }) => it.status === 'paid', 10_000);
  return { id: id as string, attempt: attempt.body, payment: body };
}

async function scrape(): Promise<string> {
  return (await fetch(`${world.url}/metrics`)).text();
}

/** Name and labels of every series, without what Node and the process say of themselves. */
async function series(): Promise<ReadonlySet<string>> {
  const lines = (await scrape()).split('\n').filter((line) => /^(?:hutong|http)_/.test(line));
  return new Set(lines.map((line) => line.slice(0, line.lastIndexOf(' '))));
}

async function valueOf(name: string): Promise<number> {
  const line = (await scrape()).split('\n').find((it) => it.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

describe('metrics', () => {
  it('count a payment, its wallet and its message by provider and method', async () => {
    const names = [
      'hutong_payments_created_total',
      'hutong_payments_paid_total{provider="wechat_pay",method="wechat_scan"}',
      'hutong_notifications_total{provider="wechat_pay",gate="accepted"}',
      'hutong_provider_call_duration_seconds_count{provider="wechat_pay",operation="prepare",outcome="ok"}',
      'http_server_request_duration_seconds_count{http_request_method="POST",http_route="/v1/payments",status_class="2xx"}',
    ];
    const before = await Promise.all(names.map(valueOf));
    await paid();
    const grew = async () => (await Promise.all(names.map(valueOf))).map((value, at) => value > before[at]!);
    expect(await world.until(grew, (now) => now.every(Boolean), 5_000)).toEqual(names.map(() => true));
  });

  it('say what waits in the database', async () => {
    const text = await scrape();
    for (const name of ['unknown_attempts', 'unknown_attempt_oldest_age_seconds', 'reviews_open', 'database_up'])
      expect(text).toMatch(new RegExp(`^hutong_${name} \\d`, 'm'));
    for (const work of ['attempts', 'refunds', 'payments'])
      expect(text).toMatch(new RegExp(`^hutong_due_oldest_age_seconds\\{work="${work}"\\} \\d`, 'm'));
    expect(text).toMatch(/^hutong_circuits\{provider="wechat_pay",state="closed"\} [1-9]/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });

  it('have no more series after more payments, strangers, and addresses that nobody serves', async () => {
    const strange = async (mark: string): Promise<void> => {
      await paid();
      await fetch(`${world.url}/v1/payments/pay_${mark}`);
      await fetch(`${world.url}/nowhere/${mark}`);
      const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
      await fetch(`${world.url}/notifications/${mark}/${mark}`, post);
      await fetch(`${world.url}/notifications/alipay/${mark}`, { ...post, headers: { 'content-type': mark } });
      await fetch(`${world.url}/cashier/${mark}`);
    };
    await strange('first');
    const before = await series();
    for (let round = 0; round < 5; round += 1) await strange(randomBytes(8).toString('hex'));
    const after = await series();
    expect([...after].filter((it) => !before.has(it))).toEqual([]);
    expect([...after].join('\n')).not.toMatch(/pay_\w{6}|att_\w{6}|acc_\w{6}|[0-9a-f]{16}/);
    expect(after.size).toBeLessThan(1_500);
  });

  it('count a message that no key of ours has signed, and one that was told before', async () => {
    const [account] = (await world.stores.config.listAccounts(APP)).filter(({ provider }) => provider === 'alipay');
    const untrusted = 'hutong_notifications_total{provider="alipay",gate="untrusted"}';
    const before = await valueOf(untrusted);
    await fetch(`${world.url}/notifications/alipay/${account!.id}`, {
      method: 'POST',
      body: 'notify_id=1&sign=AAAA&sign_type=RSA2',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await valueOf(untrusted)).toBe(before + 1);
    const lines = logs.saying('notification').filter(({ gate }) => gate === 'untrusted');
    expect(lines.at(-1)).toMatchObject({ account_id: account!.id, provider: 'alipay' });
  });

  it('move to a port of their own, and are gone from the public one', async () => {
    const { createGateway, serveMetricsApart, metricsOf } = await import('@hutong/gateway');
    const { readSettings } = await import('@hutong/settings');
    const { providers, providerTools } = await import('@hutong/gateway');
    const settings = readSettings({ LOG_LEVEL: 'silent', METRICS_PORT: '1' });
    const app = await createGateway({ settings, stores: world.stores, providers, tools: providerTools });
    await app.init();
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(404);
    const server = await serveMetricsApart(metricsOf(app), 0, '127.0.0.1');
    const { port } = server.address() as { port: number };
    const apart = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await apart.text()).toContain('hutong_database_up 1');
    expect((await fetch(`http://127.0.0.1:${port}/v1/payments`)).status).toBe(404);
    server.close();
    await app.close();
  });
});

describe('spans', () => {
  const ofTrace = (traceId: string): readonly ReadableSpan[] =>
    spans.finished().filter((span) => span.spanContext().traceId === traceId);
  const named = (of: readonly ReadableSpan[], name: string) => of.find((span) => span.name === name)!;
  const parentOf = (span: ReadableSpan) => span.parentSpanContext?.spanId;

  it('lead from the request to the provider, and from the notification to the money, and name one payment', async () => {
    const traceId = randomBytes(16).toString('hex');
    const { id } = await paid({ traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` });
    const trace = await world.until(
      async () => ofTrace(traceId),
      (found) => found.some(({ name }) => name.startsWith('POST ')),
      5_000,
    );
    const request = named(trace, 'POST /v1/payments/:id/attempts');
    const useCase = named(trace, 'open_attempt');
    const call = named(trace, 'wechat_pay prepare');
    expect(parentOf(useCase)).toBe(request.spanContext().spanId);
    expect(parentOf(call)).toBe(useCase.spanContext().spanId);
    expect(useCase.attributes['hutong.payment_id']).toBe(id);
    const settle = spans
      .finished()
      .find((span) => span.name === 'settle' && span.attributes['hutong.payment_id'] === id)!;
    const told = ofTrace(settle.spanContext().traceId);
    expect(parentOf(settle)).toBe(named(told, 'notification').spanContext().spanId);
    expect(parentOf(named(told, 'notification'))).toBe(
      named(told, 'POST /notifications/:provider/:account_id').spanContext().spanId,
    );
  });

  it('and metrics have every list of options, whichever way it went', async () => {
    const counted =
      'http_server_request_duration_seconds_count{http_request_method="GET",http_route="/v1/payment-methods",status_class="2xx"}';
    const before = await valueOf(counted);
    const traceId = randomBytes(16).toString('hex');
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    // The first fills what the fast lane reads from memory.
    for (let times = 0; times < 3; times++)
      await world.merchant(APP).get('/v1/payment-methods?amount=1200&currency=CNY&scene=app', { traceparent });
    await world.until(
      () => valueOf(counted),
      (it) => it === before + 3,
      5_000,
    );
    const told = ofTrace(traceId);
    expect(told.map(({ name }) => name)).toEqual(Array(3).fill('GET /v1/payment-methods'));
    expect(told.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([200, 200, 200]);
  });

  it('never carry an address with a token in it', async () => {
    const payment = await world.merchant(APP).createPayment();
    await (await fetch(payment.cashier_url)).text();
    const token = new URL(payment.cashier_url).pathname.split('/').at(-1)!;
    const all = async () => JSON.stringify(spans.finished().map(({ name, attributes }) => ({ name, attributes })));
    const written = await world.until(all, (it) => it.includes('/cashier/'), 5_000);
    expect(written).not.toContain(token);
  });
});

describe('logs', () => {
  it('write one line per decision, with the ids that it is about', async () => {
    const { id, attempt } = await paid();
    const [line] = logs.saying('payment paid').filter(({ payment_id }) => payment_id === id);
    expect(line).toMatchObject({
      app_id: APP,
      payment_id: id,
      attempt_id: attempt.id,
      provider: 'wechat_pay',
      request_id: expect.stringMatching(/^req_/),
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const [opened] = logs.saying('attempt opened').filter(({ attempt_id }) => attempt_id === attempt.id);
    expect(opened).toMatchObject({ payment_id: id, app_id: APP, method: 'wechat_scan' });
  });

  it('never hold a secret, an openid, a payer code or a key, whatever goes wrong', async () => {
    const merchant = world.merchant(APP);
    const canary = `canary${randomBytes(6).toString('hex')}`;
    const openid = world.openidFor(APP, 'u9');
    const code = `28${'7'.repeat(16)}`;
    const payment = await merchant.createPayment({ payer: { id: 'u9', openid } });
    const path = `/v1/payments/${payment.id}/attempts`;
    await merchant.post(path, { method: 'wechat_pay', scene: 'mini_program', payer: { openid } });
    await merchant.post(path, { method: 'barcode', scene: 'in_store', auth_code: code });
    await merchant.post(path, { method: 'alipay', scene: 'app', auth_code: canary, payer: { openid: canary } });
    await merchant.get('/v1/payments', { authorization: `Bearer hk_test_${canary}` });
    await world.payer.faults([{ match: { operation: 'order' }, phase: 'after', action: 'malformed', times: 4 }]);
    await merchant.post(path, { method: 'wechat_scan', scene: 'desktop_web' });
    await world.payer.faults([]);
    await world.admin.put(`/admin/v1/apps/${APP}`, { accounts: [{ private_key: canary }] });
    const accounts = await world.stores.config.listAccounts(APP);
    const secrets = accounts.flatMap(({ settings }) =>
      ['private_key', 'api_v3_key', 'app_secret', 'encrypt_key'].flatMap((name) => {
        const value = settings[name];
        return typeof value === 'string' ? [value.split('\n').at(1) ?? value] : [];
      }),
    );
    const everything = logs.text.join('');
    expect(secrets.length).toBeGreaterThan(1);
    expect(logs.text.length).toBeGreaterThan(10);
    const forbidden = [canary, openid, code, merchant.key, world.admin.key, ...secrets];
    expect(forbidden.filter((it) => everything.includes(it))).toEqual([]);
    expect(
      forbidden.filter((it) => JSON.stringify(spans.finished().map(({ attributes }) => attributes)).includes(it)),
    ).toEqual([]);
    const metrics = await scrape();
    expect(forbidden.filter((it) => metrics.includes(it))).toEqual([]);
  });
});

describe('hutong check', () => {
  it("finds nothing in a database after all this, and the sandbox's books agree to the fen", async () => {
    const merchant = world.merchant(APP);
    const { id } = await paid();
    const refund = await merchant.post(`/v1/payments/${id}/refunds`, { refund_no: `r-${id}`, amount: 299 });
    await world.until(
      () => merchant.get(`/v1/refunds/${refund.body.id}`),
      ({ body }) => body.status === 'succeeded',
      10_000,
    );
    expect(await commandLine(world).run('check', '--sandbox')).toMatch(
      /^\d+ invariants and the sandbox's books: nothing breaks them$/,
    );
    expect(process.exitCode).toBeUndefined();
  });

  it('names the row that breaks an invariant, and ends with 1', async () => {
    const { attempt } = await paid();
    await world.stores.payments.scheduleAttempt(attempt.id, new Date(0));
    // The worker may look at it before we do: it is due.
    const told = await world.until(
      async () => {
        await world.stores.payments.scheduleAttempt(attempt.id, new Date(0));
        return commandLine(world).run('check', '--json');
      },
      (text) => text.includes(attempt.id),
      10_000,
    );
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
    expect(JSON.parse(told.split('\n')[0]!)).toMatchObject({ invariant: 'I-18', id: attempt.id });
  });

  it('is for administrators, and answers 404 for an invariant that there is not', async () => {
    expect((await world.merchant(APP).get('/admin/v1/check')).status).toBe(403);
    expect((await world.admin.get('/admin/v1/check/I-99')).status).toBe(404);
    expect((await world.admin.get('/admin/v1/check')).body.data.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['I-01', 'I-03', 'I-04', 'I-18', 'I-25']),
    );
  });
});
