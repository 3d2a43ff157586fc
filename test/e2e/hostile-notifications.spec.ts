import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

let world: World;
let payment: { readonly id: string };
let accounts: readonly { readonly provider: string; readonly id: string }[];
beforeAll(async () => {
  world = await startWorld(['pinduoduo']);
  payment = await world.merchant('pinduoduo').createPayment();
  accounts = await world.stores.config.listAccounts('pinduoduo');
  expect(accounts.map(({ provider }) => provider).toSorted()).toEqual(PROVIDERS.toSorted());
});
afterAll(() => world.close());

const PROVIDERS = ['wechat_pay', 'alipay', 'wallet'];

const addressOf = (provider: string): string =>
  `/notifications/${provider}/${accounts.find((account) => account.provider === provider)?.id}`;

const onRecord = async () => [
  await world.stores.payments.findPayment('pinduoduo', payment.id),
  await world.stores.payments.listEvents('pinduoduo', payment.id),
];

/** Signature headers of every wire, some well-formed, some not, some twice. */
const headers = fc.array(
  fc.tuple(
    fc.constantFrom(
      'Content-Type',
      'Content-Encoding',
      'Wechatpay-Serial',
      'Wechatpay-Signature',
      'Wechatpay-Timestamp',
      'Wechatpay-Nonce',
      'Wallet-Signature',
      'Wallet-Timestamp',
      'Wallet-Nonce',
    ),
    fc.oneof(
      fc.constantFrom('', 'application/json', 'application/x-www-form-urlencoded', 'text/xml', 'a/b; c="', 'gzip'),
      fc.constantFrom(
        '0',
        '-1',
        'NaN',
        '1e10',
        String(Math.floor(Date.now() / 1_000)),
        'x'.repeat(5_000),
        'é',
        'v1=00',
      ),
      fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
    ),
  ),
  { maxLength: 10 },
);

const FORMS = [
  'sign=%zz&sign_type=RSA2',
  'sign=a&sign=b',
  'a',
  '=',
  '%',
  '__proto__=1&sign=x&sign_type=RSA2',
  'charset=gbk&sign=%ff&sign_type=RSA2',
  'sign=QUFB&sign_type=RSA2&app_id=1&notify_id=2',
];
const JSONS = [
  '{',
  'null',
  '[]',
  '{"__proto__":{}}',
  '{"id":1,"resource":{"ciphertext":[]}}',
  '['.repeat(30_000),
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
];

const body = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.constantFrom(...FORMS, ...JSONS).map((text) => Buffer.from(text)),
);

describe.each(PROVIDERS)('anything sent to where %s reports', (provider) => {
  it('is refused with 4xx, writes nothing, and the gateway goes on', async () => {
    const before = await onRecord();
    await fc.assert(
      fc.asyncProperty(headers, body, async (lines, bytes) => {
        const head = [...lines.map(([name, value]) => `${name}: ${value}`), `Content-Length: ${bytes.length}`];
        const status = await statusOf(`POST ${addressOf(provider)} HTTP/1.1`, head, bytes);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect(await onRecord()).toEqual(before);
    expect((await world.merchant('pinduoduo').get(`/v1/payments/${payment.id}`)).status).toBe(200);
  });
});

describe('a request at the edge of HTTP', () => {
  const JSON_TYPE = 'Content-Type: application/json';
  const chunked = (...chunks: readonly string[]): string =>
    [...chunks, ''].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');

  it.each<[string, string, readonly string[], string, number]>([
    [
      'with Transfer-Encoding and Content-Length',
      'POST',
      [JSON_TYPE, 'Transfer-Encoding: chunked', 'Content-Length: 4'],
      chunked('{}'),
      400,
    ],
    ['with two lengths', 'POST', [JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3'], '{}', 400],
    ['with a length that is none', 'POST', [JSON_TYPE, 'Content-Length: -1'], '{}', 400],
    [
      'in chunks that are too many',
      'POST',
      [JSON_TYPE, 'Transfer-Encoding: chunked'],
      chunked('x'.repeat(40_000), 'x'.repeat(40_000)),
      413,
    ],
    ['announced as too large', 'POST', [JSON_TYPE, 'Content-Length: 10000000000'], '', 413],
    ['with broken chunks', 'POST', [JSON_TYPE, 'Transfer-Encoding: chunked'], 'zz\r\n', 400],
    ['that expects 100-continue', 'POST', [JSON_TYPE, 'Expect: 100-continue', 'Content-Length: 2'], '{}', 401],
    ['that expects something else', 'POST', [JSON_TYPE, 'Expect: miracles', 'Content-Length: 2'], '{}', 417],
    ['with a NUL in a header', 'POST', [JSON_TYPE, 'X-A: a\0b', 'Content-Length: 2'], '{}', 400],
    ['with 100 kB of headers', 'POST', [JSON_TYPE, `X-A: ${'x'.repeat(100_000)}`], '', 431],
    ['by HEAD', 'HEAD', [], '', 404],
    ['by OPTIONS', 'OPTIONS', [], '', 404],
    ['by TRACE', 'TRACE', [], '', 404],
    ['by a method that nobody knows', 'FETCH', [], '', 400],
  ])('%s is answered, not kept waiting', async (_, method, lines, text, status) => {
    expect(await statusOf(`${method} ${addressOf('wechat_pay')} HTTP/1.1`, lines, Buffer.from(text))).toBe(status);
  });

  it.each(['http://elsewhere.example/v1/payments', '*', '//v1', 'v1/payments', '/\x7f'])(
    'for %j is a 4xx',
    async (target) => {
      const status = await statusOf(`GET ${target} HTTP/1.1`, [], Buffer.alloc(0));
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );
});

/** The final status that these bytes are answered with. @throws Error when the connection is silent for five seconds */
function statusOf(requestLine: string, lines: readonly string[], bytes: Uint8Array): Promise<number> {
  const { hostname, port } = new URL(world.url);
  const head = [requestLine, 'Host: gateway', 'Connection: close', ...lines, '', ''].join('\r\n');
  return new Promise((resolve, reject) => {
    let answer = '';
    const done = () => resolve(Number(/^HTTP\/1\.1 ([2-5]\d\d)/m.exec(answer)?.[1] ?? 0));
    const socket = connect(Number(port), hostname, () =>
      socket.write(Buffer.concat([Buffer.from(head, 'latin1'), bytes])),
    );
    socket.setTimeout(5_000, () => socket.destroy(new Error(`no answer to ${requestLine}`)));
    socket.on('data', (chunk) => void (answer += chunk.toString('latin1')));
    socket.on('error', (cause) => (answer === '' ? reject(cause) : done()));
    socket.on('close', done);
  });
}
