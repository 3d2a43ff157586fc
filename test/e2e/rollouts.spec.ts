import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['eleme']);
});
afterEach(() => world.payer.faults([]));
afterAll(() => world.close());

const OPTIONS = '/admin/v1/apps/eleme/options';

async function change(options: readonly object[]): Promise<void> {
  const tag = (await world.admin.get(OPTIONS)).headers.get('etag') ?? '';
  const { status, body } = await world.admin.put(OPTIONS, { options }, { 'if-match': tag });
  expect(status, JSON.stringify(body)).toBe(200);
}

const listed = async (payer = 'u1') =>
  (await world.merchant('eleme').get(`/v1/payment-methods?amount=1299&scene=app&payer_id=${payer}&explain=true`)).body;
const reasonOf = async (method: string) =>
  (await listed()).excluded.find((it: { method: string }) => it.method === method)?.reason;

async function tryToPay(method: string) {
  const merchant = world.merchant('eleme');
  const payment = await merchant.createPayment({ payer: { id: 'u1' } });
  return merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene: 'app' });
}

describe('a guardrail', () => {
  it('holds the rollout with an event when too many attempts fail; a release lets it go on', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '');
    await change([
      { method: 'alipay', status: 'live' },
      {
        method: 'wechat_pay',
        status: 'staged',
        steps: [
          { at: '2026-01-01T00:00:00Z', percent: 99 },
          { at: soon, percent: 100 },
        ],
        allow: ['u1'],
        guardrail: { failed_percent: 50, min_attempts: 3 },
      },
    ]);
    await world.payer.faults([
      {
        match: { provider: 'wechat_pay', operation: 'order' },
        phase: 'before',
        action: 'error',
        code: 'APPID_MCHID_NOT_MATCH',
      },
    ]);
    for (let i = 0; i < 3; i += 1) await tryToPay('wechat_pay');
    const rollout = async () => (await world.admin.get('/admin/v1/apps/eleme/rollouts')).body.data[0];
    const held = await world.until(rollout, (it) => it.hold !== null, 15_000);
    expect(held).toMatchObject({ method: 'wechat_pay', percent: 99, hold: { cause: 'guardrail', paid: 0, failed: 3 } });

    await world.payer.advance(3_601_000);
    await world.until(
      async () => (await world.merchant('eleme').createPayment()).created_at,
      (at: string) => Date.parse(at) > Date.parse(soon),
      3_000,
    );
    expect(await rollout()).toMatchObject({ percent: 99 });
    expect((await listed()).data.map((it: { method: string }) => it.method)).toContain('wechat_pay');

    const audit = (await world.admin.get('/admin/v1/audit?app=eleme&limit=500')).body.data;
    expect(audit.at(-1)).toMatchObject({ action: 'rollout.held', actor: 'guardrail' });
    expect(await world.dump()).toMatch(/"type":"rollout\.held".*"method":\s?"wechat_pay"/);

    const released = await world.admin.post('/admin/v1/apps/eleme/rollouts/wechat_pay/release', { reason: 'mended' });
    expect(released.body.data[0]).toMatchObject({ percent: 100, hold: null });
    expect(await world.admin.post('/admin/v1/apps/eleme/rollouts/wechat_pay/release', {})).toMatchObject({
      status: 409,
      body: { code: 'rollout_not_held' },
    });
  });

  it('can be held by hand, once', async () => {
    const path = '/admin/v1/apps/eleme/rollouts/wechat_pay/hold';
    expect(await world.admin.post(path, { reason: 'support calls' })).toMatchObject({
      status: 200,
      body: { data: [{ hold: { cause: 'admin' } }] },
    });
    expect(await world.admin.post(path, {})).toMatchObject({ status: 409, body: { code: 'rollout_held' } });
    expect(await world.admin.post('/admin/v1/apps/eleme/rollouts/alipay/hold', {})).toMatchObject({ status: 404 });
  });
});

describe('a provider that does not answer', () => {
  it('drops out with its options, and comes back by itself', async () => {
    await change([
      { method: 'alipay', status: 'live' },
      { method: 'wechat_pay', status: 'live' },
    ]);
    await world.payer.faults([{ match: { provider: 'wechat_pay' }, phase: 'before', action: 'reset' }]);
    for (let i = 0; i < 5; i += 1) await tryToPay('wechat_pay');
    expect(await reasonOf('wechat_pay')).toBe('provider_unavailable');
    expect((await listed()).data.map((it: { method: string }) => it.method)).toEqual(['alipay']);
    expect(await tryToPay('wechat_pay')).toMatchObject({ status: 409, body: { code: 'provider_unavailable' } });
    expect(await tryToPay('alipay')).toMatchObject({ status: 201 });

    await world.payer.faults([]);
    await world.payer.advance(11_000);
    await world.until(
      () => reasonOf('wechat_pay'),
      (reason) => reason === undefined,
      5_000,
    );
    expect(await tryToPay('wechat_pay')).toMatchObject({ status: 201 });
  });

  it('stays away while the probe finds nobody', async () => {
    await world.payer.faults([{ match: { provider: 'wechat_pay' }, phase: 'before', action: 'reset' }]);
    for (let i = 0; i < 5; i += 1) await tryToPay('wechat_pay');
    for (let i = 0; i < 2; i += 1) {
      await world.payer.advance(11_000 * 2 ** i);
      expect(await reasonOf('wechat_pay')).toBe('provider_unavailable');
    }
    await world.payer.faults([]);
    await world.payer.advance(300_000);
    await world.until(
      () => reasonOf('wechat_pay'),
      (reason) => reason === undefined,
      5_000,
    );
  });
});

describe('an environment', () => {
  const methods = async (more: Record<string, string>) => {
    const query = new URLSearchParams({ amount: '1299', scene: 'mobile_web', explain: 'true', ...more });
    const { status, body } = await world.merchant('eleme').get(`/v1/payment-methods?${query.toString()}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };

  it('takes H5 and the Alipay page away inside WeChat, before anybody taps them, and says why', async () => {
    await change([
      { method: 'alipay', status: 'live' },
      { method: 'wechat_pay', status: 'live' },
      { method: 'wechat_scan', status: 'live' },
    ]);
    const inside = await methods({ user_agent: 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.49' });
    expect(inside.data.map((it: { method: string }) => it.method)).toEqual(['wechat_scan']);
    const trace = inside.trace.find((it: { method: string }) => it.method === 'wechat_pay');
    expect(trace.rules.find((it: { rule: string }) => it.rule === 'environment_unfit').detail).toMatch(/wechat_web/);
    const safari = await methods({ user_agent: 'Mozilla/5.0 (iPhone) Safari/604.1' });
    expect(safari.data.map((it: { method: string }) => it.method)).toEqual(['alipay', 'wechat_pay', 'wechat_scan']);
  });

  it.each([
    [{ user_agent: 'x'.repeat(513) }],
    [{ client_version: 'newest' }],
    [{ page_url: 'javascript:alert(1)' }],
    [{ referrer_policy: 'never' }],
    [{ segments: 'VIP' }],
    [{ segments: 'a,a' }],
    [{ client_app_id: 'wx 1' }],
  ])('that is none is 400: %j', async (more) => {
    const query = new URLSearchParams({ amount: '1299', scene: 'app', ...more });
    const { status, body } = await world.merchant('eleme').get(`/v1/payment-methods?${query.toString()}`);
    expect(status).toBe(400);
    expect(body.errors[0].pointer).toBe(`/${Object.keys(more)[0]}`);
  });
});
