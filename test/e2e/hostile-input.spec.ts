import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

let world: World;
let payment: { readonly id: string };
beforeAll(async () => {
  world = await startWorld(['pinduoduo']);
  payment = await world.merchant('pinduoduo').createPayment();
});
afterAll(() => world.close());

const TEXTS = [
  '',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'http://127.0.0.1/\ud800',
  '🥢',
  '\u202e',
  '%00',
  'x'.repeat(600),
  '__proto__',
  "' OR 1=1 --",
  '-1',
  '1e9',
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 40 }));

const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom<unknown>(undefined, null, true, [], {}, [[]], 0, -1, 0.5, 1e30, 2 ** 53, Number.MAX_VALUE),
  fc.dictionary(text, text, { maxKeys: 2 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const DEPTH = 30_000;
const TEXT_BODIES = [
  '{"__proto__":{}}',
  '{"amount":1,"amount":2}',
  '['.repeat(DEPTH),
  `{"metadata":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`,
  `${'{"attempt":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '\ufeff{}',
  'null',
  '{',
];

/** The object with one field made hostile, or with fields that it does not have, or no object at all. */
function spoiled(good: Readonly<Record<string, unknown>>): fc.Arbitrary<string> {
  return fc.oneof(
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...Object.keys(good)), value)
        .map(([name, it]) => JSON.stringify({ ...good, [name]: it })),
      weight: 4,
    },
    fc
      .dictionary(text, value, { minKeys: 1, maxKeys: 3 })
      .map((more) => JSON.stringify({ ...good, ...more, unknown: 1 })),
    fc.constantFrom(...TEXT_BODIES),
  );
}

/** What is on record of the payment that every call of this file may touch. */
const onRecord = async () => [
  await world.stores.payments.findPayment('pinduoduo', payment.id),
  await world.stores.payments.listEvents('pinduoduo', payment.id),
];

describe('hostile JSON to the API', () => {
  const ORDER = {
    order_no: 'hostile-1',
    amount: 1,
    currency: 'CNY',
    description: '春笋',
    scene: 'app',
    payer: { id: 'u1' },
    return_url: 'http://127.0.0.1/',
    expires_in: 900,
    metadata: { a: 'b' },
    attempt: { method: 'alipay', scene: 'app' },
  };

  it.each([
    ['POST', '/v1/payments', ORDER],
    [
      'POST',
      '/v1/payments/{id}/attempts',
      { method: 'gold', scene: 'app', payer: { id: 'u', user_agent: 'x' }, auth_code: '1' },
    ],
    ['POST', '/v1/payments/{id}/refunds', { refund_no: 'r1', amount: 1, reason: 'x' }],
    ['POST', '/v1/payments/{id}/friend-requests', { method: 'gold', message: 'x', expires_in: 60 }],
    ['POST', '/v1/text-codes/resolve', { text: '￥0000000000000000￥' }],
    [
      'PUT',
      '/admin/v1/apps/pinduoduo',
      { app: 'pinduoduo', name: 'P', branding: {}, return_origins: ['x'], accounts: [{}], methods: [{}], routes: [] },
    ],
  ] as const)(
    '%s %s is never a failure: what is refused is a problem, and what is on record stays',
    async (method, path, good) => {
      const before = await onRecord();
      await fc.assert(
        fc.asyncProperty(spoiled(good), async (body) => {
          const caller = method === 'PUT' ? world.admin : world.merchant('pinduoduo');
          const reply = await caller.send(method, path.replace('{id}', payment.id), body, {
            'idempotency-key': randomUUID(),
          });
          expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(500);
          expect(reply.headers.get('content-type')).toContain(
            reply.status < 400 ? 'application/json' : 'application/problem+json',
          );
        }),
        { numRuns: 300 },
      );
      expect(await onRecord()).toEqual(before);
      expect((await world.merchant('pinduoduo').get(`/v1/payments/${payment.id}`)).status).toBe(200);
    },
  );
});

describe('a hostile address', () => {
  it.each(['%00', 'a%00b', '%zz', '%', '%ed%a0%80', '%ff', 'x'.repeat(3_000), '..%2f', '%F0%9F%A5%A2'])(
    'with %s in it is a problem of 4xx',
    async (odd) => {
      const merchant = world.merchant('pinduoduo');
      const replies = [
        await merchant.get(`/v1/payments/${odd}`),
        await merchant.get(`/v1/payments?order_no=${odd}`),
        await merchant.get(`/v1/payment-methods?amount=1&scene=${odd}`),
        await merchant.post(`/v1/payments/${odd}/cancel`),
        await merchant.post(`/v1/payments/${odd}/attempts`, { method: 'alipay', scene: 'app' }),
        await merchant.post(`/v1/payments/${odd}/refunds`, { refund_no: 'r1', amount: 1 }),
        await world.admin.get(`/admin/v1/apps/${odd}`),
        await world.admin.get(`/admin/v1/apps/${odd}/keys`),
        await world.admin.post(`/admin/v1/apps/${odd}/keys`, {}),
        await merchant.send('POST', `/notifications/wechat_pay/${odd}`, '{}', {}),
        await merchant.send('POST', `/notifications/${odd}/acc_1`, '{}', {}),
      ];
      expect(replies.map(({ status }) => status).filter((status) => status < 400 || status >= 500)).toEqual([]);
      expect(replies.map(({ headers }) => headers.get('content-type')?.split(';')[0])).toEqual(
        replies.map(() => 'application/problem+json'),
      );
    },
  );
});
