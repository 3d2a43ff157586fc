import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileContent } from '../frame/test-hostility.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { wechatPayWire } from './index.js';
import { TestMerchant } from './test-merchant.js';

let sandbox: Sandbox;
let merchant: TestMerchant;
let partner: TestMerchant;
beforeAll(async () => {
  sandbox = await createSandbox({ wires: [wechatPayWire] });
  await sandbox.listen();
  merchant = await TestMerchant.of(sandbox);
  await sandbox.accounts.create('wechat_pay', { name: 'partner', partner: true });
  partner = await TestMerchant.of(sandbox, 'partner');
});
afterAll(() => sandbox.close());

const DONE = {};
const REFUSED = { code: expect.stringMatching(/^[A-Z_]+$/), message: expect.any(String) };

const CALLS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['jsapi', { payer: { openid: 'o123' }, scene_info: { payer_client_ip: '1.2.3.4' } }],
  ['h5', { scene_info: { payer_client_ip: '::1', h5_info: { type: 'Wap' } } }],
  ['native', { time_expire: '2026-01-01T00:00:00+08:00', limit_pay: ['no_credit'] }],
  ['codepay', { payer: { auth_code: '134567' }, scene_info: { store_info: { id: '1' } } }],
  ['out-trade-no/order_1/close', {}],
  ['out-trade-no/order_1/reverse', {}],
  [
    '../../refund/domestic/refunds/5000/apply-abnormal-refund',
    { out_refund_no: 'r1', type: 'USER_BANK_CARD', bank_type: 'ICBC_DEBIT', bank_account: 'x', real_name: 'y' },
  ],
  ['../../refund/domestic/refunds', { out_refund_no: 'r1', amount: { refund: 1, total: 1, currency: 'CNY' } }],
];

/** Calls whose bodies name more than one merchant; each as it would be taken. */
const PARTNERS: readonly (readonly [call: string, more: object])[] = [
  ['jsapi', { payer: { sp_openid: 'o123' } }],
  ['h5', { scene_info: { payer_client_ip: '::1', h5_info: { type: 'Wap' } } }],
  ['codepay', { payer: { auth_code: '134567' }, scene_info: { store_info: { id: '1' } } }],
  ['out-trade-no/order_1/close', {}],
  ['out-trade-no/order_1/reverse', {}],
];

const COMBINED: readonly (readonly [call: string, more: object])[] = [
  ['jsapi', { combine_payer_info: { openid: 'o123' } }],
  ['h5', { scene_info: { payer_client_ip: '::1', h5_info: { type: 'Wap' } } }],
  ['native', { time_expire: '2026-01-01T00:00:00+08:00', limit_pay: ['no_credit'] }],
  ['out-trade-no/order_1/close', {}],
];

function partnersOrder(): Record<string, unknown> {
  const { appid, mchid, sub_merchants: subs } = partner.account;
  const { appid: _, mchid: __, ...order } = partner.order('order_1');
  return { ...order, sp_appid: appid, sp_mchid: mchid, sub_mchid: subs?.[0]?.sub_mchid };
}

function combinedOrder(): Record<string, unknown> {
  const { appid, mchid } = merchant.account;
  const sub_orders = ['sub_001', 'sub_002'].map((out_trade_no) => {
    const amount = { total_amount: 1, currency: 'CNY' };
    return { mchid, out_trade_no, attach: 'x', amount, description: '茶', settle_info: { profit_sharing: false } };
  });
  return {
    combine_appid: appid,
    combine_mchid: mchid,
    combine_out_trade_no: 'order_1',
    notify_url: 'http://a.cn',
    sub_orders,
  };
}

async function staysInItsWords(by: TestMerchant, path: string, good: Record<string, unknown>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(hostileContent(good), async (body) => {
      const answer = await by.post(path, body);
      expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500);
      expect(answer.json ?? DONE).toMatchObject(answer.status < 400 ? DONE : REFUSED);
      expect(answer.trusted, answer.text.slice(0, 300)).toBe(true);
    }),
    { numRuns: 100 },
  );
}

const QUERIES: readonly (readonly [string, readonly string[]])[] = [
  ['/v3/bill/tradebill', ['bill_date', 'bill_type', 'tar_type', 'sub_mchid']],
  ['/v3/bill/fundflowbill', ['bill_date', 'account_type', 'tar_type']],
  ['/v3/billdownload/file', ['token', 'tartype']],
  ['/v3/certificates', ['algorithm_type']],
];

/** Values that such parameters may have, and anything else. */
const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('', '0000-01-01', '9999-12-31', '2026-13-01', '2026-02-30', '-000001-01-01', 'GZIP', 'ALL', '1'),
);

describe('a signed query, whatever it holds,', () => {
  it.each(QUERIES)('is answered by %s in the words of the wire, signed', async (path, names) => {
    const pairs = fc.array(fc.tuple(fc.constantFrom(...names), value), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(pairs, async (query) => {
        const text = query.map(([name, given]) => `${name}=${encodeURIComponent(given)}`).join('&');
        // As fetch writes it on the line: it escapes a few characters more.
        const { pathname, search } = new URL(`${path}?${text}`, 'http://x');
        const answer = await merchant.get(pathname + search);
        expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500);
        expect(answer.json).toMatchObject(answer.status < 400 ? DONE : REFUSED);
        expect(answer.trusted, answer.text.slice(0, 300)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a signed body, whatever it holds,', () => {
  it.each(CALLS)('is answered by %s in the words of the wire, signed', async (call, more) => {
    const { pathname } = new URL(call, 'http://x/v3/pay/transactions/');
    await staysInItsWords(merchant, pathname, { ...merchant.order('order_1'), ...more });
    expect((await merchant.place('app', `good_${randomUUID().slice(0, 8)}`)).status).toBe(200);
  });

  it.each(PARTNERS)('is answered by %s in partner mode too', async (call, more) => {
    const path = `/v3/pay/partner/transactions/${call}`;
    await expect(staysInItsWords(partner, path, { ...partnersOrder(), ...more })).resolves.toBeUndefined();
  });

  it.each(COMBINED)('is answered by %s of combined orders too', async (call, more) => {
    const path = `/v3/combine-transactions/${call}`;
    await expect(staysInItsWords(merchant, path, { ...combinedOrder(), ...more })).resolves.toBeUndefined();
  });

  it('has been taken where it was good', async () => {
    const [order, combined] = [partnersOrder(), combinedOrder()];
    expect(
      (await partner.post('/v3/pay/partner/transactions/native', { ...order, out_trade_no: 'good_1' })).status,
    ).toBe(200);
    const [a, b] = combined['sub_orders'] as Record<string, unknown>[];
    const fresh = [
      { ...a, out_trade_no: 'fresh_1' },
      { ...b, out_trade_no: 'fresh_2' },
    ];
    const good = { ...combined, combine_out_trade_no: 'good_2', sub_orders: fresh };
    expect((await merchant.post('/v3/combine-transactions/native', good)).status).toBe(200);
  });
});
