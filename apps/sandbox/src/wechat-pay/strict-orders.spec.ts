import { randomUUID } from 'node:crypto';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control, type ControlAnswer } from '../control/test-control.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { openidOf } from './identifiers.js';
import { isPublicHost } from './public-host.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const NOTIFY = 'https://shop.example.com/notify';

describe('a strict merchant', () => {
  let sandbox: Sandbox;
  let strict: TestMerchant;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    const { body } = await control(sandbox.url, 'POST', '/accounts', {
      provider: 'wechat_pay',
      name: 'strict',
      strict: true,
      h5_domains: ['m.example.com'],
      jsapi_directories: ['https://shop.example.com/pay/'],
      oauth_domains: ['shop.example.com'],
    });
    expect(body).toMatchObject({ strict: true, h5_domains: ['m.example.com'] });
    strict = await TestMerchant.of(sandbox, 'strict');
  });
  afterAll(() => sandbox.close());

  it.each([
    'http://shop.example.com/notify',
    'https://127.0.0.1/notify',
    'https://localhost/notify',
    'https://192.168.1.4:8443/notify',
    'https://[::1]/notify',
    'https://intranet/notify',
  ])('is notified at public https addresses only, not at %s', async (url) => {
    const answer = await strict.place('native', 'strict_url', { notify_url: url });
    expect([answer.status, answer.json.code]).toEqual([400, 'PARAM_ERROR']);
    const friendly = await TestMerchant.of(sandbox);
    const number = `friendly_${randomUUID().slice(0, 8)}`;
    expect((await friendly.place('native', number, { notify_url: url })).status).toBe(200);
  });

  it('may still order for public addresses, a combined order too', async () => {
    expect((await strict.place('native', 'strict_ok', { notify_url: NOTIFY })).status).toBe(200);
    const sub = (number: string) => ({
      mchid: strict.account.mchid,
      attach: 'x',
      amount: { total_amount: 1, currency: 'CNY' },
      out_trade_no: number,
      description: '茶',
    });
    const combine = (notify_url: string) =>
      strict.post('/v3/combine-transactions/native', {
        combine_appid: strict.account.appid,
        combine_mchid: strict.account.mchid,
        combine_out_trade_no: 'strict_com',
        sub_orders: [sub('strict_com_a'), sub('strict_com_b')],
        notify_url,
      });
    expect((await combine('http://127.0.0.1:9/n')).json.code).toBe('PARAM_ERROR');
    expect((await combine(NOTIFY)).status).toBe(200);
  });

  const h5 = async (merchant: TestMerchant, number: string, ip: string): Promise<string> => {
    const scene_info = { payer_client_ip: ip, h5_info: { type: 'Wap' } };
    return (await merchant.place('h5', number, { notify_url: NOTIFY, scene_info })).json.h5_url;
  };
  const page = async (url: string, headers: Readonly<Record<string, string>> = {}): Promise<string> =>
    (await fetch(url, { headers })).text();

  it('leads to an h5_url from a registered domain only', async () => {
    const url = await h5(strict, 'strict_h5', '203.0.113.7');
    expect(await page(url)).toContain('商家参数格式有误');
    expect(await page(url, { referer: 'https://www.example.com/' })).toContain('商家存在未配置的参数');
    expect(await page(url, { referer: 'https://m.example.com/order' })).toContain('确认支付');
    const open = (page_url?: string): Promise<ControlAnswer> =>
      control(sandbox.url, 'POST', '/open', { next_action: { type: 'redirect', url }, ...(page_url && { page_url }) });
    expect((await open()).status).toBe(409);
    expect((await open('https://m.example.com/')).status).toBe(200);
  });

  it.each(['127.0.0.1', '10.1.2.3', '::1', 'fe80::1', 'nowhere'])(
    'names a payer who is in public, not %s',
    async (ip) => {
      const url = await h5(strict, `strict_ip_${ip.replaceAll(/[.:]/g, '_')}`, ip);
      expect(await page(url, { referer: 'https://m.example.com/' })).toContain('由于商家传入的H5交易参数有误');
    },
  );

  it('invokes JSAPI payments from a registered directory only', async () => {
    const payer = { openid: openidOf(strict.account.appid, 'payer-1') };
    const { json } = await strict.place('jsapi', 'strict_jsapi', { notify_url: NOTIFY, payer });
    const params = strict.jsapiParams(json.prepay_id);
    const open = (page_url?: string, sdk = 'wechat_jsapi'): Promise<ControlAnswer> =>
      control(sandbox.url, 'POST', '/open', {
        next_action: { type: 'invoke_sdk', sdk, params },
        ...(page_url && { page_url }),
      });
    for (const address of [
      undefined,
      'https://shop.example.com/payments',
      'https://shop.example.com/pay/../basket',
      'https://evil.example.com/pay/',
    ]) {
      const refused = await open(address);
      expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('当前页面的URL未注册')]);
    }
    expect((await open('https://shop.example.com/pay/now?order=1#x')).status).toBe(200);
    expect((await open(undefined, 'wechat_mini_program')).status).toBe(200);
  });

  it('is told openids at registered domains only', async () => {
    const authorize = (redirect_uri: string) => {
      const asked = { appid: strict.account.appid, redirect_uri, response_type: 'code', scope: 'snsapi_base' };
      const query = new URLSearchParams(asked).toString();
      return fetch(`${sandbox.url}/connect/oauth2/authorize?${query}`, { redirect: 'manual' });
    };
    const foreign = await authorize('https://shop.example.com.evil.example/');
    expect([foreign.status, await foreign.text()]).toEqual([400, expect.stringContaining('10003')]);
    expect((await authorize('https://shop.example.com/login')).status).toBe(302);
  });

  it('differs from a friendly one, who is asked for none of it', async () => {
    const friendly = await TestMerchant.of(sandbox);
    expect(await page(await h5(friendly, 'friendly_h5', '127.0.0.1'))).toContain('确认支付');
  });

  it.each([
    [{ strict: 'yes' }],
    [{ h5_domains: 'm.example.com' }],
    [{ oauth_domains: ['https://m.example.com'] }],
    [{ jsapi_directories: ['https://m.example.com/pay'] }],
  ])('is made by a wish that makes sense: not %j', async (wish) => {
    const { status } = await control(sandbox.url, 'POST', '/accounts', {
      provider: 'wechat_pay',
      name: 'odd',
      ...wish,
    });
    expect(status).toBe(400);
  });
});

describe('the H5 page', () => {
  it('wakes WeChat from other browsers only', async () => {
    const sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    try {
      const merchant = await TestMerchant.of(sandbox);
      const scene_info = { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } };
      const { h5_url: url } = (await merchant.place('h5', 'inside_01', { scene_info })).json;
      const inside = await fetch(url, { headers: { 'user-agent': 'Mozilla/5.0 MicroMessenger/8.0.50' } });
      expect([inside.status, await inside.text()]).toEqual([409, expect.stringContaining('请在微信外打开订单')]);
      expect((await fetch(url)).status).toBe(200);
    } finally {
      await sandbox.close();
    }
  });
});

describe('a public host', () => {
  it.each(['shop.example.com', '203.0.113.7', '[2001:db8::1]'])('is %s', (host) =>
    expect(isPublicHost(host)).toBe(true),
  );

  it.each([
    'localhost',
    'shop',
    'printer.local',
    'db.internal',
    '172.31.0.1',
    '100.64.0.1',
    '[::ffff:127.0.0.1]',
    '[fd00::1]',
  ])('is not %s', (host) => expect(isPublicHost(host)).toBe(false));
});
