import { money, OutcomeUnknown, Rejected, type PrepareRequest, type Product } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from '../alipay.js';
import { appSigned, FakeAlipay, NOW, parametersOf, SETTINGS, type Reply } from '../testing/fake-alipay.js';
import { subjectOf } from './order.js';

const MINUTE = 60_000;

const REQUEST: PrepareRequest = {
  reference: 'pay_000000000001',
  amount: money(1_999),
  description: '新鲜番茄 2kg',
  requestedAt: NOW,
  expiresAt: new Date(NOW.getTime() + 15 * MINUTE),
  notifyUrl: 'https://pay.test/notifications/alipay/acc_1',
  returnUrl: 'https://shop.test/done?order=1&x=2',
  authCode: '28763443825664394',
  payer: { openid: '074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5' },
};

const PRODUCTS: readonly Product[] = [
  'app_sdk',
  'wallet_browser',
  'mobile_page',
  'desktop_page',
  'qr_code',
  'payer_code',
];

const GOOD: Readonly<Record<string, Reply>> = {
  'trade.create': { out_trade_no: REQUEST.reference, trade_no: '2026112322001400000000000001' },
  'trade.precreate': { out_trade_no: REQUEST.reference, qr_code: 'https://qr.alipay.com/bavh4wjlxf12tper3a' },
  'trade.pay': { out_trade_no: REQUEST.reference, trade_no: '2026112322001400000000000001' },
};

async function prepare(product: Product, change: Partial<PrepareRequest> = {}, replies = GOOD) {
  const fake = new FakeAlipay(replies);
  const start = alipay.connect(SETTINGS, fake.tools).payments.prepare[product];
  if (start === undefined) throw new Error(`No ${product}.`);
  const action = await start({ ...REQUEST, ...change });
  const url = action.type === 'redirect' ? action.url : undefined;
  const text = action.type === 'invoke_sdk' ? action.params['order_string'] : undefined;
  const parameters = fake.calls[0]?.parameters ?? parametersOf(url ?? `https://sdk.test/?${text ?? ''}`);
  const content = JSON.parse(parameters['biz_content'] ?? '{}') as Record<string, unknown>;
  return { action, parameters, content, calls: fake.calls };
}

