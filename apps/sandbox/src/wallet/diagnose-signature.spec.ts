import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe('why an HMAC on the wallet wire did not hold, in the request log', () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const at = String(Math.floor(Date.now() / 1_000));
  const nonce = '0123456789abcdef';
  const target = '/wallet/v1/orders';
  const order = () => merchant.order('why_1');

  /** What the log says when these headers replace the right ones. */
  const causeOf = async (headers: Record<string, string>) => {
    const answer = await merchant.call('POST', '/orders', order(), {
      'wallet-timestamp': at,
      'wallet-nonce': nonce,
      ...headers,
    });
    expect([answer.status, answer.body['cause']]).toEqual([401, undefined]);
    return merchant.sandbox.requests.all().at(-1)?.cause;
  };

  const body = () => JSON.stringify(order());

  it.each<[code: string, text: () => string]>([
    ['final_newline_missing', () => `POST\n${target}\n${at}\n${nonce}\n${body()}`],
    ['method_in_lower_case', () => `post\n${target}\n${at}\n${nonce}\n${body()}\n`],
    ['lines_in_another_order', () => `POST\n${target}\n${nonce}\n${at}\n${body()}\n`],
    ['body_left_out', () => `POST\n${target}\n${at}\n${nonce}\n\n`],
    ['body_reserialised', () => `POST\n${target}\n${at}\n${nonce}\n${JSON.stringify(order(), null, 2)}\n`],
    ['wrong_secret', () => 'something else'],
  ])('%s', async (code, text) => {
    expect(await causeOf({ 'wallet-signature': merchant.hmac(text()) })).toMatchObject({ code });
  });

  it('the secret of another merchant', async () => {
    const [other] = merchant.sandbox.accounts.shelf<never>('wallet').all() as unknown as { secret: string }[];
    const text = `POST\n${target}\n${at}\n${nonce}\n${body()}\n`;
    const mac = createHmac('sha256', other?.secret ?? '').update(text);
    expect(await causeOf({ 'wallet-signature': `v1=${mac.digest('hex')}` })).toMatchObject({
      code: 'key_of_another_account',
    });
  });

  it('a clock that is off, an unknown merchant, a header missing or malformed', async () => {
    expect(await causeOf({ 'wallet-timestamp': String(Number(at) - 400) })).toMatchObject({ code: 'clock' });
    expect(await causeOf({ 'wallet-merchant': 'nobody' })).toMatchObject({ code: 'unknown_account' });
    expect(await causeOf({ 'wallet-signature': 'v1=abc' })).toMatchObject({ code: 'authorization_malformed' });
  });
});
