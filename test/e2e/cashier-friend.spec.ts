import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, textOf, valuesOf } from './support/browser.js';
import type { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let taocaicai: Merchant;
beforeAll(async () => {
  world = await startWorld(['taocaicai']);
  taocaicai = world.merchant('taocaicai');
});
afterAll(() => world.close());

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Body = any;
const METHOD = 'wechat_friend_pay';

const order = (): Promise<Body> => taocaicai.createPayment({ scene: 'app' });
const read = async ({ id }: Body) => (await taocaicai.get(`/v1/payments/${id}?refresh=true`)).body;
const owner = () => new Browser('webView');

/** The owner chooses friend-pay in the cashier's list and asks; answers the page with the link, and where it is. */
async function asked(browser: Browser, payment: Body, message = '今晚的火锅') {
  const form = await browser.choose(payment.cashier_url, METHOD);
  const [action = ''] = valuesOf(form.html, /id="ask" method="post" action="([^"]+)"/g);
  const page = new URL(action, payment.cashier_url).href;
  const seen = await browser.follow(await browser.post(page, { message }), page);
  const [link = ''] = valuesOf(seen.html, /id="address" type="text" value="([^"]+)"/g);
  return { page, seen, link };
}

async function friendPresses(link: string): Promise<Browser> {
  const friend = new Browser();
  await friend.get(link);
  expect((await friend.post(`${link}/pay`, {})).status).toBe(303);
  return friend;
}

describe('the owner', () => {
  it('chooses it in the list, writes a line, and gets a link, a text and a picture to share', async () => {
    const payment = await order();
    const browser = owner();
    const form = await browser.choose(payment.cashier_url, METHOD);
    expect([form.status, textOf(form.html)]).toEqual([200, expect.stringContaining('请朋友帮你付款')]);
    const { seen, link } = await asked(browser, payment);
    expect(textOf(seen.html)).toContain('等待好友付款');
    expect(link).toMatch(/\/f\/[\w-]{32}$/);
    expect(seen.html).toMatch(/id="code" type="text" value="【淘菜菜】帮我付一下 ￥[0-9A-Z]{16}￥/);
    expect(seen.html).toMatch(/class="qr"[\s\S]*<svg/);
    expect(textOf((await new Browser().get(link)).html)).toContain('今晚的火锅');
    const again = await browser.choose(payment.cashier_url, METHOD);
    expect(again.html).toContain(`value="${link}"`);
  });

  it('asks twice at once: it is one request', async () => {
    const payment = await order();
    const browser = owner();
    const page = `${payment.cashier_url}/friend/${METHOD}`;
    await Promise.all(['a', 'b', ''].map((message) => browser.post(page, { message })));
    const links = await Promise.all([1, 2].map(async () => (await browser.get(page)).html));
    const found = links.flatMap((html) => valuesOf(html, /id="address" type="text" value="([^"]+)"/g));
    expect([found.length, new Set(found).size]).toEqual([2, 1]);
  });

  it('sees that somebody is about to pay, never what the friend pays with, and then the result', async () => {
    const payment = await order();
    const browser = owner();
    const { page, link } = await asked(browser, payment);
    const before = JSON.parse((await browser.get(`${page}/status`)).html);
    await friendPresses(link);
    const during = JSON.parse((await browser.get(`${page}/status`)).html);
    expect([during.status, during.attempt === before.attempt]).toEqual(['open', false]);
    expect(textOf((await browser.get(page)).html)).toContain('有好友正在付款');
    const cashier = await browser.get(payment.cashier_url);
    expect(cashier.html).toContain('id="pay-button"');
    expect(cashier.html).not.toContain('id="scan"');
    const events = await fetch(`${page}/events`);
    await world.payer.pay((await read(payment)).attempts.at(-1).next_action);
    await world.until(
      () => read(payment),
      ({ status }) => status === 'paid',
      8_000,
    );
    expect(await events.text()).toContain('"status":"paid"');
    const result = await browser.follow(await browser.get(page), page);
    expect([result.status, textOf(result.html)]).toEqual([410, expect.stringMatching(/付款成功.*找好友微信代付/)]);
  });

  it('takes it back: the list again, and the link is dead', async () => {
    const payment = await order();
    const browser = owner();
    const { page, link } = await asked(browser, payment);
    const friend = await friendPresses(link);
    const list = await browser.follow(await browser.post(`${page}/cancel`, {}), page);
    expect([list.status, list.html.includes('id="pay-button"')]).toEqual([200, true]);
    expect((await friend.get(link)).status).toBe(410);
    expect((await asked(browser, payment)).link).not.toBe(link);
  });

  it('may pay in another way meanwhile: the friend’s try is closed, and the link dies with the payment', async () => {
    const payment = await order();
    const browser = new Browser('phone');
    const { link } = await asked(browser, payment);
    const friend = await friendPresses(link);
    expect((await browser.choose(payment.cashier_url, 'alipay')).html).toContain('id="go-on"');
    const { attempts } = await read(payment);
    expect(attempts.map(({ status }: Body) => status)).not.toEqual(['awaiting_payer', 'awaiting_payer']);
    await world.payer.pay(attempts.find(({ status }: Body) => status === 'awaiting_payer').next_action);
    await world.until(
      () => read(payment),
      ({ status }) => status === 'paid',
      8_000,
    );
    expect(textOf((await friend.get(link)).html)).toContain('已经有人付好了');
  });

  it.each([
    ['too long', '一'.repeat(121)],
    ['of two lines', 'a\nb'],
  ])('reads in words that a line is %s, and finds it in its field', async (_, message) => {
    const { cashier_url: url } = await order();
    const refused = await owner().post(`${url}/friend/${METHOD}`, { message });
    expect([refused.status, textOf(refused.html)]).toEqual([400, expect.stringContaining('最多 120 个字')]);
    expect(refused.html).toContain(`value="${message}"`);
  });

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>'])(
    'may write %j: it stays text',
    async (text) => {
      const payment = await order();
      const { link } = await asked(owner(), payment, text);
      const { html } = await new Browser().get(link);
      expect(html).not.toMatch(/<script(?! type="module" src="\/assets\/)|<img/);
      expect(html).toContain(text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'));
    },
  );
});

describe('an address', () => {
  it.each(['wechat_pay', 'nothing', '%00'])('of a method that hands nothing over is 404: %s', async (method) => {
    const { cashier_url: url } = await order();
    expect((await owner().get(`${url}/friend/${method}`)).status).toBeGreaterThanOrEqual(400);
    expect((await owner().post(`${url}/friend/${method}`, {})).status).toBeGreaterThanOrEqual(400);
  });

  it('of a payment that is over leads to its result', async () => {
    const payment = await order();
    await taocaicai.post(`/v1/payments/${payment.id}/cancel`);
    const page = `${payment.cashier_url}/friend/${METHOD}`;
    expect((await owner().follow(await owner().get(page), page)).status).toBe(410);
    expect((await owner().post(page, {})).status).toBe(303);
  });

  it('takes no form of another site', async () => {
    const { cashier_url: url } = await order();
    const foreign = { 'sec-fetch-site': 'cross-site' };
    for (const part of ['', '/cancel'])
      expect((await owner().post(`${url}/friend/${METHOD}${part}`, {}, foreign)).status).toBe(403);
  });
});