describe('starting an Alipay payment', () => {
  it.each([
    ['app_sdk', 'alipay.trade.app.pay', 'QUICK_MSECURITY_PAY', 0],
    ['mobile_page', 'alipay.trade.wap.pay', 'QUICK_WAP_WAY', 0],
    ['desktop_page', 'alipay.trade.page.pay', 'FAST_INSTANT_TRADE_PAY', 0],
    ['wallet_browser', 'alipay.trade.create', 'JSAPI_PAY', 1],
    ['qr_code', 'alipay.trade.precreate', 'QR_CODE_OFFLINE', 1],
    ['payer_code', 'alipay.trade.pay', 'FACE_TO_FACE_PAYMENT', 1],
  ] as const)('%s is %s as %s, with %i calls', async (product, method, productCode, calls) => {
    const prepared = await prepare(product);
    expect(prepared.calls).toHaveLength(calls);
    expect(prepared.parameters).toMatchObject({ method, notify_url: REQUEST.notifyUrl });
    expect(prepared.content).toMatchObject({
      out_trade_no: REQUEST.reference,
      total_amount: '19.99',
      subject: '新鲜番茄 2kg',
      product_code: productCode,
      time_expire: '2026-11-23 12:15:00',
    });
    expect(appSigned(prepared.parameters)).toBe(true);
  });

  it('answers what each client takes', async () => {
    expect((await prepare('app_sdk')).action).toMatchObject({ type: 'invoke_sdk', sdk: 'alipay_app' });
    expect((await prepare('wallet_browser')).action).toMatchObject({
      sdk: 'alipay_jsapi',
      params: { trade_no: '2026112322001400000000000001' },
    });
    expect((await prepare('qr_code')).action).toMatchObject({ content: 'https://qr.alipay.com/bavh4wjlxf12tper3a' });
    for (const product of ['mobile_page', 'desktop_page'] as const) {
      const { action } = await prepare(product);
      expect(action).toMatchObject({
        type: 'redirect',
        url: expect.stringMatching(/^https:\/\/gateway\.test\/gateway\.do\?/),
      });
      expect(action).not.toHaveProperty('form');
    }
  });

  it('sends only browsers back to the return URL', async () => {
    for (const product of PRODUCTS) {
      const { parameters } = await prepare(product);
      const returns = product === 'mobile_page' || product === 'desktop_page';
      expect(parameters['return_url'], product).toBe(returns ? REQUEST.returnUrl : undefined);
    }
    expect((await prepare('mobile_page')).content['quit_url']).toBe(REQUEST.returnUrl);
  });

  it('never lets an order outlive its payment: the seconds are rounded down', async () => {
    const expiresAt = new Date(NOW.getTime() + 5 * MINUTE + 999);
    for (const product of PRODUCTS) {
      const { action, content } = await prepare(product, { expiresAt });
      expect(action.expiresAt, product).toEqual(expiresAt);
      expect(content['time_expire'], product).toBe('2026-11-23 12:05:00');
    }
  });

  it('lets a code end after two hours, as Alipay does, and its order with it', async () => {
    const { action, content } = await prepare('qr_code', { expiresAt: new Date(NOW.getTime() + 300 * MINUTE) });
    expect(action.expiresAt).toEqual(new Date(NOW.getTime() + 120 * MINUTE));
    expect(content['time_expire']).toBe('2026-11-23 14:00:00');
  });

  it('refuses an order of less than a minute or more than 15 days, before any call', async () => {
    const lasting = (product: Product, life: number, replies = GOOD) =>
      prepare(product, { expiresAt: new Date(NOW.getTime() + life) }, replies).then(
        () => 'taken',
        (error: unknown) => (error instanceof Rejected ? error.reason : error),
      );
    const days15 = 15 * 24 * 60 * MINUTE;
    for (const product of PRODUCTS) {
      expect(await lasting(product, MINUTE - 1, {}), product).toBe('invalid_request');
      expect(await lasting(product, MINUTE), product).toBe('taken');
      expect(await lasting(product, days15), product).toBe('taken');
    }
    for (const product of PRODUCTS.filter((one) => one !== 'qr_code')) {
      expect(await lasting(product, days15 + 1_000, {}), product).toBe('invalid_request');
    }
  });

  it('refuses addresses that the wire does not take, before any call', async () => {
    const long = `https://shop.test/${'x'.repeat(256)}`;
    for (const product of PRODUCTS) {
      await expect(prepare(product, { notifyUrl: long }, {}), product).rejects.toBeInstanceOf(Rejected);
    }
    await expect(prepare('desktop_page', { returnUrl: long }, {})).rejects.toMatchObject({ code: 'return_url' });
  });

  it('calls an answer without a code or a number unknown: the order may stand', async () => {
    const bare = { 'trade.create': {}, 'trade.precreate': {} };
    for (const product of ['wallet_browser', 'qr_code'] as const) {
      await expect(prepare(product, {}, bare), product).rejects.toBeInstanceOf(OutcomeUnknown);
    }
  });
});

describe('a payer inside Alipay', () => {
  it('is named by the open id, or by the older user id', async () => {
    expect((await prepare('wallet_browser')).content).toMatchObject({
      op_app_id: SETTINGS.app_id,
      buyer_open_id: REQUEST.payer?.openid,
    });
    const { content } = await prepare('wallet_browser', { payer: { openid: '2088102146225135' } });
    expect(content).toMatchObject({ buyer_id: '2088102146225135' });
    expect(content).not.toHaveProperty('buyer_open_id');
  });

  it('cannot be left out, and is missed before any call', async () => {
    for (const payer of [{}, { openid: '' }]) {
      await expect(prepare('wallet_browser', { payer }, {})).rejects.toMatchObject({
        name: 'Rejected',
        reason: 'payer_unfit',
      });
    }
  });
});

describe('the subject of an order', () => {
  it.each([
    ['番茄 2kg', '番茄 2kg'],
    ['a/b=c&d', 'a b c d'],
    ['👩‍👩‍👧‍👦番茄🍅', '番茄'],
    ['👨‍👩‍👧', '商品'],
    [' /=& ', '商品'],
    ['', '商品'],
    ['a\u0000b\nc', 'ab c'],
  ])('%j is sent as %j', (description, subject) => {
    expect(subjectOf(description)).toBe(subject);
  });

  it('has at most 256 bytes, never cut mid-character', () => {
    expect(subjectOf('鲜'.repeat(300))).toBe('鲜'.repeat(85));
    expect(subjectOf('a'.repeat(300))).toBe('a'.repeat(256));
  });
});
