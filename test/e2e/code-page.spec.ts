import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browser, textOf, valuesOf, type Seen } from './support/browser.js';
import type { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let jd: Merchant;
let hema: Merchant;
beforeAll(async () => {
  world = await startWorld(['jd', 'hema']);
  jd = world.merchant('jd');
  hema = world.merchant('hema');
});
afterEach(() => world.payer.faults([]));
afterAll(() => world.close());

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Body = any;

const OWNER = { id: 'reviewer-1', openid: 'oOwnerOwnerOwnerOwnerOwnerOw', ip: '198.51.100.77', user_agent: 'Till/1.0' };
const OWNERS = [...Object.values(OWNER), 'http://127.0.0.1:3100/owners', '余杭塘路', 'order-of-owner'];

async function shown(merchant: Merchant): Promise<{ payment: Body; url: string }> {
  const payment = await merchant.createPayment({
    payer: OWNER,
    order_no: `order-of-owner-${randomBytes(6).toString('hex')}`,
    return_url: 'http://127.0.0.1:3100/owners',
    metadata: { address: '余杭塘路 1 号' },
  });
  return { payment, url: await freshCode(merchant, payment) };
}

async function freshCode(merchant: Merchant, payment: Body, more: Record<string, unknown> = {}): Promise<string> {
  const reply = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
    method: 'one_code',
    scene: 'in_store',
    ...more,
  });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.next_action.content;
}

const read = async (merchant: Merchant, { id }: Body) => (await merchant.get(`/v1/payments/${id}?refresh=true`)).body;
const walletTries = async (merchant: Merchant, payment: Body): Promise<Body[]> =>
  (await read(merchant, payment)).attempts.filter(({ provider }: Body) => provider !== null);
const paid = (merchant: Merchant, payment: Body) =>
  world.until(
    () => read(merchant, payment),
    ({ status }) => status === 'paid',
    8_000,
  );
const options = (html: string) => valuesOf(html, /<input type="radio" name="method" value="([^"]+)"/g);

/** Presses the button that a wallet's browser shows. */
async function press(browser: Browser, url: string, method = 'one_code'): Promise<Seen> {
  await browser.get(url);
  return browser.follow(await browser.post(`${url}/pay`, { method }), url);
}

async function signIn(browser: Browser, url: string, payer: string): Promise<string> {
  await browser.get(url);
  const asking = await browser.post(`${url}/pay`, { method: 'one_code' });
  expect(asking.status).toBe(303);
  const authorize = new URL(asking.headers.get('location') ?? '', url);
  authorize.searchParams.set('payer', payer);
  return (await fetch(authorize, { redirect: 'manual' })).headers.get('location') ?? '';
}

async function pressInWechat(browser: Browser, url: string, payer: string): Promise<Seen> {
  const back = await signIn(browser, url, payer);
  return browser.follow(await browser.get(back), back);
}

describe('one code, scanned', () => {
  it('by WeChat is one press: who they are is asked on the way, and WeChat’s own sheet opens', async () => {
    const { url, payment } = await shown(jd);
    const browser = new Browser('wechat');
    const page = await browser.get(url);
    expect([page.status, textOf(page.html)]).toEqual([
      200,
      expect.stringMatching(/春笋 500 克 ¥ 12\.99 .*确认支付 ¥12\.99/),
    ]);
    expect(options(page.html)).toEqual([]);
    const sheet = await pressInWechat(browser, url, 'li');
    expect(sheet.html).toContain('data-sdk="wechat_jsapi"');
    expect(sheet.html).toContain('data-eager="true"');
    const [attempt] = await walletTries(jd, payment);
    await world.payer.pay(attempt.next_action, { payer: 'li' });
    await paid(jd, payment);
    const result = await browser.get(url);
    expect([result.status, textOf(result.html)]).toEqual([
      410,
      expect.stringMatching(/付款成功 ¥ 12\.99.*付款方式 微信支付/),
    ]);
    const late = await new Browser('wechat').get(url);
    expect([late.status, textOf(late.html)]).toEqual([410, expect.stringContaining('这笔订单已经付过了')]);
  });

  it('by Alipay goes on to its page', async () => {
    const { url, payment } = await shown(hema);
    const browser = new Browser('alipay');
    expect(textOf((await browser.get(url)).html)).toContain('将用支付宝付款');
    const goOn = await press(browser, url);
    expect(goOn.html).toMatch(/id="go-on" href="http[^"]+" data-eager="true"/);
    const [attempt] = await walletTries(hema, payment);
    expect(attempt).toMatchObject({ provider: 'alipay', method: 'one_code', status: 'awaiting_payer' });
    await world.payer.pay(attempt.next_action);
    await paid(hema, payment);
    expect((await browser.get(url)).status).toBe(410);
  });

  it('by any other browser shows the app’s own list there, and pays by it', async () => {
    const { url, payment } = await shown(hema);
    const browser = new Browser('phone');
    const page = await browser.get(url);
    expect(options(page.html).length).toBeGreaterThan(0);
    const [method = ''] = options(page.html);
    expect((await press(browser, url, method)).html).toContain('id="go-on"');
    expect(await walletTries(hema, payment)).toMatchObject([{ method, scene: 'mobile_web' }]);
    expect(options((await browser.get(`${url}?choose=1`)).html)).toEqual(options(page.html));
  });

  it('by a wallet that the app does not take says why, and which one to scan with', async () => {
    const { url, payment } = await shown(jd);
    const browser = new Browser('alipay');
    const page = await browser.get(url);
    expect([page.status, textOf(page.html)]).toEqual([
      200,
      expect.stringMatching(/这里不能用支付宝付款 「京东」现在不收支付宝。 请用微信扫同一个码。/),
    ]);
    expect(page.html).toContain(`value="${url}"`);
    expect((await press(browser, url)).status).toBe(409);
    expect(await walletTries(jd, payment)).toEqual([]);
    expect(textOf((await new Browser('alipay', 'en').get(url)).html)).toContain('Scan the same code with WeChat.');
  });

  it('by two at once: the second takes the order over, and the page of the first is told', async () => {
    const { url, payment } = await shown(hema);
    const [one, two] = [new Browser('alipay'), new Browser('alipay')];
    await press(one, url);
    const before = JSON.parse((await one.get(`${url}/status`)).html);
    await press(two, url);
    const after = JSON.parse((await one.get(`${url}/status`)).html);
    expect([after.status, after.attempt]).toEqual(['open', expect.not.stringMatching(before.attempt)]);
    expect((await one.get(url)).html).toContain('id="pay-button"');
    expect((await two.get(url)).html).toContain('id="go-on"');
    const awaiting = (await walletTries(hema, payment)).filter(({ status }) => status === 'awaiting_payer');
    expect(awaiting).toHaveLength(1);
  });

  it('twice by the same browser is one try', async () => {
    const { url, payment } = await shown(hema);
    const browser = new Browser('alipay');
    await press(browser, url);
    await Promise.all([1, 2, 3].map(() => browser.post(`${url}/pay`, { method: 'one_code' })));
    expect(await walletTries(hema, payment)).toHaveLength(1);
  });
});

