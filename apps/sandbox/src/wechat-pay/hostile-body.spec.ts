import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileContent } from '../frame/test-hostility.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { wechatPayWire } from './index.js';
import { TestMerchant } from './test-merchant.js';

let sandbox: Sandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await createSandbox({ wires: [wechatPayWire] });
  await sandbox.listen();
  merchant = await TestMerchant.of(sandbox);
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
    await fc.assert(
      fc.asyncProperty(hostileContent({ ...merchant.order('order_1'), ...more }), async (body) => {
        const answer = await merchant.post(pathname, body);
        expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500);
        expect(answer.json ?? DONE).toMatchObject(answer.status < 400 ? DONE : REFUSED);
        expect(answer.trusted, answer.text.slice(0, 300)).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect((await merchant.place('app', `good_${randomUUID().slice(0, 8)}`)).status).toBe(200);
  });
});
