import { OutcomeUnknown, Rejected, type Payments, type PrepareRequest } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { APPID, Line, MCHID, merchantSigned, NOW, settings, signed } from '../test-platform.js';
import { wechatPay } from '../wechat-pay.js';

const PREPAY_ID = 'wx201410272009395522657a690389285100';
const PREPAY = signed(200, { prepay_id: PREPAY_ID });
const H5_URL = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016&package=1405458241';
const CODE_URL = 'weixin://wxpay/bizpayurl/up?pr=NwY5Mz9&groupid=00';
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const OWN_APPIDS = { app_appid: 'wxapp0000000000000', mini_program_appid: 'wxmini000000000000' };

const REQUEST: PrepareRequest = {
  reference: 'att_0001',
  amount: { amount: 1_999, currency: 'CNY' },
  description: '一箱柚子',
  requestedAt: NOW,
  expiresAt: new Date(NOW.getTime() + 15 * 60_000),
  notifyUrl: 'https://pay.example.com/notifications/wechat_pay/acc_1',
  payer: { openid: OPENID, ip: '203.0.113.9' },
};

type Prepares = Required<
  Pick<Payments['prepare'], 'app_sdk' | 'mini_program' | 'wallet_browser' | 'mobile_page' | 'qr_code'>
>;

function preparesOn(line: Line, more: Readonly<Record<string, unknown>> = {}): Prepares {
  return wechatPay.connect(settings(more), line.tools).payments.prepare as Prepares;
}

describe('an order', () => {
  it('carries our number, the fen, the expiry in Beijing time and where to report', async () => {
    const line = new Line(PREPAY);
    await preparesOn(line).app_sdk(REQUEST);
    expect(line.last).toMatchObject({ method: 'POST', url: 'https://api.mch.weixin.qq.com/v3/pay/transactions/app' });
    expect(line.lastJson).toEqual({
      appid: APPID,
      mchid: MCHID,
      description: '一箱柚子',
      out_trade_no: 'att_0001',
      time_expire: '2026-11-23T12:15:00+08:00',
      notify_url: REQUEST.notifyUrl,
      amount: { total: 1_999, currency: 'CNY' },
    });
  });

  it.each([
    ['鲜'.repeat(300), '鲜'.repeat(42)],
    [`${'x'.repeat(126)}鲜`, 'x'.repeat(126)],
    ['番茄🍅两箱', '番茄两箱'],
    ['👩‍👩‍👧‍👦🍅', '商品'],
    ['\u0000\n', '商品'],
    ['  ', '商品'],
  ])('describes %j within 127 bytes, never cut mid-character, never empty', async (description, sent) => {
    const line = new Line(PREPAY);
    await preparesOn(line).app_sdk({ ...REQUEST, description });
    expect(line.lastJson['description']).toBe(sent);
  });

  it('is unknown when the answer lacks what the payer needs', async () => {
    for (const content of [{}, { prepay_id: '' }, { prepay_id: 7 }]) {
      await expect(preparesOn(new Line(signed(200, content))).app_sdk(REQUEST)).rejects.toBeInstanceOf(OutcomeUnknown);
    }
  });
});

describe('the app SDK', () => {
  it('gets params whose sign the merchant key made over app id, timestamp, nonce and prepay id', async () => {
    const action = await preparesOn(new Line(PREPAY), OWN_APPIDS).app_sdk(REQUEST);
    const { sign, ...params } = action.params;
    expect(action).toMatchObject({ type: 'invoke_sdk', sdk: 'wechat_app' });
    expect(params).toEqual({
      appid: 'wxapp0000000000000',
      partnerid: MCHID,
      prepayid: PREPAY_ID,
      package: 'Sign=WXPay',
      noncestr: '593BEC0C930BF1AFEB40B4A08C8FB242',
      timestamp: '1795406400',
    });
    const vector =
      'wxapp0000000000000\n1795406400\n593BEC0C930BF1AFEB40B4A08C8FB242\nwx201410272009395522657a690389285100\n';
    expect(merchantSigned(vector, sign ?? '')).toBe(true);
  });
});

