import { createPrivateKey, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userIdOf } from '../alipay/identifiers.js';
import { TestMerchant as AlipayMerchant } from '../alipay/test-merchant.js';
import { testReceiver, type TestReceiver } from '../frame/test-receiver.js';
import type { Trade } from '../frame/trade.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant as WalletMerchant } from '../wallet/test-merchant.js';
import { TestMerchant as WechatMerchant } from '../wechat-pay/test-merchant.js';
import { wechatPayWire } from '../wechat-pay/wechat-pay.js';
import { handOver, TestPhone } from './test-phone.js';

const PASSWORD = { password: '123456' };

const tradeOf = ({ trades }: Sandbox, reference: string): Trade => {
  const [trade] = trades.list({ reference });
  if (trade === undefined) throw new Error(`no trade ${reference}`);
  return trade;
};

describe('the phone, at WeChat Pay,', () => {
  let sandbox: Sandbox;
  let merchant: WechatMerchant;
  let notified: TestReceiver;
  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await WechatMerchant.of(sandbox);
    notified = await testReceiver();
  });
  afterAll(() => Promise.all([sandbox.close(), notified.close()]));

  const phone = (): TestPhone => new TestPhone(sandbox.url);
  const native = async (reference: string, more = {}): Promise<string> =>
    (await merchant.place('native', reference, { notify_url: notified.url, ...more })).json.code_url;

  it('reads a Native code, asks, takes the money on any six digits and shows what a query says', async () => {
    const mine = phone();
    const scanned = await mine.scan(` ${await native('scan_0001')}\n`);
    expect(scanned).toMatchObject({ status: 303, location: `/phone/trades/${tradeOf(sandbox, 'scan_0001').id}/pay` });
    const sheet = (await mine.get(scanned.location ?? '')).text;
    for (const shown of ['SANDBOX', '一箱柚子', 'Pay ¥12.99', 'scan_0001', 'payer-1', 'certificate', '¥10,000.00']) {
      expect(sheet).toContain(shown);
    }
    const paid = await mine.decide(scanned, PASSWORD);
    expect(paid.text).toContain('trade_state: SUCCESS');
    expect((await merchant.query('scan_0001')).json.trade_state).toBe('SUCCESS');
    expect(tradeOf(sandbox, 'scan_0001').payer?.balance).toBe(1_000_000 - 1_299);
  });

  it('opens an H5 address, and goes back where the address says', async () => {
    const scene = { scene_info: { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } } };
    const { h5_url } = (await merchant.place('h5', 'scan_0002', scene)).json;
    const scanned = await phone().scan(`${h5_url}&redirect_url=${encodeURIComponent('https://shop.example/done?a=1')}`);
    expect(scanned.location).toContain('return_url=https%3A%2F%2Fshop.example%2Fdone');
    const paid = await phone().decide(scanned, PASSWORD);
    expect(paid.text).toContain('<a class="button" href="https://shop.example/done?a=1" rel="noreferrer"');
    expect(tradeOf(sandbox, 'scan_0002').state).toBe('paid');
  });

  it.each([
    ['password_first', 'Wrong password'],
    ['insufficient_funds', 'balance is too small'],
    ['declined', 'Declined by the bank'],
    ['cancelled', 'cancelled'],
  ])(
    'lets it be %s in one tap, without a password: nothing is paid, and it can be tried again',
    async (result, said) => {
      const mine = phone();
      const scanned = await mine.scan(await native(`refuse_${result}`));
      const refused = await mine.decide(scanned, { result, password: '' });
      expect(refused.text).toContain(said);
      expect(refused.text).toContain('trade_state: NOTPAY');
      expect(refused.text).toContain(`href="${scanned.location}"`);
      expect((await mine.decide(scanned, PASSWORD)).text).toContain('trade_state: SUCCESS');
    },
  );

  it('lets the order say its own outcome when only a password is typed', async () => {
    const mine = phone();
    const refused = await mine.decide(await mine.scan(await native('decline_0001')), PASSWORD);
    expect(refused.text).toContain('Declined by the bank');
    expect(tradeOf(sandbox, 'decline_0001').state).toBe('awaiting_payer');
  });

  it.each(['', '12345', '1234567', '12345a', '１２３４５６'])('takes %j for no password', async (password) => {
    const mine = phone();
    const scanned = await mine.scan(
      await native(`digits_${[...Buffer.from(password)].length}_${password.length}_${Number(password) || 0}`),
    );
    const again = await mine.post(scanned.location ?? '', { password });
    expect(again.status).toBe(400);
    expect(again.text).toContain('six digits');
  });

  it('says that the wallet is empty when it is, rather than that it has paid', async () => {
    const mine = phone();
    await mine.post('/phone/people', { name: 'poor', balance: '5.00' });
    const broke = await mine.decide(await mine.scan(await native('poor_0001')), PASSWORD);
    expect(broke.text).toContain('balance is too small');
    expect(tradeOf(sandbox, 'poor_0001').state).toBe('awaiting_payer');
  });

  it('pays an order once, however often its sheet is sent', async () => {
    const mine = phone();
    const scanned = await mine.scan(await native('twice_0001'));
    await mine.decide(scanned, PASSWORD);
    const balance = tradeOf(sandbox, 'twice_0001').payer?.balance;
    expect((await mine.post(scanned.location ?? '', PASSWORD)).status).toBe(409);
    expect((await mine.get(scanned.location ?? '')).location).toContain('/result');
    expect(tradeOf(sandbox, 'twice_0001').payer?.balance).toBe(balance);
  });

  it('lists what is open, newest first, until it is paid, and says so where nothing is', async () => {
    const empty = await createSandbox({ wires: [] });
    await empty.listen();
    expect((await new TestPhone(empty.url).get('/')).text).toContain('None yet');
    await empty.close();
    await native('list_0001', { description: 'First' });
    await sandbox.clock.advance(60_000);
    await native('list_0002', { description: 'Second' });
    const shown = (await phone().get('/')).text;
    expect(shown.indexOf('Second')).toBeGreaterThan(0);
    expect(shown.indexOf('Second')).toBeLessThan(shown.indexOf('First'));
    expect(shown).toContain('1 min ago');
    await sandbox.cashier.pay(tradeOf(sandbox, 'list_0002'));
    expect((await phone().get('/phone/open-orders')).text).not.toContain('Second');
  });

  it('tells of refunds and of each notification: when, where to, what was answered, when again', async () => {
    const mine = phone();
    await sandbox.settled();
    notified.answerWith(500);
    const scanned = await mine.scan(await native('story_0001'));
    await mine.decide(scanned, PASSWORD);
    await sandbox.settled();
    const once = (await mine.get(`/phone/trades/${tradeOf(sandbox, 'story_0001').id}`)).text;
    for (const shown of [notified.url, 'HTTP 500', 'not taken by the merchant', 'Next:']) expect(once).toContain(shown);
    await merchant.refund('story_0001', 'story_refund', 300);
    await sandbox.clock.advance(20_000);
    const later = (await mine.get(`/phone/trades/${tradeOf(sandbox, 'story_0001').id}`)).text;
    for (const shown of ['Attempt 2', 'HTTP 200', 'story_refund', '¥3.00', 'trade_state: REFUND']) {
      expect(later).toContain(shown);
    }
    const orders = (await mine.get('/phone/orders')).text;
    const row = new RegExp(`${tradeOf(sandbox, 'story_0001').id}"[^]*?</li>`).exec(orders)?.[0];
    expect(row).toMatch(/¥12\.99.*class="state good">paid</s);
  });

  const jsapi = async (reference: string, openid: string) => {
    const { prepay_id } = (await merchant.place('jsapi', reference, { payer: { openid } })).json;
    const [timeStamp, nonceStr, pack] = [String(Math.floor(Date.now() / 1_000)), 'nonce', `prepay_id=${prepay_id}`];
    const text = `${[merchant.account.appid, timeStamp, nonceStr, pack].join('\n')}\n`;
    const key = createPrivateKey(merchant.account.private_key);
    const paySign = sign('sha256', Buffer.from(text), key).toString('base64');
    const params = { appId: merchant.account.appid, timeStamp, nonceStr, package: pack, signType: 'RSA', paySign };
    return { type: 'invoke_sdk', sdk: 'wechat_jsapi', params } as const;
  };
  const OPENID = 'oAAAAAAAAAAAAAAAAAAAAAAAAAAA';

  it('takes over a page’s action, pays as the openid that the order is bound to, and leads back', async () => {
    const mine = phone();
    await mine.become('payer-3');
    const next_action = await jsapi('jsapi_0001', OPENID);
    const handed = await mine.get(handOver({ next_action, return_url: 'https://shop.example/orders/1' }));
    expect(handed.status).toBe(303);
    const sheet = (await mine.get(handed.location ?? '')).text;
    expect(sheet).toContain(OPENID);
    expect(sheet).toContain('the order is bound to this user');
    const paid = (await mine.decide(handed, PASSWORD)).text;
    expect(paid).toContain('href="https://shop.example/orders/1"');
    expect(paid).not.toContain('http-equiv');
    expect(tradeOf(sandbox, 'jsapi_0001').payer?.id).toBe(OPENID);
  });

  it('refuses an action whose signature does not hold, in the wallet’s words', async () => {
    const action = await jsapi('jsapi_0002', OPENID);
    const forged = { ...action, params: { ...action.params, nonceStr: 'other' } };
    const refused = await phone().get(handOver({ next_action: forged }));
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('支付验证签名失败');
  });

  it('keeps an order for whoever opened it first', async () => {
    const [first, second] = [phone(), phone()];
    await second.become('payer-2');
    const code = await native('first_0001');
    await first.scan(code);
    const refused = await second.scan(code);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('another WeChat user has opened this order already');
  });

  it('logs the chosen user in where a web page asks WeChat', async () => {
    const mine = phone();
    await mine.become('payer-2');
    const asked = new URLSearchParams({
      appid: merchant.account.appid,
      redirect_uri: 'http://shop.example/back',
      response_type: 'code',
      scope: 'snsapi_base',
    });
    const { location } = await mine.get(`/connect/oauth2/authorize?${asked.toString()}`);
    const code = new URL(location ?? '').searchParams.get('code') ?? '';
    const { appid, app_secret: secret } = merchant.account;
    const token = new URLSearchParams({ appid, secret, code, grant_type: 'authorization_code' });
    const { openid } = JSON.parse((await mine.get(`/sns/oauth2/access_token?${token.toString()}`)).text);
    await mine.decide(await mine.scan(await native('login_0001')), PASSWORD);
    expect(tradeOf(sandbox, 'login_0001').payer?.id).toBe(openid);
  });

  it('shows a code to a till, and asks for the password where the charge wants one', async () => {
    const mine = phone();
    const shown = (await mine.get('/phone/code?wallet=wechat_pay')).text;
    const code = /class="digits">([\d\s]+)</.exec(shown)?.[1]?.replaceAll(/\s/g, '') ?? '';
    const till = /data-till="([^"]+)"/.exec(shown)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(code).toMatch(/^1[0-5]\d{16}$/);
    const json = { accept: 'application/json' };
    expect(JSON.parse((await mine.get(till, json)).text)).toEqual({ location: null });
    await merchant.scan('till_0001', code, { amount: { total: 200_000, currency: 'CNY' } });
    const { location } = JSON.parse((await mine.get(till, json)).text);
    expect(location).toBe(`/phone/trades/${tradeOf(sandbox, 'till_0001').id}/pay`);
    expect((await mine.get(till)).location).toBe(location);
    const stranger = phone();
    await stranger.become('payer-2');
    expect(JSON.parse((await stranger.get(till, json)).text)).toEqual({ location: null });
    const wrong = await mine.post(location, { result: 'password_first' });
    expect((await mine.get(wrong.location ?? '')).text).toContain('trade_state: USERPAYING');
    expect((await mine.decide(await mine.get(till), PASSWORD)).text).toContain('trade_state: SUCCESS');
  });

  it('shows the receipt where a till needed no password', async () => {
    const mine = phone();
    const shown = (await mine.get('/phone/code')).text;
    const code = /class="digits">([\d\s]+)</.exec(shown)?.[1]?.replaceAll(/\s/g, '') ?? '';
    const till = /data-till="([^"]+)"/.exec(shown)?.[1]?.replaceAll('&amp;', '&') ?? '';
    await merchant.scan('till_0002', code);
    expect((await mine.get(till)).location).toBe(`/phone/trades/${tradeOf(sandbox, 'till_0002').id}/result`);
  });
});

