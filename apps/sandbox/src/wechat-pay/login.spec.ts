import fc from 'fast-check';
import { type Response, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control } from '../control/test-control.js';
import { hostileText } from '../frame/test-hostility.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import type { WechatAccount } from './account.js';
import { openidOf } from './identifiers.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const PAGE = 'http://127.0.0.1:3100/login?shop=1#top';

describe('learning an openid', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;
  let account: WechatAccount;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
    ({ account } = merchant);
  });
  afterAll(() => sandbox.close());

  type Query = Readonly<Record<string, string>>;
  const get = (path: string, query: Query): Promise<Response> =>
    fetch(`${sandbox.url}${path}?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });
  const authorize = (query: Query = {}): Promise<Response> =>
    get('/connect/oauth2/authorize', {
      appid: account.appid,
      redirect_uri: PAGE,
      response_type: 'code',
      scope: 'snsapi_base',
      state: 's 1',
      ...query,
    });
  const codeFrom = (answer: Response): string =>
    new URL(answer.headers.get('location') ?? 'about:blank').searchParams.get('code') ?? '';
  // oxlint-disable-next-line typescript/no-explicit-any -- a spec reads whatever the answer holds
  const json = async (answer: Response): Promise<any> => JSON.parse(await answer.text());
  const exchange = (code: string, change: Query = {}): Promise<Response> =>
    get('/sns/oauth2/access_token', {
      appid: account.appid,
      secret: account.app_secret,
      code,
      grant_type: 'authorization_code',
      ...change,
    });
  const wxLogin = async (appid: string, payer: string): Promise<string> =>
    (await json(await get('/wx/login', { appid, payer }))).code;
  const session = (code: string, change: Query = {}): Promise<Response> =>
    get('/sns/jscode2session', {
      appid: account.appid,
      secret: account.app_secret,
      js_code: code,
      grant_type: 'authorization_code',
      ...change,
    });

  it('sends the browser back with a code and the state, beside what the address had', async () => {
    const answer = await authorize();
    expect(answer.status).toBe(302);
    const back = new URL(answer.headers.get('location') ?? '');
    expect([back.origin, back.pathname, back.hash]).toEqual(['http://127.0.0.1:3100', '/login', '#top']);
    expect(back.searchParams.get('shop')).toBe('1');
    expect(back.searchParams.get('state')).toBe('s 1');
    expect(back.searchParams.get('code')).toMatch(/^0[A-Za-z\d]{31}$/);
  });

  it('exchanges the code for the openid that orders take, in text/plain', async () => {
    const answer = await exchange(codeFrom(await authorize({ payer: 'payer-6' })));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain']);
    expect(answer.headers.get('wechatpay-signature')).toBeNull();
    const got = await json(answer);
    expect(got).toMatchObject({
      expires_in: 7_200,
      scope: 'snsapi_base',
      openid: openidOf(account.appid, 'payer-6'),
      access_token: expect.any(String),
      refresh_token: expect.any(String),
    });
    expect(got).not.toHaveProperty('unionid');
    const order = await merchant.place('jsapi', 'login_0001', { payer: { openid: got.openid } });
    expect(order.status).toBe(200);
  });

  it('asks the user for snsapi_userinfo and when the page wants it, and takes no for an answer', async () => {
    for (const query of [{ scope: 'snsapi_userinfo' }, { forcePopup: 'true' }]) {
      const page = await authorize(query as Query);
      expect(page.status).toBe(200);
      const text = await page.text();
      expect(text).toContain('name="payer"');
      expect(text).not.toContain('<script');
      const refusal = /href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const refused = await fetch(`${sandbox.url}${refusal}`, { redirect: 'manual' });
      expect(refused.headers.get('location')).toBe('http://127.0.0.1:3100/login?shop=1&state=s+1#top');
    }
  });

  it('tells a unionid to snsapi_userinfo, the same in the mini-program', async () => {
    const code = codeFrom(await authorize({ scope: 'snsapi_userinfo', payer: 'payer-7' }));
    const { unionid, scope } = await json(await exchange(code));
    expect([scope, unionid]).toEqual(['snsapi_userinfo', expect.stringMatching(/^oU[\w-]{26}$/)]);
    const { unionid: inMini, openid } = await json(await session(await wxLogin(account.appid, 'payer-7')));
    expect([inMini, openid]).toEqual([unionid, openidOf(account.appid, 'payer-7')]);
  });

  it('knows one person under the appids of a partner and its sub merchants', async () => {
    await sandbox.accounts.create('wechat_pay', { name: 'partner', partner: true });
    const partner = sandbox.accounts.shelf<WechatAccount>('wechat_pay').named('partner');
    const [sub] = partner?.sub_merchants ?? [];
    const under = async (appid = '', secret = '') =>
      json(await session(await wxLogin(appid, 'payer-8'), { appid, secret }));
    const [a, b] = [await under(partner?.appid, partner?.app_secret), await under(sub?.sub_appid, sub?.app_secret)];
    expect(a.unionid).toBe(b.unionid);
    expect(a.openid).not.toBe(b.openid);
    expect(Buffer.from(a.session_key, 'base64')).toHaveLength(16);
  });

  it('takes a code once, within five minutes, from the app and the kind of page it was given to', async () => {
    const code = codeFrom(await authorize());
    const stranger = (await TestMerchant.of(sandbox, 'public-key')).account;
    const errcode = async (answer: Promise<Response>): Promise<unknown> => (await json(await answer)).errcode;
    expect(await errcode(exchange(code, { appid: stranger.appid, secret: stranger.app_secret }))).toBe(40029);
    expect(await errcode(session(code))).toBe(40029);
    expect(await errcode(exchange(code))).toBeUndefined();
    expect(await errcode(exchange(code))).toBe(40163);
    const late = codeFrom(await authorize());
    await sandbox.clock.advance(300_000);
    expect(await errcode(exchange(late))).toBe(40029);
  });

  it.each([
    ['an unknown appid', { appid: 'wx0000000000000000' }, 40013, 'invalid appid'],
    ['no appid', { appid: '' }, 41002, 'appid missing'],
    ['another secret', { secret: 'x' }, 40125, 'invalid appsecret'],
    ['no secret', { secret: '' }, 41004, 'appsecret missing'],
    ['another grant_type', { grant_type: 'x' }, 40002, 'invalid grant_type'],
    ['no code', { code: '', js_code: '' }, 41008, 'missing code'],
    ['a code of nobody', {}, 40029, 'invalid code'],
  ])('refuses %s with 200 and a number', async (_what, change, errcode, words) => {
    for (const answer of [await exchange('x', change as Query), await session('x', change as Query)]) {
      expect(answer.status).toBe(200);
      const refused = await json(answer);
      expect(refused.errcode).toBe(errcode);
      expect(refused.errmsg).toMatch(new RegExp(`^${words}, rid: [\\da-f]{8}-[\\da-f]{8}-[\\da-f]{8}$`));
    }
  });

  it('refreshes for thirty days', async () => {
    const first = await json(await exchange(codeFrom(await authorize())));
    const refresh = (change: Query = {}): Promise<Response> =>
      get('/sns/oauth2/refresh_token', {
        appid: account.appid,
        grant_type: 'refresh_token',
        refresh_token: first.refresh_token,
        ...change,
      });
    const again = await json(await refresh());
    expect(again).toMatchObject({ openid: first.openid, scope: first.scope, refresh_token: first.refresh_token });
    expect(again.access_token).not.toBe(first.access_token);
    expect((await json(await refresh({ refresh_token: 'x' }))).errcode).toBe(40030);
    await sandbox.clock.advance(30 * 86_400_000);
    expect((await json(await refresh())).errcode).toBe(40030);
  });

  it.each([
    [{ appid: 'wx0000000000000000' }, '40013'],
    [{ redirect_uri: 'javascript:alert(1)' }, '10003'],
    [{ scope: 'everything' }, '10005'],
    [{ response_type: 'token' }, 'response_type'],
    [{ state: 's'.repeat(129) }, 'state'],
  ])('answers %j with a page and goes nowhere', async (query, words) => {
    const answer = await authorize(query as Query);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(await answer.text()).toContain(words);
  });

  it('is reached by faults, in its own words, but has no signature to spoil', async () => {
    const fault = (rule: object) =>
      control(sandbox.url, 'PUT', '/faults', { rules: [{ match: { operation: 'oauth' }, ...rule }] });
    await fault({ action: 'error', code: '45011', times: 1 });
    const { errcode } = await json(await session('x'));
    expect(errcode).toBe(45_011);
    await fault({ action: 'error', times: 1, match: { operation: 'oauth', reference: account.appid } });
    expect((await json(await exchange('x'))).errcode).toBe(-1);
    await fault({ action: 'status', status: 502, times: 1 });
    expect((await authorize()).status).toBe(502);
    expect((await fault({ action: 'bad_signature' })).status).toBe(400);
    await control(sandbox.url, 'PUT', '/faults', { rules: [] });
  });

  it('never breaks, whatever stands in the address', async () => {
    const names = ['appid', 'redirect_uri', 'response_type', 'scope', 'state', 'payer', 'code', 'js_code', 'secret'];
    const good: Query = { appid: account.appid, redirect_uri: PAGE, response_type: 'code', scope: 'snsapi_base' };
    const paths = ['/connect/oauth2/authorize', '/wx/login', '/sns/oauth2/access_token', '/sns/jscode2session'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.dictionary(fc.constantFrom(...names), hostileText, { maxKeys: 3 }),
        async (path, spoiled) => {
          const answer = await get(path, { ...good, secret: account.app_secret, ...spoiled });
          expect(answer.status, await answer.text()).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
    expect((await authorize()).status).toBe(302);
  });
});