describe.each([
  ['wallet_browser', 'wechat_jsapi', APPID],
  ['mini_program', 'wechat_mini_program', 'wxmini000000000000'],
] as const)('%s', (product, sdk, appid) => {
  it('gets params whose paySign the merchant key made over app id, timestamp, nonce and package', async () => {
    const line = new Line(PREPAY);
    const action = await preparesOn(line, OWN_APPIDS)[product](REQUEST);
    const { paySign, ...params } = action.params;
    expect(action).toMatchObject({ type: 'invoke_sdk', sdk });
    expect(params).toEqual({
      appId: appid,
      timeStamp: '1795406400',
      nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
      package: `prepay_id=${PREPAY_ID}`,
      signType: 'RSA',
    });
    const vector = `${appid}\n1795406400\n593BEC0C930BF1AFEB40B4A08C8FB242\nprepay_id=wx201410272009395522657a690389285100\n`;
    expect(merchantSigned(vector, paySign ?? '')).toBe(true);
    expect(line.last.url).toMatch(/\/v3\/pay\/transactions\/jsapi$/);
    expect(line.lastJson).toMatchObject({ appid, payer: { openid: OPENID } });
  });

  it('refuses a payer without openid before anything is sent', async () => {
    for (const payer of [{}, { openid: '' }]) {
      const line = new Line(PREPAY);
      const prepare = preparesOn(line)[product];
      const error = await prepare({ ...REQUEST, payer }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Rejected);
      expect(error).toMatchObject({ reason: 'payer_unfit', provider: 'wechat_pay' });
      expect(line.sent).toHaveLength(0);
    }
  });
});

describe('the mobile page', () => {
  it('goes to the H5 address as it was given, with only the way back appended', async () => {
    const line = new Line(signed(200, { h5_url: H5_URL }), signed(200, { h5_url: H5_URL }));
    const prepare = preparesOn(line).mobile_page;
    const returnUrl = 'https://shop.example.com/orders/1?tab=a&b=成';
    expect(await prepare({ ...REQUEST, returnUrl })).toMatchObject({
      type: 'redirect',
      url: `${H5_URL}&redirect_url=https%3A%2F%2Fshop.example.com%2Forders%2F1%3Ftab%3Da%26b%3D%E6%88%90`,
    });
    expect(await prepare(REQUEST)).toMatchObject({ type: 'redirect', url: H5_URL });
    expect(line.last.url).toMatch(/\/v3\/pay\/transactions\/h5$/);
    expect(line.lastJson['scene_info']).toEqual({ payer_client_ip: '203.0.113.9', h5_info: { type: 'Wap' } });
  });

  it('refuses a payer without address before anything is sent', async () => {
    const line = new Line();
    await expect(preparesOn(line).mobile_page({ ...REQUEST, payer: { openid: OPENID } })).rejects.toMatchObject({
      reason: 'invalid_request',
    });
    expect(line.sent).toHaveLength(0);
  });

  it('sends nobody to what is no web address', async () => {
    const line = new Line(signed(200, { h5_url: 'javascript:alert(1)' }));
    await expect(preparesOn(line).mobile_page(REQUEST)).rejects.toBeInstanceOf(OutcomeUnknown);
  });
});

describe('the code', () => {
  it('shows what WeChat Pay handed out, letter by letter', async () => {
    const line = new Line(signed(200, { code_url: CODE_URL }));
    expect(await preparesOn(line).qr_code(REQUEST)).toMatchObject({ type: 'show_qr_code', content: CODE_URL });
    expect(line.last.url).toMatch(/\/v3\/pay\/transactions\/native$/);
  });
});

describe('an action', () => {
  const HOURS = 3_600_000;
  const ends = (ms: number) => new Date(NOW.getTime() + ms);

  it.each([
    ['app_sdk', { prepay_id: PREPAY_ID }, 2 * HOURS],
    ['wallet_browser', { prepay_id: PREPAY_ID }, 2 * HOURS],
    ['mini_program', { prepay_id: PREPAY_ID }, 2 * HOURS],
    ['qr_code', { code_url: CODE_URL }, 2 * HOURS],
    ['mobile_page', { h5_url: H5_URL }, 5 * 60_000],
  ] as const)('of %s ends with the payment, or with what was handed out', async (product, content, cap) => {
    const long = await preparesOn(new Line(signed(200, content)))[product]({ ...REQUEST, expiresAt: ends(24 * HOURS) });
    expect(long.expiresAt).toEqual(ends(cap));
    const short = await preparesOn(new Line(signed(200, content)))[product]({ ...REQUEST, expiresAt: ends(cap - 1) });
    expect(short.expiresAt).toEqual(ends(cap - 1));
  });
});
