import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';
import { restCallBy, type RestCallWish } from './test-rest.js';

describe('why a signature on /v3/alipay did not hold, in the request log', () => {
  let merchant: TestMerchant;
  beforeAll(async () => void (merchant = await TestMerchant.start()));
  afterAll(() => merchant.stop());

  const body = { out_trade_no: 'why_1', subject: '一箱柚子 / 2.5 kg' };
  async function causeOf(wish: RestCallWish) {
    const url = `${merchant.sandbox.url}/v3/alipay/trade/query`;
    const reply = await restCallBy(merchant.account, url, { body, ...wish });
    expect(reply.text).not.toContain('"cause"');
    return merchant.sandbox.requests.all().at(-1)?.cause;
  }

  it('says nothing about one that holds', async () => {
    expect(await causeOf({})).toBeNull();
  });

  it.each<[string, RestCallWish]>([
    ['unknown_account', { auth: { app_id: '2021000000000000' } }],
    ['final_newline_missing', { signs: (text) => text.slice(0, -1) }],
    ['body_left_out', { signs: (text) => text.replace(JSON.stringify(body), '') }],
    ['method_in_lower_case', { signs: (text) => text.replace('POST', 'post') }],
    ['body_reserialised', { signs: (text) => text.replace(JSON.stringify(body), JSON.stringify(body, null, 2)) }],
    ['another_string', { signs: (text) => `${text}!` }],
    ['signature_not_base64', { spoil: (header) => header.replace(/sign=.*/, 'sign="quoted"') }],
  ])('%s', async (code, wish) => {
    expect(await causeOf(wish)).toMatchObject({ code });
  });

  it('stray_parameter: a token that was sent and not signed', async () => {
    const headers = { 'alipay-app-auth-token': 'token-1' };
    expect(await causeOf({ headers, signs: (text) => text.replace('token-1\n', '') })).toMatchObject({
      code: 'stray_parameter',
    });
  });
});
