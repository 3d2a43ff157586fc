import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileBody, hostileHeaders, hostileTarget } from './frame/test-hostility.js';
import { type LineAnswer, type LineRequest, overTheLine } from './frame/test-socket.js';
import { createSandbox, type Sandbox } from './sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
  await sandbox.listen();
});
afterAll(() => sandbox.close());

/** One answer, below 500, and not in the words of the framework under the wires; what is no HTTP reaches neither. */
async function answered(request: LineRequest): Promise<LineAnswer> {
  const answer = await overTheLine(sandbox.url, request);
  expect(answer.status, answer.body.slice(0, 500)).toBeGreaterThanOrEqual(200);
  expect(answer.status, answer.body.slice(0, 500)).toBeLessThan(500);
  expect(answer.body).not.toContain('FST_');
  return answer;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];

const PLACES = [
  [
    'WeChat Pay',
    [
      '/v3/pay/transactions/',
      '/v3/pay/transactions/jsapi',
      '/v3/refund/domestic/refunds',
      '/v3/certificates',
      '/v3/bill/tradebill?bill_date=',
      '/v3/billdownload/file?token=',
    ],
  ],
  [
    'the WeChat H5 page',
    ['/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=', '/cgi-bin/mmpayweb-bin/checkmweb?redirect_url='],
  ],
  ['Alipay', ['/gateway.do', '/gateway.do?method=', '/gateway.do?charset=gbk&app_id=', '/alipay/cashier']],
  [
    "Alipay's REST paths and pages",
    ['/v3/alipay/trade/', '/downloadBillFile.resource?', '/oauth2/publicAppAuthorize.htm?'],
  ],
  ['the wallet', ['/wallet/v1/orders', '/wallet/v1/orders/', '/wallet/pay/', '/wallet/top-up']],
  ['the control surface', ['/__sandbox/', '/__sandbox/trades', '/__sandbox/trades/x/pay', '/__sandbox/open']],
] as const;

describe.each(PLACES)('hostile bytes sent to %s', (_, paths) => {
  it('get an answer below 500, and the next caller gets theirs', async () => {
    const request = fc.record({
      method: fc.constantFrom(...METHODS),
      target: fc.tuple(fc.constantFrom(...paths), hostileTarget).map(([path, more]) => path + more),
      headers: hostileHeaders,
      body: hostileBody,
    });
    await fc.assert(
      fc.asyncProperty(request, async (one) => void (await answered(one))),
      { numRuns: 120 },
    );
    expect(await answered({ method: 'GET', target: '/__sandbox/clock' })).toMatchObject({ status: 200 });
  });
});
