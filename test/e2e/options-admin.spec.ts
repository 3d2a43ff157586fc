import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['taote', 'eleme']);
});
afterAll(() => world.close());

const OPTIONS = '/admin/v1/apps/taote/options';

async function current() {
  const { status, headers, body } = await world.admin.get(OPTIONS);
  expect(status).toBe(200);
  const { providers, options, order } = body;
  return { tag: headers.get('etag') ?? '', body, document: { providers, options, order } };
}

async function shown(scene = 'app', more = ''): Promise<string[]> {
  const { body } = await world.merchant('taote').get(`/v1/payment-methods?amount=1299&scene=${scene}${more}`);
  return body.data.map((it: { method: string }) => it.method);
}

describe('options as data', () => {
  it('are read with an ETag, changed with it, seen at once, and put back', async () => {
    const before = await current();
    expect(before.tag).toBe(`"${before.body.version}"`);
    const reversed = { ...before.document, options: before.document.options.toReversed() };
    const reason = '微信扫码先行';
    const changed = await world.admin.put(OPTIONS, { ...reversed, reason }, { 'if-match': before.tag });
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
    expect(changed.body.version).toBe(before.body.version + 1);
    expect(changed.headers.get('etag')).toBe(`"${before.body.version + 1}"`);
    expect(await shown()).toEqual(['wechat_scan', 'alipay']);

    const versions = (await world.admin.get(`${OPTIONS}/versions`)).body.data;
    expect(versions[0]).toMatchObject({
      version: before.body.version + 1,
      reason,
      author: world.admin.key.slice(0, 9),
    });
    const old = await world.admin.get(`${OPTIONS}/versions/${before.body.version}`);
    expect(old.body).toMatchObject(before.document);

    const back = await world.admin.post(
      `${OPTIONS}/rollback`,
      { version: before.body.version },
      { 'if-match': changed.headers.get('etag') ?? '' },
    );
    expect(back).toMatchObject({ status: 200, body: { version: before.body.version + 2 } });
    expect((await current()).document).toEqual(before.document);
    expect(await shown()).toEqual(['alipay', 'wechat_scan']);
  });

  it('are the first writer’s when two change them from the same version', async () => {
    const { tag, document, body } = await current();
    const wanted = (badge: string) => ({
      ...document,
      options: document.options.map((option: object) => ({ ...option, badge: { 'zh-CN': badge, en: badge } })),
    });
    const replies = await Promise.all(
      ['A', 'B'].map((it) => world.admin.put(OPTIONS, wanted(it), { 'if-match': tag })),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const refused = replies.find(({ status }) => status === 412);
    expect(refused?.body).toMatchObject({ code: 'stale_version', version: body.version + 1 });
  });

  it.each([
    ['without If-Match', {}, 428, 'precondition_required'],
    ['with a tag that is none of ours', { 'if-match': '*' }, 400, 'invalid_request'],
    ['with an old tag', { 'if-match': '"0"' }, 412, 'stale_version'],
  ])('are not changed %s', async (_, headers, status, code) => {
    const before = await current();
    expect(await world.admin.put(OPTIONS, before.document, headers)).toMatchObject({ status, body: { code } });
    expect(await current()).toEqual(before);
  });

  it('tell the difference without making a version, and make none without a difference', async () => {
    const { tag, document, body } = await current();
    const less = { ...document, order: [] };
    const dry = await world.admin.put(`${OPTIONS}?dry_run=true`, less, { 'if-match': tag });
    expect(dry.body.version).toBe(body.version);
    expect(dry.body.differences.join()).toContain('order');
    const same = await world.admin.put(OPTIONS, document, { 'if-match': tag });
    expect(same.body).toEqual({ version: body.version, differences: [] });
  });

  it.each([
    [
      { options: [{ method: 'alipay', status: 'live', calendar: { time_zone: 'Mars' } }] },
      '/options/0/calendar/time_zone',
    ],
    [{ options: [{ method: 'alipay', status: 'live', min_client: { app: 'new' } }] }, '/options/0/min_client/app'],
    [{ options: [{ method: 'bitcoin', status: 'live' }] }, '/options/0/status'],
    [{ options: [], order: [{ when: {}, put_first: ['alipay'] }] }, '/order/0/put_first'],
    [{ options: [], links: { phases: [] } }, '/links/phases'],
    [{ options: [], surprise: 1 }, '/surprise'],
    [{ options: [], reason: 'two\nlines' }, '/reason'],
    [[], ''],
  ])('refuse %j at %s', async (document, pointer) => {
    const { tag } = await current();
    const { status, body } = await world.admin.put(OPTIONS, document, { 'if-match': tag });
    expect(status).toBe(400);
    expect(body.errors.map((it: { pointer: string }) => it.pointer)).toContain(pointer);
  });

  it('carry the links of the app: read, changed by its document, told, and gone with a version that has none', async () => {
    const before = await current();
    expect(before.body).not.toHaveProperty('links');
    const { document } = (await world.admin.get('/admin/v1/apps/eleme/document')).body;
    const phases = [
      {
        from: '2021-11-30T00:00:00+08:00',
        private: 'open',
        group: { shop: 'open', other: 'confirm' },
        timeline: 'copy_address',
      },
    ];
    const links = { kinds: { code: 'shop' }, phases };
    const settings = (await world.stores.config.listAccounts('eleme')).map(({ provider, ref, settings: all }) => {
      return { provider, ref, settings: all };
    });
    const wanted = { ...document, accounts: settings, links };
    const stale = await world.admin.put('/admin/v1/apps/eleme', wanted, { 'if-match': '"0"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'stale_version' } });
    const dry = await world.admin.put('/admin/v1/apps/eleme?dry_run=true', wanted);
    const lines = dry.body.changes[0].details;
    expect(lines).toContain('links: the default → its own');
    const { status, body } = await world.admin.put('/admin/v1/apps/eleme', wanted, { 'if-match': '"1"' });
    expect({ status, body }).toEqual({ status: 200, body: dry.body });
    const changed = (await world.admin.get('/admin/v1/apps/eleme/options')).body;
    expect(changed).toMatchObject({ version: 2, links });
    expect((await world.admin.get('/admin/v1/apps/eleme/document')).body.document.links).toEqual(links);
    const same = await world.admin.put('/admin/v1/apps/eleme', wanted);
    expect(same.body.changes).toEqual([]);
    const back = await world.admin.post('/admin/v1/apps/eleme/options/rollback', { version: 1 }, { 'if-match': '"2"' });
    expect(back.body).toMatchObject({
      version: 3,
      differences: [expect.stringContaining('links: its own'), expect.anything(), expect.anything()],
    });
    expect((await world.admin.get('/admin/v1/apps/eleme/options')).body).not.toHaveProperty('links');
    const audit = (await world.admin.get('/admin/v1/audit?app=eleme&limit=500')).body.data;
    const changes = audit.filter((it: { action: string }) => it.action === 'options.changed');
    expect(changes.map((it: { subject: string }) => it.subject)).toEqual([
      'options version 1',
      'options version 2',
      'options version 3',
    ]);
  });

  it('are explained per payment by the version that decided, however they changed since', async () => {
    const merchant = world.merchant('taote');
    const payment = await merchant.createPayment({
      scene: 'app',
      payer: { id: 'u7', segments: ['vip'], client_version: '8.2.0', user_agent: 'Mozilla/5.0 MicroMessenger/8.0' },
    });
    const { tag, body: decided } = await current();
    const off = { providers: {}, options: [{ method: 'alipay', status: 'off' }], order: [] };
    const changed = await world.admin.put(OPTIONS, off, { 'if-match': tag });
    expect(changed.status).toBe(200);
    const { status, body } = await merchant.get(`/v1/payments/${payment.id}/options`, { 'accept-language': 'en' });
    expect(status).toBe(200);
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({
      config_version: decided.version,
      scene: 'app',
      shown: payment.methods.map((it: { method: string }) => it.method),
      excluded: expect.arrayContaining([
        { method: 'wechat_pay', reason: 'pending_review', message: 'This method is waiting for review.' },
      ]),
    });
    expect(body.data[0].trace.map((it: { method: string }) => it.method)).toContain('duoduo_wallet');
    expect(await world.merchant('eleme').get(`/v1/payments/${payment.id}/options`)).toMatchObject({ status: 404 });
    await world.admin.post(
      `${OPTIONS}/rollback`,
      { version: decided.version },
      { 'if-match': changed.headers.get('etag') ?? '' },
    );
  });
});

describe('a replay', () => {
  it('says what would move, appear and vanish in checkouts that were seen', async () => {
    const merchant = world.merchant('taote');
    const from = new Date(Date.now() - 60_000).toISOString();
    for (const scene of ['app', 'desktop_web', 'in_store']) await merchant.createPayment({ scene });
    const until = new Date(Date.now() + 60_000).toISOString();
    const { document, body: before } = await current();
    const against = {
      providers: {},
      options: [
        { method: 'wechat_scan', status: 'live' },
        { method: 'wechat_pay', status: 'live' },
        { method: 'alipay', status: 'live', scenes: ['desktop_web'] },
      ],
      order: [],
    };
    const same = await world.admin.post(`${OPTIONS}/replay`, { against: document, from, until });
    expect(same.body).toMatchObject({ changed: 0, appear: {}, vanish: {}, move: {}, examples: [] });
    const phases = [
      { from: '2021-01-01T00:00:00Z', private: 'open', group: 'open', timeline: 'open' },
      { from: '2022-01-01T00:00:00Z', private: 'copy_address', group: 'copy_address', timeline: 'copy_address' },
    ];
    const otherLinks = { ...document, links: { phases } };
    const linked = await world.admin.post(`${OPTIONS}/replay`, { against: otherLinks, from, until });
    expect(linked).toMatchObject({ status: 200, body: same.body });
    const { status, body } = await world.admin.post(`${OPTIONS}/replay`, { against, from, until });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.checkouts).toBe(same.body.checkouts);
    expect(body.appear['wechat_pay']).toBeGreaterThanOrEqual(1);
    expect(body.vanish['alipay']).toBeGreaterThanOrEqual(1);
    expect(body.examples[0]).toMatchObject({
      before: expect.any(Array) as string[],
      after: expect.any(Array) as string[],
    });
    expect((await current()).body.version).toBe(before.version);
  });

  it('judges checkouts that the caller brings, at their own time', async () => {
    const night = { time_zone: 'Asia/Shanghai', closed: [{ from: '01:00', to: '05:00' }] };
    const against = { options: [{ method: 'alipay', status: 'live', calendar: night }] };
    const at = (time: string) => ({ amount: 100, scene: 'app', at: `2026-11-23T${time}:00+08:00` });
    const { body } = await world.admin.post(`${OPTIONS}/replay`, { against, checkouts: [at('00:30'), at('03:00')] });
    expect(body).toMatchObject({ checkouts: 2, vanish: { alipay: 1, wechat_scan: 2 } });
  });

  it.each([
    [{}, 400],
    [{ checkouts: [] }, 400],
    [{ from: '2026-11-23T00:00:00Z' }, 400],
    [{ from: '2026-11-23T00:00:00Z', until: '2026-11-22T00:00:00Z' }, 400],
    [{ checkouts: [{ amount: 1, scene: 'app', surprise: 1 }] }, 400],
    [{ checkouts: [{ amount: 1, scene: 'moon' }] }, 400],
  ])('of %j is refused', async (source, status) => {
    const against = { options: [] };
    expect(await world.admin.post(`${OPTIONS}/replay`, { against, ...source })).toMatchObject({ status });
  });
});

describe('keys with roles', () => {
  const made = async (path: string, role: string) => {
    const { status, body } = await world.admin.post(path, { role });
    expect(status, JSON.stringify(body)).toBe(201);
    return { id: body.id as string, caller: new Merchant(world.url, body.key) };
  };

  it.each([
    ['viewer', 200, 403, 403],
    ['editor', 200, 200, 403],
    ['owner', 200, 200, 201],
  ])('%s', async (role, reading, changing, making) => {
    const { caller } = await made('/admin/v1/keys', role);
    expect((await caller.get(OPTIONS)).status).toBe(reading);
    const { tag, document } = await current();
    expect((await caller.put(OPTIONS, document, { 'if-match': tag })).status).toBe(changing);
    expect((await caller.post('/admin/v1/apps/taote/keys', {})).status).toBe(making);
    expect((await caller.post('/admin/v1/keys', { role: 'owner' })).status).toBe(making);
    expect(
      (
        await caller.post(`${OPTIONS}/replay`, {
          against: document,
          from: '2026-01-01T00:00:00Z',
          until: '2026-01-02T00:00:00Z',
        })
      ).status,
    ).toBe(200);
  });

  it('a reader of an app reads and pays nothing', async () => {
    const { caller } = await made('/admin/v1/apps/taote/keys', 'reader');
    expect((await caller.get('/v1/payment-methods?amount=1299&scene=app')).status).toBe(200);
    const order = { order_no: randomUUID(), amount: 1, currency: 'CNY', description: 'x' };
    const refused = await caller.post('/v1/payments', order);
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(refused.body.detail).toMatch(/merchant.*reader/);
    expect((await caller.get(OPTIONS)).status).toBe(403);
  });

  it('are worthless at once when revoked, and the last owner’s cannot be', async () => {
    const { id, caller } = await made('/admin/v1/keys', 'viewer');
    expect((await caller.get(OPTIONS)).status).toBe(200);
    expect((await world.admin.delete(`/admin/v1/keys/${id}`)).status).toBe(200);
    expect((await caller.get(OPTIONS)).status).toBe(401);
    const owners = (await world.admin.get('/admin/v1/keys')).body.data.filter(
      (key: { role: string; revoked_at: string | null }) => key.role === 'owner' && key.revoked_at === null,
    );
    const own = owners.find((key: { prefix: string }) => world.admin.key.startsWith(key.prefix));
    for (const { id: other } of owners.filter((key: { id: string }) => key.id !== own.id))
      expect((await world.admin.delete(`/admin/v1/keys/${other}`)).status).toBe(200);
    expect(await world.admin.delete(`/admin/v1/keys/${own.id}`)).toMatchObject({
      status: 409,
      body: { code: 'last_owner' },
    });
  });
});

describe('the audit log', () => {
  it('has every change with its author, and its chain holds', async () => {
    const { body } = await world.admin.get('/admin/v1/audit?app=taote&limit=500');
    const actions = body.data.map((it: { action: string }) => it.action);
    expect(actions).toEqual(expect.arrayContaining(['app.saved', 'account.changed', 'options.changed', 'key.made']));
    expect(JSON.stringify(body)).not.toMatch(/PRIVATE KEY|hk_test_[0-9a-f]{48}/);
    const verification = await world.admin.get('/admin/v1/audit/verification');
    expect(verification.body).toMatchObject({ intact: true, broken: null });
    const last = await world.admin.get(`/admin/v1/audit?after=${verification.body.entries - 1}`);
    expect(last.body.data).toHaveLength(1);
  });
});
