import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, textOf, valuesOf } from './support/browser.js';
import { startWorld, type World } from './support/world.js';

const SHOP = 'http://127.0.0.1:3100/thanks?order=1';

let world: World;
beforeAll(async () => {
  world = await startWorld(['pinduoduo', 'taote', 'eleme', 'jd']);
});
afterAll(() => world.close());

const options = (html: string) => valuesOf(html, /<input type="radio" name="method" value="([^"]+)"/g);
const chosen = (html: string) => valuesOf(html, /<input type="radio" name="method" value="([^"]+)" checked/g);

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
async function paymentOf(app: string, id: string): Promise<any> {
  return (await world.merchant(app).get(`/v1/payments/${id}`)).body;
}

describe('the list', () => {
  it.each([
    ['pinduoduo', 'phone', ['wechat_pay', 'duoduo_wallet', 'alipay'], 'wechat_pay'],
    ['taote', 'desktop', ['wechat_scan', 'alipay'], 'alipay'],
    ['taote', 'phone', ['alipay', 'wechat_scan'], 'alipay'],
    ['jd', 'phone', ['wechat_pay'], 'wechat_pay'],
  ] as const)('of %s on a %s stands in the app’s own order', async (app, kind, order, preselected) => {
    const { cashier_url: url } = await world.merchant(app).createPayment();
    const { status, html } = await new Browser(kind).get(url);
    expect(status).toBe(200);
    expect(options(html)).toEqual(order);
    expect(chosen(html)).toEqual([preselected]);
  });

  it('says who asks, what for and how much, and repeats the amount on its one button', async () => {
    const { cashier_url: url } = await world.merchant('taote').createPayment({ amount: 123_450 });
    const text = textOf((await new Browser().get(url)).html);
    expect(text).toContain('淘特 付款给淘特 春笋 500 克 ¥ 1,234.50');
    expect(text).toContain('确认支付 ¥1,234.50');
    expect(textOf((await new Browser('phone', 'en').get(url)).html)).toContain('Pay ¥1,234.50');
    expect(textOf((await new Browser().get(`${url}?lang=en`)).html)).toContain('Scan with WeChat on another phone');
  });

  it('keeps what it showed as an impression, judged by this browser', async () => {
    const merchant = world.merchant('taote');
    const { id, cashier_url: url } = await merchant.createPayment({ payer: { user_agent: 'MicroMessenger/8.0' } });
    await new Browser('phone').get(url);
    const { body } = await merchant.get(`/v1/payments/${id}/options`);
    expect(body.data).toMatchObject([{ scene: 'mobile_web', shown: ['alipay', 'wechat_scan'] }]);
  });

  it('folds, badges and helps as the app says', async () => {
    const { config } = world.stores;
    const newest = await config.findOptions('eleme');
    if (newest === undefined) throw new Error('eleme has no options');
    const { version, createdAt: _, ...eleme } = newest;
    await config.addOptions(
      {
        ...eleme,
        options: [
          { method: 'alipay', status: 'live', badge: { 'zh-CN': '立减 2 元', en: '2 yuan off' } },
          { method: 'wechat_pay', status: 'live', fold: true },
          { method: 'wechat_friend_pay', status: 'live', fold: true },
        ],
        order: [],
      },
      { actor: 'test' },
      version,
    );
    const { cashier_url: url } = await world.merchant('eleme').createPayment();
    const { html } = await new Browser('phone').get(url);
    expect(options(html)).toEqual(['alipay', 'wechat_pay', 'wechat_friend_pay']);
    expect(textOf(html)).toContain('立减 2 元');
    expect(textOf(html)).toContain('更多付款方式（2） 微 微信支付');
  });
});

