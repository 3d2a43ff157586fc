import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { userIdOf } from './identifiers.js';
import { TestMerchant } from './test-merchant.js';

const METHOD = 'alipay.system.oauth.token';
const BACK = 'http://shop.example/back?a=1';

describe('who looks at a page inside Alipay', () => {
  let merchant: TestMerchant;
  beforeAll(async () => void (merchant = await TestMerchant.start()));
  afterAll(() => merchant.stop());
  beforeEach(async () => void (await merchant.control('faults', { rules: [] }, 'PUT')));

  const authorize = (changes: Record<string, string> = {}): Promise<Response> => {
    const query = { app_id: merchant.account.app_id, scope: 'auth_base', redirect_uri: BACK, state: 's/1', ...changes };
    const url = `${merchant.sandbox.url}/oauth2/publicAppAuthorize.htm?${new URLSearchParams(query)}`;
    return fetch(url, { redirect: 'manual' });
  };
  const codeFor = async (payer: string): Promise<string> => {
    const answer = await authorize({ payer });
    return new URL(answer.headers.get('location') ?? '').searchParams.get('auth_code') ?? '';
  };
  const token = async (fields: Record<string, string>): Promise<Record<string, Record<string, string>>> => {
    const signed = merchant.signed(METHOD, {}, { biz_content: '', ...fields });
    const answer = await fetch(merchant.gateway, { method: 'POST', body: new URLSearchParams(signed) });
    return (await answer.json()) as Record<string, Record<string, string>>;
  };

  it('is sent back to the shop with a code, which is good for their user id', async () => {
    const back = new URL((await authorize({ payer: 'ann' })).headers.get('location') ?? '');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      a: '1',
      app_id: merchant.account.app_id,
      source: 'alipay_wallet',
      scope: 'auth_base',
      auth_code: expect.stringMatching(/^[0-9a-f]{32}$/),
      state: 's/1',
    });
    const answered = await token({ grant_type: 'authorization_code', code: back.searchParams.get('auth_code') ?? '' });
    const { alipay_system_oauth_token_response: granted } = answered;
    expect(granted).toMatchObject({ user_id: userIdOf('ann'), access_token: expect.any(String) });
    expect(granted).not.toHaveProperty('code');
  });

  it('is known to the npm SDK by the same call', async () => {
    const fields = { grantType: 'authorization_code', code: await codeFor('ben') };
    const known = await merchant.sdk.exec(METHOD, fields, { validateSign: true });
    expect(known).toMatchObject({ userId: userIdOf('ben'), expiresIn: 1_296_000 });
    const again = await merchant.sdk.exec(METHOD, { grantType: 'refresh_token', refreshToken: known['refreshToken'] });
    expect(again).toMatchObject({ userId: userIdOf('ben') });
  });

  it('is known over REST too', async () => {
    const body = { grant_type: 'authorization_code', code: await codeFor('eve') };
    const { data } = await merchant.sdk.curl('POST', '/v3/alipay/system/oauth/token', { body });
    expect(data).toMatchObject({ user_id: userIdOf('eve') });
    await expect(merchant.sdk.curl('POST', '/v3/alipay/system/oauth/token', { body })).rejects.toMatchObject({
      code: 'code-invalid',
    });
  });

  it('has a code that is good once, for a day, and for one app; a bad one is an error_response', async () => {
    const refused = { error_response: { code: '40002', sub_code: 'isv.code-invalid' }, sign: expect.any(String) };
    const used = await codeFor('ann');
    await token({ grant_type: 'authorization_code', code: used });
    expect(await token({ grant_type: 'authorization_code', code: used })).toMatchObject(refused);
    const late = await codeFor('ann');
    await merchant.sandbox.clock.advance(86_400_000);
    expect(await token({ grant_type: 'authorization_code', code: late })).toMatchObject(refused);
    const made = await merchant.sandbox.accounts.create('alipay', { name: 'other' });
    const other = (await merchant.sandbox.accounts.show('alipay', made)) as { app_id: string };
    const foreign = new URL((await authorize({ app_id: other.app_id })).headers.get('location') ?? '');
    const code = foreign.searchParams.get('auth_code') ?? '';
    expect(await token({ grant_type: 'authorization_code', code })).toMatchObject(refused);
  });

  it.each([
    [{ grant_type: '' }, 'isv.grant-type-invalid'],
    [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'isv.refresh-token-invalid'],
    [{ grant_type: 'authorization_code' }, 'isv.code-invalid'],
  ])('is nobody for %j', async (fields, subCode) => {
    expect(await token(fields)).toMatchObject({ error_response: { sub_code: subCode } });
  });

  it.each([
    [{ app_id: '2021000000000000' }, 'invalid-app-id'],
    [{ scope: 'everything' }, 'scope'],
    [{ redirect_uri: 'javascript:alert(1)' }, 'redirect_uri'],
  ])('sees a page that says what is wrong with %j', async (changes, words) => {
    const answer = await authorize(changes);
    expect(answer.status).toBe(200);
    expect(new TextDecoder('gbk').decode(await answer.arrayBuffer())).toContain(words);
  });

  it('can be refused by a fault, in the call or on the way', async () => {
    const rules = [{ match: { operation: 'oauth' }, action: 'error', code: 'isv.code-invalid' }];
    const code = await codeFor('ann');
    await merchant.control('faults', { rules }, 'PUT');
    expect(await token({ grant_type: 'authorization_code', code })).toMatchObject({
      error_response: { sub_code: 'isv.code-invalid' },
    });
    expect((await authorize()).headers.get('location')).toBeNull();
  });
});
