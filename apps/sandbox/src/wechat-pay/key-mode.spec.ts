import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestReceiver, testReceiver } from '../frame/test-receiver.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { keyOfNotification } from './key-mode.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const A_DAY_MS = 86_400_000;

describe("WeChat Pay's key modes", () => {
  let sandbox: Sandbox;
  let receiver: TestReceiver;

  beforeAll(async () => {
    receiver = await testReceiver();
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const merchantOf = (name: string): Promise<TestMerchant> => TestMerchant.of(sandbox, name);

  /** The answer's key, and whether it verifies. */
  const answered = async (merchant: TestMerchant, askedFor?: string): Promise<readonly unknown[]> => {
    const headers = askedFor === undefined ? {} : { 'wechatpay-serial': askedFor };
    const path = `/v3/pay/transactions/out-trade-no/mode_none?mchid=${merchant.account.mchid}`;
    const answer = await merchant.get(path, { headers });
    return [answer.headers.get('wechatpay-serial'), answer.trusted];
  };

  /** The notice of a new payment: its id, its key, and whether it verifies. */
  const notified = async (merchant: TestMerchant, reference: string): Promise<readonly [string, string, boolean]> => {
    await merchant.place('native', reference, { notify_url: receiver.url });
    const [trade] = sandbox.trades.list({ reference });
    if (trade !== undefined) await sandbox.cashier.pay(trade);
    await sandbox.settled();
    const sent = sandbox.notifier.deliveries().find((delivery) => delivery.reference === reference);
    if (sent === undefined) throw new Error(`nothing was sent for ${reference}`);
    const trusted = merchant.trusts(new Headers(sent.headers), sent.body);
    return [JSON.parse(sent.body).id, sent.headers['Wechatpay-Serial'] ?? '', trusted];
  };

  it('has a merchant of each mode, certificate first, and shows each what its console would', async () => {
    const { wechat_pay: shown } = (await sandbox.accounts.showAll()) as unknown as { wechat_pay: object[] };
    const certificate = { serial_no: expect.stringMatching(/^[0-9A-F]{40}$/), certificate: expect.any(String) };
    const publicKey = {
      public_key_id: expect.stringMatching(/^PUB_KEY_ID_\d{28}$/),
      public_key: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----/),
    };
    const none = { public_key_id: null, public_key: null };
    expect(shown).toMatchObject([
      { name: 'certificate', verify_mode: 'certificate', platform_certificates: [certificate], ...none },
      { name: 'switching', verify_mode: 'switching', platform_certificates: [certificate], ...publicKey },
      { name: 'public-key', verify_mode: 'public_key', platform_certificates: [], ...publicKey },
    ]);
    expect(JSON.stringify(shown).match(/BEGIN PRIVATE KEY/g)).toHaveLength(3);
  });

  it('gives each merchant keys of its own', async () => {
    const [one, other] = [await merchantOf('certificate'), await merchantOf('switching')];
    expect(one.platform.platform_certificates[0]).not.toEqual(other.platform.platform_certificates[0]);
    expect(other.platform.public_key_id).not.toBe((await merchantOf('public-key')).platform.public_key_id);
  });

  it('signs with the certificate before the switch, whatever the request asks for', async () => {
    const merchant = await merchantOf('certificate');
    const serial = merchant.platform.platform_certificates[0]?.serial_no;
    const anId = (await merchantOf('public-key')).platform.public_key_id ?? '';
    for (const askedFor of [undefined, '', anId]) expect(await answered(merchant, askedFor)).toEqual([serial, true]);
    expect((await notified(merchant, 'mode_certificate')).slice(1)).toEqual([serial, true]);
  });

  it('signs with the public key once that is all there is, whatever the request asks for', async () => {
    const merchant = await merchantOf('public-key');
    const id = merchant.platform.public_key_id;
    for (const askedFor of [undefined, '', id ?? '', merchant.account.serial_no]) {
      expect(await answered(merchant, askedFor)).toEqual([id, true]);
    }
    expect((await notified(merchant, 'mode_public_key')).slice(1)).toEqual([id, true]);
  });

  it('has no certificates for a merchant of the public key, and says so signed', async () => {
    const merchant = await merchantOf('public-key');
    const answer = await merchant.get('/v3/certificates?algorithm_type=RSA');
    expect([answer.status, answer.trusted]).toEqual([404, true]);
    expect(answer.json).toEqual({
      code: 'RESOURCE_NOT_EXISTS',
      message: '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。',
    });
  });

  it('answers with the key that the request asks for while the merchant switches', async () => {
    const merchant = await merchantOf('switching');
    const { public_key_id: id, platform_certificates: certificates } = merchant.platform;
    const serial = certificates[0]?.serial_no;
    expect(await answered(merchant, id ?? '')).toEqual([id, true]);
    for (const askedFor of [undefined, '', merchant.account.serial_no]) {
      expect(await answered(merchant, askedFor)).toEqual([serial, true]);
    }
    expect((await merchant.get('/v3/certificates')).json.data).toHaveLength(1);
  });

  it('moves notifications to the public key over seven days', async () => {
    const { account: mode, platform } = await merchantOf('switching');
    const merchant = await merchantOf('switching');
    const [id, serial, trusted] = await notified(merchant, 'mode_day_1');
    const key = keyOfNotification(mode, id, sandbox.clock.now());
    expect(serial).toBe(key === 'public_key' ? platform.public_key_id : platform.platform_certificates[0]?.serial_no);
    expect(trusted).toBe(true);
    await sandbox.clock.advance(6 * A_DAY_MS);
    expect((await notified(merchant, 'mode_day_7')).slice(1)).toEqual([platform.public_key_id, true]);
  });

  it('takes 0.1, 1, 5, 10, 20, 50 and 100 % of them, and never one back', () => {
    const mode = { verify_mode: 'switching', switched_at: '2026-01-01T08:00:00.000Z' } as const;
    const ids = Array.from({ length: 10_000 }, (_, index) => `EV-${index}`);
    const taken = [0, 1, 2, 3, 4, 5, 6, 30].map((day) => {
      const now = new Date(Date.parse(mode.switched_at) + day * A_DAY_MS);
      return new Set(ids.filter((id) => keyOfNotification(mode, id, now) === 'public_key'));
    });
    taken.slice(1).forEach((today, day) => expect([...(taken[day] ?? [])].filter((id) => !today.has(id))).toEqual([]));
    const shares = taken.map(({ size }) => size / ids.length);
    [0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 1].forEach((share, day) => {
      // Within four standard deviations of so many drawings.
      const tolerance = 4 * Math.sqrt((share * (1 - share)) / ids.length);
      expect(Math.abs((shares[day] ?? 0) - share)).toBeLessThanOrEqual(tolerance);
    });
  });

  it('spoils a public key signature too, under an id of the same shape', async () => {
    const merchant = await merchantOf('public-key');
    const match = { operation: 'query' } as const;
    for (const action of ['wrong_serial', 'wrong_key', 'signtest'] as const) {
      sandbox.faults.set([{ match, phase: 'after', action }]);
      const [serial, trusted] = await answered(merchant);
      expect([serial, trusted]).toEqual([expect.stringMatching(/^PUB_KEY_ID_\d{28}$/), false]);
    }
    sandbox.faults.set([]);
  });

  it('signs an injected error for the merchant that the request names', async () => {
    const merchant = await merchantOf('public-key');
    sandbox.faults.set([{ match: { operation: 'query' }, phase: 'before', action: 'error' }]);
    expect(await answered(merchant)).toEqual([merchant.platform.public_key_id, true]);
    const stranger = await merchant.get('/v3/pay/transactions/id/1', { mchid: '1900000109' });
    expect([stranger.status, stranger.headers.get('wechatpay-serial')]).toEqual([500, null]);
    sandbox.faults.set([]);
  });
});