describe('the phone, at Alipay,', () => {
  let merchant: AlipayMerchant;
  beforeAll(async () => {
    merchant = await AlipayMerchant.start();
  });
  afterAll(() => merchant.stop());

  const phone = (): TestPhone => new TestPhone(merchant.sandbox.url);
  const biz = (out_trade_no: string) => ({ out_trade_no, total_amount: '8.80', subject: 'Rice' });

  it('reads a code that the gateway knows no trade behind yet', async () => {
    const { qrCode = '' } = await merchant.call('alipay.trade.precreate', biz('pre_0001'));
    const trade = tradeOf(merchant.sandbox, 'pre_0001');
    const before = (await phone().get(`/phone/trades/${trade.id}`)).text;
    expect(before).toContain('ACQ.TRADE_NOT_EXIST');
    const paid = await phone().decide(await phone().scan(qrCode), PASSWORD);
    expect(paid.text).toContain('trade_status: TRADE_SUCCESS');
  });

  it('pays a code that was picked from the list', async () => {
    await merchant.call('alipay.trade.precreate', biz('pre_0002'));
    const [address = ''] = /\/phone\/trades\/[^"]+\/pay/.exec((await phone().get('/')).text) ?? [];
    const { location } = await phone().post(address, PASSWORD);
    expect((await phone().get(location ?? '')).text).toContain('TRADE_SUCCESS');
  });

  it('reads an order string of the app SDK', async () => {
    const signed = merchant.signed('alipay.trade.app.pay', { ...biz('app_0001'), product_code: 'QUICK_MSECURITY_PAY' });
    const paid = await phone().decide(await phone().scan(new URLSearchParams(signed).toString()), PASSWORD);
    expect(paid.text).toContain('TRADE_SUCCESS');
  });

  it('opens a wap address as its link or as an action with a form', async () => {
    const signed = (reference: string) =>
      merchant.signed('alipay.trade.wap.pay', { ...biz(reference), product_code: 'QUICK_WAP_WAY' });
    const scanned = await phone().scan(`${merchant.gateway}?${new URLSearchParams(signed('wap_0001')).toString()}`);
    expect((await phone().decide(scanned, PASSWORD)).text).toContain('TRADE_SUCCESS');
    const next_action = { type: 'redirect', url: merchant.gateway, form: signed('wap_0002') };
    const handed = await phone().get(handOver({ next_action }));
    expect(handed.location).toBe(`/phone/trades/${tradeOf(merchant.sandbox, 'wap_0002').id}/pay`);
  });

  it('logs the chosen user in where a web page asks Alipay', async () => {
    const mine = phone();
    await mine.become('payer-2');
    const { app_id } = merchant.account;
    const asked = new URLSearchParams({ app_id, scope: 'auth_base', redirect_uri: 'http://shop.example/back' });
    const { location } = await mine.get(`/oauth2/publicAppAuthorize.htm?${asked.toString()}`);
    const code = new URL(location ?? '').searchParams.get('auth_code') ?? '';
    const granted = await merchant.sdk.exec('alipay.system.oauth.token', { grantType: 'authorization_code', code });
    expect((granted as unknown as Record<string, unknown>)['userId']).toBe(userIdOf('payer-2'));
  });

  it('takes no order string that was changed on its way', async () => {
    const signed = merchant.signed('alipay.trade.app.pay', { ...biz('app_0002'), product_code: 'QUICK_MSECURITY_PAY' });
    const forged = { ...signed, biz_content: (signed['biz_content'] ?? '').replace('8.80', '0.01') };
    const refused = await phone().scan(new URLSearchParams(forged).toString());
    expect(refused.status).toBe(400);
    expect(merchant.sandbox.trades.list({ reference: 'app_0002' })).toEqual([]);
  });
});

describe('the phone, at the wallet,', () => {
  it('opens a pay_url and pays as a person who was just made', async () => {
    const merchant = await WalletMerchant.start();
    const { body } = await merchant.call('POST', '/orders', merchant.order('wallet_0001'));
    const mine = new TestPhone(merchant.sandbox.url);
    await mine.post('/phone/people', { name: 'ann', balance: '100.50' });
    const paid = await mine.decide(await mine.scan(String(body['pay_url'])), PASSWORD);
    expect(paid.text).toContain('state: paid');
    expect(tradeOf(merchant.sandbox, 'wallet_0001').payer).toMatchObject({ id: 'ann', balance: 10_050 - 1_299 });
    await merchant.stop();
  });
});
