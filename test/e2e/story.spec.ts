import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

/** The apps of the story as they are seeded: what each shows, in its own order, and what it never shows. */
let world: World;
beforeAll(async () => {
  world = await startWorld([
    'taocaicai',
    'taote',
    'eleme',
    'youku',
    'damai',
    'kaola',
    'shuqi',
    'xianyu',
    'hema',
    'taobao',
    'tmall',
    'pinduoduo',
    'jd',
  ]);
}, 60_000);
afterAll(() => world.close());

const query = (scene: string, more: Record<string, string> = {}) =>
  `/v1/payment-methods?${new URLSearchParams({ amount: '1299', currency: 'CNY', scene, ...more }).toString()}`;

async function shown(app: string, scene: string, more: Record<string, string> = {}): Promise<string[]> {
  const { status, body } = await world.merchant(app).get(query(scene, more));
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data.map((it: { method: string }) => it.method);
}

async function reasons(app: string, scene: string, more: Record<string, string> = {}): Promise<Record<string, string>> {
  const { body } = await world.merchant(app).get(query(scene, { ...more, explain: 'true' }));
  return Object.fromEntries(body.excluded.map((it: { method: string; reason: string }) => [it.method, it.reason]));
}

describe('what payers see', () => {
  it.each([
    ['taocaicai', 'app', ['alipay', 'wechat_friend_pay']],
    ['taote', 'app', ['alipay', 'wechat_scan']],
    ['taote', 'desktop_web', ['wechat_scan', 'alipay']],
    ['eleme', 'app', ['alipay', 'wechat_pay']],
    ['youku', 'mobile_web', ['alipay', 'wechat_pay']],
    ['damai', 'app', ['alipay', 'wechat_pay']],
    ['kaola', 'app', ['alipay', 'wechat_pay']],
    ['shuqi', 'app', ['alipay', 'wechat_pay']],
    ['xianyu', 'app', ['alipay']],
    ['hema', 'app', ['alipay']],
    ['hema', 'in_store', ['barcode', 'one_code']],
    ['jd', 'in_store', ['one_code']],
    ['jd', 'desktop_web', []],
    ['taobao', 'app', ['alipay']],
    ['tmall', 'app', ['alipay']],
    ['pinduoduo', 'app', ['wechat_pay', 'duoduo_wallet', 'alipay']],
    ['jd', 'app', ['wechat_pay']],
  ])('%s in %s: %j', async (app, scene, methods) => {
    expect(await shown(app, scene, { payer_id: 'u1' })).toEqual(methods);
  });
});

describe('waiting for review', () => {
  it.each([
    ['xianyu', 'app'],
    ['xianyu', 'mini_program'],
    ['hema', 'app'],
    ['taote', 'mini_program'],
  ])('%s shows WeChat Pay in %s to its tester and not to the public', async (app, scene) => {
    expect(await shown(app, scene, { payer_id: 'reviewer-1' })).toContain('wechat_pay');
    expect(await shown(app, scene, { payer_id: 'u1' })).not.toContain('wechat_pay');
    expect(await shown(app, scene)).not.toContain('wechat_pay');
    expect(await reasons(app, scene, { payer_id: 'u1' })).toMatchObject({ wechat_pay: 'pending_review' });
  });

  it('lets the tester of Xianyu try it, and refuses the public with the reason', async () => {
    const merchant = world.merchant('xianyu');
    const attempt = async (id: string) => {
      const payment = await merchant.createPayment({ payer: { id } });
      return merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_pay', scene: 'app' });
    };
    expect(await attempt('reviewer-1')).toMatchObject({ status: 201, body: { method: 'wechat_pay' } });
    expect(await attempt('u1')).toMatchObject({ status: 409, body: { code: 'pending_review' } });
  });
});