describe('a code that is dead', () => {
  it('because a fresh one took its place sends whoever scans to the fresh one', async () => {
    const { url, payment } = await shown(jd);
    const fresh = await freshCode(jd, payment, { payer: { ...OWNER, id: 'reviewer-2' } });
    const seen = await new Browser('wechat').get(url);
    expect([seen.status, textOf(seen.html)]).toEqual([410, expect.stringContaining('这个二维码已换新')]);
    expect((await new Browser('wechat').get(fresh)).status).toBe(200);
  });

  it('by its time says so; whoever had begun goes on', async () => {
    const { url, payment } = await shown(hema);
    const begun = new Browser('alipay');
    await press(begun, url);
    await world.payer.advance(301_000);
    await world.followed('hema');
    const late = await new Browser('alipay').get(url);
    expect([late.status, textOf(late.html)]).toEqual([410, expect.stringContaining('请让店家出示新的二维码')]);
    expect((await press(new Browser('alipay'), url)).status).toBe(410);
    expect((await begun.get(url)).html).toContain('id="go-on"');
    expect(await walletTries(hema, payment)).toHaveLength(1);
  });

  it('by cancelling says so', async () => {
    const { url, payment } = await shown(jd);
    await jd.post(`/v1/payments/${payment.id}/cancel`);
    const seen = await new Browser().get(url);
    expect([seen.status, textOf(seen.html)]).toEqual([410, expect.stringContaining('这笔订单已取消')]);
  });
});

describe('whoever scans', () => {
  it('reads nothing of the owner', async () => {
    const { url, payment } = await shown(hema);
    const alipay = new Browser('alipay');
    const pages = [
      await new Browser('wechat').get(url),
      await new Browser().get(url),
      await press(alipay, url),
      await alipay.get(`${url}/status`),
      await new Browser('wechat').get(`${url}?from=timeline`),
    ];
    await world.payer.pay((await walletTries(hema, payment)).at(-1).next_action);
    await paid(hema, payment);
    pages.push(await alipay.get(url), await new Browser().get(url));
    for (const { html } of pages)
      for (const secret of [...OWNERS, payment.id, new URL(payment.cashier_url).pathname])
        expect(html).not.toContain(secret);
  });

  it.each(['/q/x', `/q/${'A'.repeat(48)}`, '/q/..%2f..%2fetc', `/q/${'é'.repeat(24)}`])(
    'a code that is none is the same 404 for all: %s',
    async (path) => {
      const reference = await new Browser().get(`${world.url}/q/${randomBytes(36).toString('base64url')}`);
      for (const part of ['', '/status', '/events', '/wechat?code=1&state=2']) {
        const { status, html } = await new Browser().get(world.url + path + part);
        expect([status, html]).toEqual([404, reference.html]);
      }
      expect((await new Browser().post(`${world.url}${path}/pay`, {})).status).toBe(404);
    },
  );

  it('cannot change the amount, nor choose what is not for scanners', async () => {
    const { url, payment } = await shown(hema);
    const browser = new Browser('alipay');
    await browser.get(url);
    for (const method of ['wechat_friend_pay', 'barcode', 'nothing', ''])
      expect((await browser.post(`${url}/pay`, { method })).status).toBeGreaterThanOrEqual(400);
    expect((await browser.post(`${url}/pay?amount=1`, { method: 'one_code', amount: '1' })).status).toBe(303);
    const [attempt] = await walletTries(hema, payment);
    expect((await world.payer.open(attempt.next_action)).amount).toBe(1_299);
  });

  it('with a sign-in of somebody else opens nothing', async () => {
    const { url, payment } = await shown(jd);
    const back = await signIn(new Browser('wechat'), url, 'li');
    const other = new Browser('wechat');
    await other.get(url);
    expect((await other.get(back)).status).toBe(403);
    expect((await new Browser('wechat').get(back)).status).toBe(403);
    expect(await walletTries(jd, payment)).toEqual([]);
  });
});
