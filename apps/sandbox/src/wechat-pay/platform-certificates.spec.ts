import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control, type ControlAnswer } from '../control/test-control.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { walletWire } from '../wallet/index.js';
import { OVERLAP_MS } from './platform-certificates.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

describe('replacing a platform certificate', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-sandbox-'));
  const wires = [wechatPayWire, walletWire];
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires, dataDir });
    await sandbox.listen();
  });
  afterAll(() => sandbox.close());

  const rotate = (name: string, provider = 'wechat_pay'): Promise<ControlAnswer> =>
    control(sandbox.url, 'POST', `/accounts/${provider}/${name}/rotate`);
  const serialsOf = (of: TestMerchant): readonly string[] =>
    of.platform.platform_certificates.map(({ serial_no }) => serial_no);

  it('lists old and new for a day, newest first, the newest signing', async () => {
    const before = await TestMerchant.of(sandbox);
    const [old] = serialsOf(before);
    const shown = await rotate('certificate');
    const after = await TestMerchant.of(sandbox);
    const [newest, second] = serialsOf(after);
    expect([shown.status, shown.body.platform_certificates]).toEqual([200, after.platform.platform_certificates]);
    expect([second, newest === old]).toEqual([old, false]);

    const answer = await after.get('/v3/certificates');
    expect([answer.headers.get('wechatpay-serial'), answer.trusted]).toEqual([newest, true]);
    const listed = answer.json.data as { serial_no: string; effective_time: string }[];
    expect(listed.map(({ serial_no }) => serial_no)).toEqual([newest, old]);
    const [since = 0, oldSince = 0] = listed.map(({ effective_time: time }) => Date.parse(time));
    expect(since).toBeGreaterThan(oldSince);
    expect(since).toBeLessThan(Date.now());
    expect((await before.query('rotate_none')).trusted).toBe(false);
  });

  it('keeps both over a restart, and leaves other merchants alone', async () => {
    const later = await createSandbox({ wires, dataDir });
    await later.listen();
    const merchant = await TestMerchant.of(sandbox);
    expect((await TestMerchant.of(later)).platform).toEqual(merchant.platform);
    expect(serialsOf(merchant)).toHaveLength(2);
    await later.close();
    expect(serialsOf(await TestMerchant.of(sandbox, 'switching'))).toHaveLength(1);
  });

  it('drops the old one when the day is over', async () => {
    const [newest] = serialsOf(await TestMerchant.of(sandbox));
    await sandbox.clock.advance(OVERLAP_MS - 60_000);
    expect(serialsOf(await TestMerchant.of(sandbox))).toHaveLength(2);
    await sandbox.clock.advance(60_000);
    expect(serialsOf(await TestMerchant.of(sandbox))).toEqual([newest]);
  });

  it('lists never more than two, in the order in which they became effective', async () => {
    const [first] = serialsOf(await TestMerchant.of(sandbox));
    await Promise.all([rotate('certificate'), rotate('certificate')]);
    const merchant = await TestMerchant.of(sandbox);
    const { data } = (await merchant.get('/v3/certificates')).json as { data: { effective_time: string }[] };
    expect(data).toHaveLength(2);
    expect(serialsOf(merchant)).not.toContain(first);
    const [newest = '', older = ''] = data.map(({ effective_time: time }) => time);
    expect(Date.parse(newest)).toBeGreaterThan(Date.parse(older));
  });

  it.each([
    ['', 200, undefined],
    ['?algorithm_type=RSA', 200, undefined],
    ['?algorithm_type=ALL', 200, undefined],
    ['?algorithm_type=SM2', 404, 'RESOURCE_NOT_EXISTS'],
    ['?algorithm_type=rsa', 400, 'PARAM_ERROR'],
  ])('answers certificates%s with %d, whatever Wechatpay-Serial the client sends', async (query, status, code) => {
    const merchant = await TestMerchant.of(sandbox);
    for (const serial of ['', merchant.account.serial_no, 'PUB_KEY_ID_0', 'x'.repeat(200)]) {
      const answer = await merchant.get(`/v3/certificates${query}`, { headers: { 'wechatpay-serial': serial } });
      expect([answer.status, answer.json.code, answer.trusted]).toEqual([status, code, true]);
    }
  });

  it.each([
    ['public-key', 'wechat_pay', 409, 'no platform certificate'],
    ['nobody', 'wechat_pay', 404, 'GET /__sandbox/accounts'],
    ['wallet', 'paypal', 400, 'provider'],
  ])('refuses %s at %s with %d, saying why', async (name, provider, status, why) => {
    const answer = await rotate(name, provider);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(why)]);
  });

  it('is nothing that other wallets do', async () => {
    const name = sandbox.accounts.shelf('wallet').all()[0]?.name ?? '';
    expect((await rotate(name, 'wallet')).body.detail).toContain('never replaces');
  });
});