describe("JD's Alipay", () => {
  const EVERYWHERE = ['app', 'mini_program', 'mobile_web', 'desktop_web', 'wechat_web', 'alipay_web', 'in_store'];

  it.each(EVERYWHERE)('is in no list in %s, whoever asks', async (scene) => {
    for (const payer of ['u1', 'reviewer-1', 'vip']) {
      const facts = { payer_id: payer, segments: 'vip,staff', client_version: '99' };
      expect((await shown('jd', scene, facts)).filter((id) => id.includes('alipay'))).toEqual([]);
      expect(await reasons('jd', scene, facts)).toMatchObject({
        alipay: 'excluded_by_app',
        alipay_scan: 'excluded_by_app',
      });
    }
  });

  it.each(['alipay', 'alipay_scan'])('cannot be attempted as %s', async (method) => {
    const merchant = world.merchant('jd');
    const payment = await merchant.createPayment({ payer: { id: 'reviewer-1', segments: ['vip'] } });
    for (const scene of EVERYWHERE) {
      const reply = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene });
      expect(reply).toMatchObject({ status: 409, body: { code: 'excluded_by_app' } });
    }
    const inOneCall = await merchant.post('/v1/payments', {
      order_no: `jd-${method}`,
      amount: 1_299,
      currency: 'CNY',
      description: '春笋',
      attempt: { method, scene: 'app' },
    });
    expect(inOneCall).toMatchObject({ status: 409, body: { code: 'excluded_by_app' } });
    expect((await merchant.get(`/v1/payments/${payment.id}`)).body.attempts).toEqual([]);
  });

  it('is not brought back by an option that says live, nor by a rollout or a tester list', async () => {
    const tag = (await world.admin.get('/admin/v1/apps/jd/options')).headers.get('etag') ?? '';
    const staged = { steps: [{ at: '2020-01-01T00:00:00Z', percent: 100 }], allow: ['u1'] };
    const document = {
      providers: { alipay: 'excluded' },
      options: [
        { method: 'alipay', status: 'live', preselect: true, pinned: true },
        { method: 'alipay_scan', status: 'staged', ...staged },
        { method: 'wechat_pay', status: 'live' },
        { method: 'barcode', status: 'live' },
      ],
      order: [{ when: {}, put_first: ['alipay'] }],
    };
    const changed = await world.admin.put('/admin/v1/apps/jd/options', document, { 'if-match': tag });
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
    for (const scene of EVERYWHERE) {
      const seen = await shown('jd', scene, { payer_id: 'u1' });
      expect(seen.filter((id) => id.includes('alipay'))).toEqual([]);
    }
    const merchant = world.merchant('jd');
    const payment = await merchant.createPayment({ payer: { id: 'u1' } });
    const byCode = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
      method: 'barcode',
      scene: 'in_store',
      auth_code: '280000000000000001',
    });
    expect(byCode).toMatchObject({ status: 409, body: { code: 'excluded_by_app', provider: 'alipay' } });
  });
});

describe('by phases and steps', () => {
  const PAYERS = Array.from({ length: 60 }, (_, index) => `payer-${index}`);
  /** One second after each dated step of the two apps, in order of time. */
  const MOMENTS = [
    ['2027-02-28T12:00:00+08:00', 0, 0],
    ['2027-03-01T10:00:01+08:00', 10, 0],
    ['2027-03-15T10:00:01+08:00', 10, 10],
    ['2027-04-12T10:00:01+08:00', 50, 10],
    ['2027-04-26T10:00:01+08:00', 50, 50],
    ['2027-06-01T10:00:01+08:00', 100, 50],
    ['2027-06-15T10:00:01+08:00', 100, 100],
  ] as const;

  const percentOf = async (app: string): Promise<number> =>
    (await world.admin.get(`/admin/v1/apps/${app}/rollouts`)).body.data[0].percent;

  async function withWechatPay(app: string): Promise<ReadonlySet<string>> {
    const seen = await Promise.all(PAYERS.map((payer) => shown(app, 'app', { payer_id: payer })));
    for (const methods of seen) expect(methods).toContain('alipay');
    return new Set(PAYERS.filter((_, index) => seen[index]!.includes('wechat_pay')));
  }

  it('Taobao and Tmall open WeChat Pay to 0 %, 10 %, 50 % and 100 %, and nobody loses it', async () => {
    const before = new Map<string, ReadonlySet<string>>();
    for (const [now, taobao, tmall] of MOMENTS) {
      await world.payer.setClock(now);
      await world.until(
        async () => [await percentOf('taobao'), await percentOf('tmall')],
        (percents) => percents.join() === [taobao, tmall].join(),
        3_000,
      );
      for (const [app, percent] of Object.entries({ taobao, tmall })) {
        const inside = await withWechatPay(app);
        expect([...(before.get(app) ?? [])].filter((payer) => !inside.has(payer))).toEqual([]);
        before.set(app, inside);
        const share = (inside.size * 100) / PAYERS.length;
        expect(Math.abs(share - percent), `${app} at ${percent} %: ${share} %`).toBeLessThanOrEqual(
          percent % 100 === 0 ? 0 : 20,
        );
      }
    }
  });
});
