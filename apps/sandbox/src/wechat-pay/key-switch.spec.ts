import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control, type ControlAnswer } from '../control/test-control.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { walletWire } from '../wallet/index.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const A_DAY_MS = 86_400_000;

describe('moving a merchant from certificates to the public key', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-sandbox-'));
  const wires = [wechatPayWire, walletWire];
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires, dataDir });
    await sandbox.listen();
  });
  afterAll(() => sandbox.close());

  const step = (body: object = {}, name = 'certificate', provider = 'wechat_pay'): Promise<ControlAnswer> =>
    control(sandbox.url, 'POST', `/accounts/${provider}/${name}/switch`, body);
  /** The key of an answer, by the key that the request asked for, and whether it verifies. */
  const answered = async (merchant: TestMerchant, askedFor: string): Promise<readonly unknown[]> => {
    const path = `/v3/pay/transactions/id/none?mchid=${merchant.account.mchid}`;
    const { headers, trusted } = await merchant.get(path, { headers: { 'wechatpay-serial': askedFor } });
    return [headers.get('wechatpay-serial'), trusted];
  };
  const notifiedWith = async (merchant: TestMerchant, reference: string): Promise<string | undefined> => {
    await merchant.place('native', reference);
    const [trade] = sandbox.trades.list({ reference });
    if (trade !== undefined) await sandbox.cashier.pay(trade);
    await sandbox.settled();
    return sandbox.notifier.deliveries().find((sent) => sent.reference === reference)?.headers['Wechatpay-Serial'];
  };

  it('keeps its certificates, adds a public key, and counts its days from then on', async () => {
    const before = await TestMerchant.of(sandbox);
    await sandbox.clock.advance(30 * A_DAY_MS);
    const begun = await step();
    const { platform_certificates: certificates } = before.platform;
    expect(begun.body).toMatchObject({
      name: 'certificate',
      mchid: before.account.mchid,
      verify_mode: 'switching',
      platform_certificates: certificates,
      public_key_id: expect.stringMatching(/^PUB_KEY_ID_/),
    });
    expect(Math.abs(Date.parse(begun.body.switched_at) - sandbox.clock.now().getTime())).toBeLessThan(A_DAY_MS);
    const merchant = await TestMerchant.of(sandbox);
    const { public_key_id: id } = merchant.platform;
    expect(await answered(merchant, id ?? '')).toEqual([id, true]);
    expect(await answered(merchant, '')).toEqual([certificates[0]?.serial_no, true]);
    await sandbox.clock.advance(6 * A_DAY_MS);
    expect(await notifiedWith(merchant, 'switch_day_7')).toBe(id);
  });

  it('keeps the step over a restart', async () => {
    const later = await createSandbox({ wires, dataDir });
    await later.listen();
    const kept = await TestMerchant.of(later);
    expect(kept.account).toMatchObject({ verify_mode: 'switching', switched_at: expect.any(String) });
    expect(kept.platform).toEqual((await TestMerchant.of(sandbox)).platform);
    await later.close();
  });

  it('ends with the public key alone, of which a client knows already', async () => {
    const switching = await TestMerchant.of(sandbox);
    expect((await step()).body.detail).toContain('"complete": true');
    const completed = await step({ complete: true });
    const { public_key_id: id } = switching.platform;
    expect(completed.body).toMatchObject({ verify_mode: 'public_key', public_key_id: id, platform_certificates: [] });
    for (const askedFor of ['', id ?? '']) expect(await answered(switching, askedFor)).toEqual([id, true]);
    expect(await notifiedWith(switching, 'switch_done')).toBe(id);
    expect((await switching.get('/v3/certificates')).json.code).toBe('RESOURCE_NOT_EXISTS');
    for (const complete of [true, false]) expect((await step({ complete })).status).toBe(409);
  });

  it('reaches the retries of notices that went out before', async () => {
    await control(sandbox.url, 'POST', '/accounts', { provider: 'wechat_pay', name: 'retry' });
    const before = await TestMerchant.of(sandbox, 'retry');
    const first = await notifiedWith(before, 'switch_retry');
    expect(first).toBe(before.platform.platform_certificates[0]?.serial_no);
    await step({}, 'retry');
    const { body } = await step({ complete: true }, 'retry');
    await sandbox.clock.advance(15_000);
    const sent = sandbox.notifier.deliveries().filter(({ reference }) => reference === 'switch_retry');
    expect(sent.at(-1)?.headers['Wechatpay-Serial']).toBe(body.public_key_id);
  });

  it('refuses what is no step of it, saying why', async () => {
    await control(sandbox.url, 'POST', '/accounts', { provider: 'wechat_pay', name: 'later' });
    const early = await step({ complete: true }, 'later');
    expect([early.status, early.body.detail]).toEqual([409, expect.stringContaining('not switching')]);
    expect((await step({ completed: true }, 'later')).status).toBe(400);
    expect((await step({}, 'nobody')).status).toBe(404);
    const wallet = sandbox.accounts.shelf('wallet').all()[0]?.name ?? '';
    expect((await step({}, wallet, 'wallet')).body.detail).toContain('one kind of keys');
  });
});
