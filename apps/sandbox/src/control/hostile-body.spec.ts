import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileContent } from '../frame/test-hostility.js';
import { type LineAnswer, overTheLine } from '../frame/test-socket.js';
import { createSandbox, type Sandbox } from '../sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
  await sandbox.listen();
});
afterAll(() => sandbox.close());

const open = (next_action: Readonly<Record<string, unknown>>) => ['POST', 'open', { next_action, payer: 'p' }] as const;

const CALLS: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ['PUT', 'clock', { now: '2026-01-01T00:00:00Z' }],
  ['PUT', 'faults', { rules: [{ match: { operation: 'bill' }, action: 'bill', ms: 1 }] }],
  ['POST', 'accounts', { provider: 'wallet', name: 'shop', strict: true, verify_mode: 'switching' }],
  ['POST', 'payer-codes', { provider: 'alipay', payer: 'payer-1', password_first: true }],
  open({ type: 'redirect', url: 'http://x/gateway.do?method=alipay.trade.wap.pay', form: { a: 'b' } }),
  open({ type: 'show_qr_code', content: 'weixin://wxpay/bizpayurl?pr=x' }),
  open({ type: 'invoke_sdk', sdk: 'alipay_app', params: { order_string: 'a=b' } }),
  open({ type: 'invoke_sdk', sdk: 'wechat_jsapi', params: { package: 'prepay_id=1' } }),
  ['POST', 'trades/trade_1/pay', { payer: 'payer-1', result: 'success', force: true }],
];

describe('a control call, whatever it holds,', () => {
  it.each(CALLS)('%s /%s is done, or refused as a problem', async (method, path, good) => {
    await fc.assert(
      fc.asyncProperty(hostileContent(good), async (body) => {
        const answer = await call(method, path, body);
        expect(answer.status, answer.body.slice(0, 300)).toBeLessThan(500);
        expect(answer.type).toContain(answer.status < 400 ? 'application/json' : 'application/problem+json');
        expect((await call('GET', 'clock', '')).status, body.slice(0, 300)).toBe(200);
      }),
      { numRuns: 100 },
    );
  });
});

function call(method: string, path: string, body: string): Promise<LineAnswer> {
  return overTheLine(sandbox.url, { method, target: `/__sandbox/${path}`, body: Buffer.from(body) });
}
