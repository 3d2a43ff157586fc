import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant } from '../wechat-pay/test-merchant.js';
import { wechatPayWire } from '../wechat-pay/wechat-pay.js';
import { control, type ControlAnswer } from './test-control.js';

describe('the control surface', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-sandbox-'));
  let sandbox: Sandbox;
  let merchant: TestMerchant;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire], dataDir });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.faults.set([]));

  const call = (method: string, path: string, body?: unknown): Promise<ControlAnswer> =>
    control(sandbox.url, method, path, body);
  const faults = (rule: unknown): Promise<ControlAnswer> => call('PUT', '/faults', { seed: 1, rules: [rule] });

  it('is ready, and says at /accounts what is here', async () => {
    expect(await (await fetch(`${sandbox.url}/health/ready`)).json()).toEqual({ status: 'ok' });
    const { wechat_pay } = (await control(sandbox.url, 'GET', '/accounts')).body;
    const page = await (await fetch(`${sandbox.url}/accounts`)).text();
    for (const shown of [
      wechat_pay[0].mchid,
      wechat_pay[0].appid,
      `${sandbox.url}/__sandbox/accounts/wechat_pay/certificate/{private_key.pem`,
      '/__sandbox/clock',
    ]) {
      expect(page).toContain(shown);
    }
    expect(page).not.toContain('PRIVATE KEY');
  });

  it('creates an account once per name, and keeps accounts and keys over a restart', async () => {
    const wish = { provider: 'wechat_pay', name: 'taote' };
    const [first, again] = [await call('POST', '/accounts', wish), await call('POST', '/accounts', wish)];
    expect(first.status).toBe(200);
    expect(again.body).toEqual(first.body);
    const later = await createSandbox({ wires: [wechatPayWire], dataDir });
    expect(await later.accounts.showAll()).toEqual((await call('GET', '/accounts')).body);
    await later.close();
  });

  it('keeps private keys for their owner only', () => {
    const modes = readdirSync(dataDir).map((name) => statSync(join(dataDir, name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(0);
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });

  it('shows all that a client needs, certificate mode first', async () => {
    const { wechat_pay: accounts } = (await call('GET', '/accounts')).body;
    expect(accounts[0]).toMatchObject({ name: 'certificate', verify_mode: 'certificate', strict: false });
    expect(accounts[0].mchid).toMatch(/^\d{10}$/);
    expect(accounts[0].appid).toMatch(/^wx[0-9a-f]{16}$/);
    expect(accounts[0].serial_no).toMatch(/^[0-9A-F]{40}$/);
    expect(accounts[0].api_v3_key).toHaveLength(32);
    expect(accounts[0].platform_certificates[0].certificate).toContain('BEGIN CERTIFICATE');
  });

  it.each([
    ['POST', '/accounts', { provider: 'paypal', name: 'x' }, 'provider'],
    ['POST', '/accounts', { provider: 'wechat_pay' }, 'name'],
    ['POST', '/accounts', { provider: 'wechat_pay', name: 'y', verify_mode: 'none' }, 'verify_mode'],
    ['POST', '/accounts', { provider: 'wechat_pay', name: 'y', strict: 'yes' }, 'strict'],
    ['POST', '/accounts', { provider: 'wechat_pay', name: 'y', colour: 'red' }, 'colour'],
    ['POST', '/open', {}, 'next_action'],
    ['POST', '/open', { next_action: { type: 'await_payer' } }, 'next_action.type'],
    ['POST', '/open', { next_action: { type: 'show_qr_code', content: 'https://x.test' } }, 'no wallet here'],
    ['PUT', '/clock', {}, 'advance_ms'],
    ['PUT', '/clock', { advance_ms: -1 }, 'advance_ms'],
    ['PUT', '/clock', { now: 'tomorrow' }, 'now'],
    ['PUT', '/clock', { now: '+275760-09-12T23:59:59.999Z' }, 'now'],
    ['PUT', '/faults', {}, 'rules'],
    ['PUT', '/faults', { rules: [{ match: { operation: 'sneeze' }, action: 'drop' }] }, 'rules[0].match.operation'],
    [
      'PUT',
      '/faults',
      { rules: [{ match: { operation: 'bill', provider: 'wallet' }, action: 'delay' }] },
      'rules[0].match.operation',
    ],
    ['PUT', '/faults', { rules: [{ match: {}, phase: 'during', action: 'delay' }] }, 'rules[0].phase'],
    ['PUT', '/faults', { rules: [{ match: { nth: 0 }, action: 'delay' }] }, 'rules[0].match.nth'],
    ['PUT', '/faults', { rules: [{ match: {}, action: 'delay', probability: 1.5 }] }, 'rules[0].probability'],
    ['PUT', '/faults', { seed: -1, rules: [] }, 'seed'],
  ])('refuses %s %s %o, naming the field', async (method, path, body, name) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: 400, title: 'Bad Request' });
    expect(answer.body.detail).toContain(name);
  });

  it('refuses fault actions that nobody carries out, saying which there are', async () => {
    const drop = await call('PUT', '/faults', { rules: [{ match: { operation: 'query' }, action: 'drop' }] });
    expect(drop.status).toBe(400);
    expect(drop.body.detail).toContain('There is: delay, hang, reset');
  });

  it('answers unknown addresses and ids as problems', async () => {
    expect((await call('GET', '/nothing')).body).toMatchObject({ status: 404, title: 'Not Found' });
    expect((await call('POST', '/trades/trade_none/pay', {})).status).toBe(404);
  });

  it('pays a listed trade, and a second time only by force', async () => {
    await merchant.place('native', 'ctl_0001');
    const { data } = (await call('GET', '/trades?provider=wechat_pay&reference=ctl_0001')).body;
    expect(data).toMatchObject([{ state: 'awaiting_payer', amount: 1_299, refunded: 0, currency: 'CNY' }]);
    const path = `/trades/${data[0].id}/pay`;
    expect((await call('POST', path, { result: 'sneezed' })).body.detail).toContain('result');
    expect((await call('POST', path, { result: 'cancelled' })).body).toMatchObject({
      data: { state: 'awaiting_payer' },
      result: 'cancelled',
    });
    const paid = await call('POST', path);
    expect(paid.body).toMatchObject({ result: 'success', data: { state: 'paid', reference: 'ctl_0001' } });
    expect((await call('POST', path, {})).status).toBe(409);
    expect((await call('POST', path, { force: true })).status).toBe(200);
  });

  it('moves the clock', async () => {
    const before = (await call('GET', '/clock')).body.offset_ms;
    expect((await call('PUT', '/clock', { advance_ms: 60_000 })).body.offset_ms).toBe(before + 60_000);
    const now = new Date(Date.now() + 86_400_000).toISOString();
    expect((await call('PUT', '/clock', { now })).body.now.slice(0, 16)).toBe(now.slice(0, 16));
  });

  it('keeps books that add up', async () => {
    await merchant.refund('ctl_0001', 'ctl_0001_a', 299);
    await sandbox.clock.advance(1_000);
    const { totals, payers, refunds } = (await call('GET', '/books')).body;
    expect(totals).toMatchObject([{ account: 'certificate', paid: 1_299, refunded: 299, fee: 6, net: 994 }]);
    expect(payers).toMatchObject([{ balance: 999_000 }]);
    expect(refunds).toMatchObject([{ trade: 'ctl_0001', amount: 299, state: 'succeeded', fee: 2, net: 297 }]);
  });

  it('breaks what a rule names: before, nothing has happened; after, it has', async () => {
    const match = { provider: 'wechat_pay', operation: 'order' };
    await faults({
      match: { ...match, reference: 'ctl_0002' },
      phase: 'before',
      action: 'error',
      code: 'SYSTEM_ERROR',
    });
    expect((await merchant.place('native', 'ctl_0002')).json.code).toBe('SYSTEM_ERROR');
    expect(sandbox.trades.list({ reference: 'ctl_0002' })).toHaveLength(0);
    expect((await merchant.place('native', 'ctl_0003')).status).toBe(200);

    await faults({ match, phase: 'after', action: 'reset', times: 1 });
    await expect(merchant.place('native', 'ctl_0004')).rejects.toThrow(/fetch failed|terminated/);
    expect(sandbox.trades.list({ reference: 'ctl_0004' })).toHaveLength(1);

    await faults({ match: { ...match, nth: 2 }, phase: 'before', action: 'status', status: 503 });
    expect((await merchant.place('native', 'ctl_0005')).status).toBe(200);
    expect((await merchant.send('POST', '/v3/pay/transactions/native', '{}')).status).toBe(503);
    expect((await merchant.place('native', 'ctl_0005')).status).toBe(200);
  });

  it('hangs, delays, cuts and spoils signatures of answers', async () => {
    const match = { operation: 'query' };
    await faults({ match, phase: 'after', action: 'hang', ms: 5 });
    await expect(merchant.query('ctl_0001')).rejects.toThrow(/fetch failed|terminated/);
    await faults({ match, phase: 'after', action: 'cut', bytes: 3 });
    await expect(merchant.query('ctl_0001')).rejects.toThrow(/fetch failed|terminated/);
    await faults({ match, phase: 'before', action: 'delay', ms: 5 });
    expect((await merchant.query('ctl_0001')).trusted).toBe(true);
    for (const action of ['bad_signature', 'no_signature', 'stale_timestamp', 'wrong_serial']) {
      await faults({ match, phase: 'after', action });
      const answer = await merchant.query('ctl_0001');
      expect([answer.status, answer.trusted]).toEqual([200, false]);
    }
    const log = (await call('GET', '/requests')).body.data;
    expect(log.at(-1).faults).toEqual(['after wrong_serial']);
    expect((await call('GET', '/notifications')).body.data.length).toBeGreaterThan(0);
  });
});