describe('a code to scan', () => {
  it('stands beside the list on a desktop, is paid, and leaves the result with a way back', async () => {
    const merchant = world.merchant('taote');
    const { id, cashier_url: url } = await merchant.createPayment({ return_url: SHOP });
    const scan = await new Browser().choose(url, 'wechat_scan');
    expect(scan.html).toContain('<section class="panel" id="scan"');
    expect(options(scan.html)).toEqual(['wechat_scan', 'alipay']);
    expect(chosen(scan.html)).toEqual(['wechat_scan']);
    expect(scan.html).toMatch(/<svg [^>]*viewBox="0 0 \d+ \d+"/);

    const [attempt] = (await paymentOf('taote', id)).attempts;
    await world.payer.pay(attempt.next_action);
    await world.until(
      () => paymentOf('taote', id),
      ({ status }) => status === 'paid',
      5_000,
    );
    const result = await new Browser().get(url);
    expect(result.status).toBe(410);
    expect(textOf(result.html)).toMatch(
      /付款成功 ¥ 12\.99 商品 春笋 500 克 付款方式 微信扫码付 付款时间 2\d{3}年.* 订单号 order-/,
    );
    expect(result.html).toContain('id="back-to-shop"');
    const back = await new Browser().get(`${url}/return`);
    expect([back.status, back.headers.get('location')]).toEqual([303, SHOP]);
    expect(back.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('fills the phone alone, with a way back to the list', async () => {
    const { cashier_url: url } = await world.merchant('taote').createPayment();
    const { html } = await new Browser('phone').choose(url, 'wechat_scan');
    expect(options(html)).toEqual([]);
    expect(html).toContain('id="other-method"');
    expect(options((await new Browser('phone').get(`${url}?choose=1`)).html)).toEqual(['alipay', 'wechat_scan']);
  });
});

describe('a choice', () => {
  it('that leads to a wallet’s page comes back to the cashier, and the merchant’s address stays unknown to the wallet', async () => {
    const { id, cashier_url: url } = await world.merchant('pinduoduo').createPayment({ return_url: SHOP });
    const { html, headers } = await new Browser('phone').choose(url, 'alipay');
    expect(html).toMatch(/<a class="button" id="go-on" href="http[^"]+"[^>]* data-eager="true"/);
    expect(headers.get('referrer-policy')).toBe('origin');
    const [attempt] = (await paymentOf('pinduoduo', id)).attempts;
    expect(new URL(attempt.next_action.url).searchParams.get('return_url')).toBe(`${url}?check=1`);
  });

  it('shows the same try again without pressing on: the back button leads to the cashier, not in circles', async () => {
    const { cashier_url: url } = await world.merchant('pinduoduo').createPayment();
    await new Browser('phone').choose(url, 'alipay');
    const { html } = await new Browser('phone').get(url);
    expect(html).toContain('id="go-on"');
    expect(html).not.toContain('data-eager');
  });

  it.each([
    ['webView', 'wechat_app', 'app'],
    ['wechat', 'wechat_jsapi', undefined],
  ] as const)('in a %s is handed to the SDK %s', async (kind, sdk, scene) => {
    const openid = world.openidFor('pinduoduo', 'li');
    const { cashier_url: url } = await world
      .merchant('pinduoduo')
      .createPayment({ ...(scene && { scene }), payer: { id: 'li', openid } });
    const { html } = await new Browser(kind).choose(url, 'wechat_pay');
    expect(html).toContain(`data-sdk="${sdk}"`);
    const [href = ''] = valuesOf(html, /id="sandbox-phone" href="([^"]+)"/g);
    const handed = JSON.parse(Buffer.from(new URL(href).searchParams.get('next_action') ?? '', 'base64url').toString());
    expect(handed).toMatchObject({ next_action: { type: 'invoke_sdk', sdk }, return_url: `${url}?check=1` });
    expect(html).not.toContain(openid);
  });

  it('made twice at once, or again after a reload, is one try', async () => {
    const { id, cashier_url: url } = await world.merchant('taote').createPayment();
    const browser = new Browser();
    await Promise.all([1, 2, 3].map(() => browser.post(`${url}/pay`, { method: 'wechat_scan' })));
    await browser.choose(url, 'wechat_scan');
    const { attempts } = await paymentOf('taote', id);
    expect(attempts.map(({ status }: { status: string }) => status)).toEqual(['awaiting_payer']);
  });

  it.each([
    ['an option that waits for review', 'taote', 'wechat_pay', 409, '这种付款方式现在不能用于这笔订单'],
    ['nothing', 'taote', '', 400, '请先选择一种付款方式'],
    ['what does not exist', 'taote', 'nothing', 400, '请先选择一种付款方式'],
    ['what the app excludes', 'jd', 'alipay', 409, '这种付款方式现在不能用于这笔订单'],
    ['what needs another place', 'pinduoduo', 'barcode', 409, '这种付款方式现在不能用于这笔订单'],
  ])('of %s is refused above the list, in the reader’s words', async (_, app, method, status, words) => {
    const { cashier_url: url } = await world.merchant(app).createPayment();
    const refused = await new Browser('phone').post(`${url}/pay`, { method });
    expect([refused.status, textOf(refused.html)]).toEqual([status, expect.stringContaining(words)]);
    expect(refused.html).toContain('role="alert"');
    expect(options(refused.html).length).toBeGreaterThan(0);
  });

  it('inside WeChat without knowing the payer says where to open the page', async () => {
    const { cashier_url: url } = await world.merchant('pinduoduo').createPayment();
    const refused = await new Browser('wechat').post(`${url}/pay`, { method: 'wechat_pay' });
    expect([refused.status, textOf(refused.html)]).toEqual([409, expect.stringContaining('认不出你的钱包账户')]);
  });

  describe('while the wallet', () => {
    beforeEach(() => world.payer.faults([]));

    it('cannot be reached is refused, and nothing was ordered', async () => {
      await world.payer.faults([
        { match: { provider: 'wechat_pay', operation: 'order' }, phase: 'before', action: 'status', status: 503 },
      ]);
      const { cashier_url: url } = await world.merchant('taote').createPayment();
      const refused = await new Browser().post(`${url}/pay`, { method: 'wechat_scan' });
      await world.payer.faults([]);
      expect([303, 503]).toContain(refused.status);
      const page = refused.status === 303 ? await new Browser().get(url) : refused;
      expect(textOf(page.html)).toMatch(/暂时连接不上|正在确认/);
    });

    it('gives no answer is an unknown outcome in calm words, never a failure', async () => {
      await world.payer.faults([
        { match: { provider: 'wechat_pay', operation: 'order' }, phase: 'after', action: 'cut' },
      ]);
      const { cashier_url: url } = await world.merchant('taote').createPayment();
      const page = await new Browser().choose(url, 'wechat_scan');
      await world.payer.faults([]);
      expect([page.status, textOf(page.html)]).toEqual([200, expect.stringContaining('正在确认')]);
    });
  });
});

describe('a payment that is over', () => {
  it('by cancelling says so with 410, and takes no choice', async () => {
    const merchant = world.merchant('taote');
    const { id, cashier_url: url } = await merchant.createPayment();
    await merchant.post(`/v1/payments/${id}/cancel`);
    const page = await new Browser().get(url);
    expect([page.status, textOf(page.html)]).toEqual([410, expect.stringContaining('订单已取消')]);
    expect((await new Browser().choose(url, 'alipay')).status).toBe(410);
    expect((await paymentOf('taote', id)).attempts).toEqual([]);
  });

  it('by a refund says how much went back', async () => {
    const merchant = world.merchant('taote');
    const { id, cashier_url: url } = await merchant.createPayment();
    await new Browser().choose(url, 'wechat_scan');
    await world.payer.pay((await paymentOf('taote', id)).attempts[0].next_action);
    await world.until(
      () => paymentOf('taote', id),
      ({ status }) => status === 'paid',
      5_000,
    );
    for (const [refund_no, amount, words] of [
      [`r1-${id}`, 300, '已部分退款'],
      [`r2-${id}`, 999, '已全额退款'],
    ] as const) {
      await merchant.post(`/v1/payments/${id}/refunds`, { refund_no, amount });
      await world.payer.advance(2_000);
      const refunded = async () => (await merchant.get(`/v1/payments/${id}?refresh=true`)).body;
      await world.until(refunded, ({ refunds }) => refunds.at(-1).status === 'succeeded', 10_000);
      const page = await new Browser().get(url);
      expect([page.status, textOf(page.html)]).toEqual([410, expect.stringContaining(words)]);
    }
    expect(textOf((await new Browser().get(url)).html)).toContain('已退款 ¥12.99');
  });

  it('by its time says so with 410', async () => {
    const { cashier_url: url } = await world.merchant('taote').createPayment({ expires_in: 60 });
    await world.payer.advance(61_000);
    await world.followed('taote');
    const page = await new Browser().get(url);
    expect([page.status, textOf(page.html)]).toEqual([410, expect.stringContaining('订单已过期')]);
  });
});

it('asks the wallet when the payer says so, and comes to a clean address without what the wallet added', async () => {
  const merchant = world.merchant('taote');
  const { id, cashier_url: url } = await merchant.createPayment();
  await new Browser().choose(url, 'wechat_scan');
  await world.payer.faults([
    { match: { provider: 'wechat_pay', operation: 'notification' }, phase: 'before', action: 'drop' },
  ]);
  await world.payer.pay((await paymentOf('taote', id)).attempts[0].next_action);
  const asked = await new Browser().get(`${url}?check=1&out_trade_no=1&sign=x`);
  await world.payer.faults([]);
  expect([asked.status, asked.headers.get('location')]).toEqual([303, new URL(url).pathname]);
  expect((await new Browser().get(url)).status).toBe(410);
});
