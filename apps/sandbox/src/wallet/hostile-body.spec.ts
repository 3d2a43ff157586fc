import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileContent } from '../frame/test-hostility.js';
import { overTheLine } from '../frame/test-socket.js';
import { TestMerchant } from './test-merchant.js';

let merchant: TestMerchant;
beforeAll(async () => void (merchant = await TestMerchant.start()));
afterAll(() => merchant.stop());

const DONE = {};
const REFUSED = { code: expect.stringMatching(/^[a-z_]+$/), message: expect.any(String) };

describe('a signed body, whatever it holds,', () => {
  it.each(['/orders', '/orders/order_1/close', '/orders/order_1/refunds'])(
    'is answered by %s in the words of the wire',
    async (path) => {
      const good = { ...merchant.order('order_1'), refund_reference: 'refund_1', return_url: 'http://127.0.0.1:9/' };
      await fc.assert(
        fc.asyncProperty(hostileContent(good), async (body) => {
          const answer = await signed(`/wallet/v1${path}`, body);
          expect(answer.status, answer.body.slice(0, 300)).toBeLessThan(500);
          expect(answer.status, answer.body.slice(0, 300)).not.toBe(401);
          expect(JSON.parse(answer.body)).toMatchObject(answer.status < 400 ? DONE : REFUSED);
        }),
        { numRuns: 100 },
      );
    },
  );
});

function signed(target: string, body: string) {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const headers: readonly (readonly [string, string])[] = [
    ['Wallet-Merchant', merchant.id],
    ['Wallet-Timestamp', timestamp],
    ['Wallet-Nonce', '0123456789abcdef'],
    ['Wallet-Signature', merchant.hmac(`POST\n${target}\n${timestamp}\n0123456789abcdef\n${body}\n`)],
  ];
  return overTheLine(merchant.sandbox.url, { method: 'POST', target, headers, body: Buffer.from(body) });
}
