import { createSign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.mjs';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['eleme', 'taote', 'pinduoduo']);
});
afterAll(() => world.close());

interface Delivered {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A notification as the sandbox sent it, and lost it. */
async function lostNotification(method: string): Promise<Delivered> {
  const merchant = world.merchant('eleme');
  const payment = await merchant.createPayment();
  const attempt = (await merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene: 'app' })).body;
  await world.payer.faults([
    { match: { operation: 'notification', reference: attempt.reference }, phase: 'before', action: 'drop', times: 9 },
  ]);
  await world.payer.pay(attempt.next_action);
  await world.sandbox.settled();
  const { body } = await world.payer.control('GET', '/notifications');
  return body.data.find((it: { reference: string }) => it.reference === attempt.reference) as Delivered;
}

const diagnose = async (app: string, provider: string, sent: Delivered, more: object = {}) => {
  const { status, body } = await world.admin.post(`/admin/v1/apps/${app}/accounts/${provider}/diagnose`, {
    kind: 'notification',
    headers: Object.entries(sent.headers),
    body: Buffer.from(sent.body).toString('base64'),
    ...more,
  });
  expect(status).toBe(200);
  return body;
};

const causes = async (...args: Parameters<typeof diagnose>): Promise<string[]> =>
  (await diagnose(...args)).findings.map(({ cause }: { cause: string }) => cause);

describe('what the gateway says about a message that does not verify', () => {
  it.each([
    ['wechat_pay', 'wechat_pay', 'serial_unknown'],
    ['alipay', 'alipay', 'account_differs'],
  ])(
    'about %s: right with the keys it was made for, and why not with those of another app',
    async (method, provider, cause) => {
      const sent = await lostNotification(method);
      expect(await diagnose('eleme', provider, sent)).toMatchObject({ object: 'diagnosis', holds: true, findings: [] });
      expect(await causes('taote', provider, sent)).toEqual([cause]);
    },
  );

  it('tells what was written anew, and what is old', async () => {
    const sent = await lostNotification('wechat_pay');
    const anew = { ...sent, body: JSON.stringify(JSON.parse(sent.body), null, 2) };
    expect(await causes('eleme', 'wechat_pay', anew)).toEqual(['body_reserialised']);
    const later = new Date(Date.now() + 600_000).toISOString();
    expect(await causes('eleme', 'wechat_pay', sent, { at: later })).toEqual(['clock']);
  });

  it('judges requests of the app with the public half of its key', async () => {
    const [account] = (await world.payer.control('GET', '/accounts')).body.alipay.filter(
      ({ name }: { name: string }) => name === 'eleme',
    );
    const fields = { app_id: account.app_id, method: 'alipay.trade.query', sign_type: 'RSA2', biz_content: '{}' };
    const text = `app_id=${account.app_id}&biz_content={}&method=alipay.trade.query`;
    const sign = createSign('RSA-SHA256').update(text).sign(account.private_key, 'base64');
    const body = new URLSearchParams({ ...fields, sign }).toString();
    expect(await causes('eleme', 'alipay', { headers: {}, body }, { kind: 'request' })).toEqual(['sign_type_left_out']);
  });

  it('refuses what it can not judge in words: no account, no such provider, a malformed question', async () => {
    const path = '/admin/v1/apps/eleme/accounts';
    const asked = { kind: 'answer', headers: [], body: '' };
    expect((await world.admin.post(`${path}/wallet/diagnose`, asked)).status).toBe(404);
    expect((await world.admin.post('/admin/v1/apps/nobody/accounts/alipay/diagnose', asked)).status).toBe(404);
    const malformed = await world.admin.post(`${path}/alipay/diagnose`, { ...asked, headers: [['a']], kind: 'letter' });
    expect(malformed.status).toBe(400);
    expect(malformed.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/kind', '/headers']);
    const wallet = await world.admin.post('/admin/v1/apps/pinduoduo/accounts/wallet/diagnose', asked);
    expect([wallet.status, wallet.body.code]).toEqual([409, 'not_diagnosable']);
  });

  it('is for admin keys only', async () => {
    const { status } = await world.merchant('eleme').post('/admin/v1/apps/eleme/accounts/check', {});
    expect(status).toBe(403);
  });
});

describe("what the gateway says about an app's accounts", () => {
  it('is right for a seeded app, with a signed query in both directions', async () => {
    const { status, body } = await world.admin.post('/admin/v1/apps/pinduoduo/accounts/check', {});
    expect(status).toBe(200);
    expect(body.data.map(({ provider }: { provider: string }) => provider).toSorted()).toEqual([
      'alipay',
      'wallet',
      'wechat_pay',
    ]);
    for (const { checks } of body.data) {
      expect(checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
      expect(checks.at(-1)).toMatchObject({ name: 'signed query', ok: true });
    }
  });

  it('shows no secret', async () => {
    const text = JSON.stringify((await world.admin.post('/admin/v1/apps/eleme/accounts/check', {})).body);
    const accounts = (await world.payer.control('GET', '/accounts')).body;
    const [wechat] = accounts.wechat_pay.filter(({ name }: { name: string }) => name === 'eleme');
    expect(text).not.toContain('PRIVATE');
    expect(text).not.toContain(wechat.api_v3_key);
  });

  it("finds the private key that is another merchant's, and the wallet that does not answer", async () => {
    const config = world.stores.config;
    const [wechat] = (await config.listAccounts('taote')).filter(({ provider }) => provider === 'wechat_pay');
    const [other] = (await config.listAccounts('eleme')).filter(({ provider }) => provider === 'wechat_pay');
    const { private_key } = other?.settings ?? {};
    const mixed = { ...wechat?.settings, private_key };
    const gone = { ...wechat?.settings, base_url: `http://127.0.0.1:${await freePort()}` };
    for (const [ref, settings] of [['mixed', mixed] as const, ['gone', gone] as const]) {
      await config.addAccountVersion({ app: 'taote', provider: 'wechat_pay', ref, settings }, ['private_key'], {
        actor: 'test',
      });
    }
    const { body } = await world.admin.post('/admin/v1/apps/taote/accounts/check', {});
    const queryOf = (ref: string) => body.data.find((it: { ref: string }) => it.ref === ref).checks.at(-1);
    expect(queryOf('mixed')).toMatchObject({ ok: false, says: expect.stringContaining('SIGN_ERROR') });
    expect(queryOf('gone')).toMatchObject({ ok: false, says: expect.stringContaining('ECONNREFUSED') });
  });
});
