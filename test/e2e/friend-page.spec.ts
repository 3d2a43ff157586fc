import { randomBytes } from 'node:crypto';
import { HOLD_MS } from '@hutong/payment-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browser, textOf, valuesOf, type BrowserKind, type Seen } from './support/browser.js';
import type { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let taocaicai: Merchant;
beforeAll(async () => {
  world = await startWorld(['taocaicai', 'hema']);
  taocaicai = world.merchant('taocaicai');
});
afterEach(() => world.payer.faults([]));
afterAll(() => world.close());

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Body = any;

const OWNER = {
  id: 'owner-7788',
  openid: 'oOwnerOwnerOwnerOwnerOwnerOw',
  ip: '198.51.100.77',
  user_agent: 'OwnerPhone/1.0',
};
const OWNERS = [
  ...Object.values(OWNER),
  'http://127.0.0.1:3100/orders/owners-own',
  '余杭塘路',
  '13800138000',
  'order-of-owner',
];

/** An order with everything that a friend must never see, and a request to a friend. */
async function asked(body: Record<string, unknown> = {}): Promise<{ payment: Body; url: string; request: Body }> {
  const payment = await taocaicai.createPayment({
    scene: 'app',
    payer: OWNER,
    order_no: `order-of-owner-${randomBytes(6).toString('hex')}`,
    return_url: 'http://127.0.0.1:3100/orders/owners-own',
    metadata: { address: '余杭塘路 1 号', phone: '13800138000' },
  });
  const path = `/v1/payments/${payment.id}/friend-requests`;
  const reply = await taocaicai.post(path, { method: 'wechat_friend_pay', message: '今晚的火锅', ...body });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return { payment, request: reply.body, url: reply.body.url };
}

const read = async ({ id }: Body) => (await taocaicai.get(`/v1/payments/${id}?refresh=true`)).body;
const paid = (payment: Body) =>
  world.until(
    () => read(payment),
    ({ status }) => status === 'paid',
    8_000,
  );

/** Opens the link, presses its one button and answers the page that this ends on. */
async function press(browser: Browser, url: string): Promise<Seen> {
  await browser.get(url);
  return browser.follow(await browser.post(`${url}/pay`, {}), url);
}

/** The same inside WeChat, whose sign-in is passed on the way. */
async function pressInWechat(browser: Browser, url: string, payer: string): Promise<Seen> {
  const back = await signIn(browser, url, payer);
  return browser.follow(await browser.get(back), back);
}

/** Where WeChat's sign-in sends this browser back to. */
async function signIn(browser: Browser, url: string, payer: string): Promise<string> {
  await browser.get(url);
  const asking = await browser.post(`${url}/pay`, {});
  const authorize = new URL(asking.headers.get('location') ?? '', url);
  expect([asking.status, authorize.origin]).toEqual([303, new URL(world.sandboxUrl).origin]);
  authorize.searchParams.set('payer', payer);
  return (await fetch(authorize, { redirect: 'manual' })).headers.get('location') ?? '';
}

const friend = (kind: BrowserKind = 'desktop', language?: string) => new Browser(kind, language);
const lastTry = async (payment: Body) => (await read(payment)).attempts.at(-1);

describe('the page of a request', () => {
  it('says who asks, what for, how much, how long, and what becomes of refunds', async () => {
    const { url } = await asked();
    const seen = await friend('phone').get(url);
    expect(seen.status).toBe(200);
    const text = textOf(seen.html);
    expect(text).toMatch(/淘菜菜 你的朋友在「淘菜菜」请你帮忙付款 今晚的火锅 春笋 500 克 ¥ 12\.99/);
    expect(text).toMatch(/有效至 2\d{3}年/);
    expect(text).toContain('帮TA付款 ¥12.99 若退款，款项退回你的账户。');
    expect(textOf((await friend('phone', 'en').get(url)).html)).toContain('Pay ¥12.99 for them');
  });

  it('gives the browser a secret of 192 bits that no script and no other link sees', async () => {
    const { url } = await asked();
    const seen = await friend().get(url);
    const [cookie = ''] = seen.headers.getSetCookie();
    const path = new URL(url).pathname;
    expect(cookie).toMatch(
      new RegExp(`^hutong_visitor=[\\w-]{32}; Max-Age=\\d+; Path=${path}; HttpOnly; SameSite=Lax$`),
    );
    expect(seen.html).not.toContain(cookie.slice('hutong_visitor='.length).split(';')[0]);
  });

  it('has no word of the owner in it, whatever happens', async () => {
    const { url, payment } = await asked();
    const [one, two] = [friend(), friend('phone')];
    const pages = [
      await one.get(url),
      await press(one, url),
      await two.get(url),
      await two.get(`${url}/status`),
      await friend('alipay').get(url),
      await friend('wechat').get(`${url}?from=timeline`),
      await pressInWechat(friend('wechat'), (await asked()).url, 'x'),
    ];
    await world.payer.pay((await lastTry(payment)).next_action);
    await paid(payment);
    pages.push(await one.get(url), await two.get(url));
    for (const { html } of pages)
      for (const secret of [...OWNERS, payment.id, new URL(payment.cashier_url).pathname])
        expect(html).not.toContain(secret);
  });
});

describe('a friend', () => {
  it('scans on a desktop, pays, and finds the result with 410', async () => {
    const { url, payment } = await asked();
    const browser = friend();
    const scan = await press(browser, url);
    expect([scan.status, scan.html.includes('id="scan"'), scan.html.includes('other-method')]).toEqual([
      200,
      true,
      false,
    ]);
    await world.payer.pay((await lastTry(payment)).next_action);
    await paid(payment);
    const result = await browser.get(url);
    expect([result.status, textOf(result.html)]).toEqual([
      410,
      expect.stringMatching(/已帮TA付款 ¥ 12\.99 谢谢你！若退款，款项退回你的账户。.*找好友微信代付 付款时间 2/),
    ]);
    const stranger = await friend().get(url);
    expect([stranger.status, textOf(stranger.html)]).toEqual([410, expect.stringContaining('已经有人付好了')]);
  });

  it('goes on to the wallet on a phone, and comes back to this page', async () => {
    const { url, payment } = await asked();
    const goOn = await press(friend('phone'), url);
    expect(goOn.html).toMatch(/id="go-on" href="http[^"]+" data-eager="true"/);
    expect(goOn.headers.get('referrer-policy')).toBe('origin');
    expect((await lastTry(payment)).next_action.url).toContain(encodeURIComponent(url));
  });

  it('inside WeChat is asked who they are, and the payment is handed to WeChat', async () => {
    const { url, payment } = await asked();
    const browser = friend('wechat');
    const open = await browser.get(url);
    expect(open.headers.get('content-security-policy')).toContain(`form-action 'self' ${world.sandboxUrl}`);
    const sheet = await pressInWechat(browser, url, 'li');
    expect(sheet.html).toContain('data-sdk="wechat_jsapi"');
    expect(sheet.html).not.toContain(world.openidFor('taocaicai', 'li'));
    const attempt = await lastTry(payment);
    expect(attempt).toMatchObject({ scene: 'wechat_web', status: 'awaiting_payer' });
    await world.payer.pay(attempt.next_action, { payer: 'li' });
    await paid(payment);
    expect(textOf((await browser.get(url)).html)).toContain('已帮TA付款');
  });

  it('who presses twice, or after a reload, has one try', async () => {
    const { url, payment } = await asked();
    const browser = friend();
    await browser.get(url);
    await Promise.all([1, 2, 3].map(() => browser.post(`${url}/pay`, {})));
    expect((await press(browser, url)).html).toContain('id="scan"');
    expect((await read(payment)).attempts).toMatchObject([{ status: 'awaiting_payer' }]);
  });

  it('without cookies is told so, and holds nothing', async () => {
    const { url, payment } = await asked();
    const refused = await friend().post(`${url}/pay`, {});
    expect([refused.status, textOf(refused.html)]).toEqual([409, expect.stringContaining('Cookie')]);
    expect((await read(payment)).attempts).toEqual([]);
  });

  it.each([
    ['alipay', 'taocaicai', 'wechat_friend_pay', '这笔款要用微信付'],
    ['wechat', 'hema', 'alipay_friend_pay', '这笔款要用支付宝付'],
  ] as const)(
    'in the wrong wallet (%s, where %s has %s) gets the address to copy',
    async (kind, app, method, words) => {
      const { url, payment } = await askedBy(app, method);
      const browser = friend(kind);
      const seen = await browser.get(url);
      expect([seen.status, textOf(seen.html)]).toEqual([200, expect.stringContaining(words)]);
      expect(seen.html).toContain(`value="${url}"`);
      expect(valuesOf(seen.html, /<li>(<svg class="step-drawing")/g)).toHaveLength(3);
      expect((await browser.post(`${url}/pay`, {})).status).toBe(409);
      const { attempts } = (await world.merchant(app).get(`/v1/payments/${payment.id}`)).body;
      expect(attempts).toEqual([]);
    },
  );

  it('is told in their words that the wallet does not answer, and may try again', async () => {
    const { url } = await asked();
    const browser = friend();
    await browser.get(url);
    await world.payer.faults([{ match: { operation: 'order' }, phase: 'before', action: 'reset' }]);
    const refused = await browser.post(`${url}/pay`, {});
    await world.payer.faults([]);
    expect([303, 503]).toContain(refused.status);
    expect(textOf((await browser.follow(refused, url)).html)).toMatch(/暂时连接不上|正在确认/);
  });

  async function askedBy(app: string, method: string) {
    const merchant = world.merchant(app);
    const { config } = world.stores;
    const newest = await config.findOptions(app);
    if (newest === undefined) throw new Error(`${app} has no options`);
    const { version, createdAt: _, ...rest } = newest;
    if (!rest.options.some((it) => it.method === method)) {
      const options = [...rest.options, { method, status: 'live' as const }];
      await config.addOptions({ ...rest, options }, { actor: 'test' }, version);
    }
    const payment = await merchant.createPayment({ scene: 'app' });
    const ask = () => merchant.post(`/v1/payments/${payment.id}/friend-requests`, { method });
    const reply = await world.until(ask, ({ status }) => status < 300, 5_000);
    return { payment, url: reply.body.url as string };
  }
});

describe('two friends at once', () => {
  it('one has it; the other is told until when, and takes over when the time is out', async () => {
    const { url, payment } = await asked();
    const [one, two] = [friend(), friend()];
    await press(one, url);
    const first = await lastTry(payment);
    const waiting = await press(two, url);
    expect([waiting.status, textOf(waiting.html)]).toEqual([200, expect.stringContaining('有人正在帮TA付款')]);
    expect(waiting.html).not.toContain('id="pay-button"');
    expect((await read(payment)).attempts).toHaveLength(1);
    await world.payer.advance(HOLD_MS + 1_000);
    await world.followed('taocaicai');
    expect((await press(two, url)).html).toContain('id="scan"');
    const { attempts } = await read(payment);
    expect(attempts).toHaveLength(2);
    expect(attempts.find(({ id }: Body) => id === first.id).status).not.toBe('awaiting_payer');
    expect(textOf((await one.get(url)).html)).toContain('有人正在帮TA付款');
  });

  it('one pays: the page of the other is told, and says so', async () => {
    const { url, payment } = await asked();
    const [one, two] = [friend(), friend()];
    await two.get(url);
    const events = await fetch(`${url}/events`);
    await press(one, url);
    await world.payer.pay((await lastTry(payment)).next_action);
    await paid(payment);
    const told = [...(await events.text()).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data).status);
    expect([told[0], told.at(-1)]).toEqual(['open', 'paid']);
    const seen = await two.get(url);
    expect([seen.status, textOf(seen.html)]).toEqual([410, expect.stringContaining('已经有人付好了')]);
  });

  it('both pay: the slower one reads that their money comes back', async () => {
    const { url, payment } = await asked();
    const [one, two] = [friend(), friend()];
    await press(one, url);
    const opened = await world.payer.open((await lastTry(payment)).next_action, 'one');
    await world.payer.advance(HOLD_MS + 1_000);
    await world.followed('taocaicai');
    await press(two, url);
    await world.payer.pay((await lastTry(payment)).next_action, { payer: 'two' });
    await paid(payment);
    await world.payer.confirm(opened.id, { force: true });
    const record = () => world.stores.payments.loadPayment(payment.id);
    await world.until(record, (it) => it?.captures.length === 2, 8_000);
    const pages = await Promise.all([one, two].map(async (it) => textOf((await it.get(url)).html)));
    expect(pages[0]).toContain('你的钱会原路退回');
    expect(pages[1]).toContain('已帮TA付款');
    expect(pages[1]).not.toContain('你的钱会原路退回');
  });
});

describe('a request that is over', () => {
  it('by the owner, while a friend pays: the page says so with 410', async () => {
    const { url, payment, request } = await asked();
    const browser = friend();
    await press(browser, url);
    const attempt = await lastTry(payment);
    expect((await taocaicai.post(`/v1/friend-requests/${request.id}/cancel`)).status).toBe(200);
    expect((await world.payer.trade(attempt.reference)).state).toBe('closed');
    const seen = await browser.get(url);
    expect([seen.status, textOf(seen.html)]).toEqual([410, expect.stringContaining('朋友取消了这次代付')]);
    expect(await (await fetch(`${url}/events`)).text()).toContain('"status":"canceled"');
    expect((await press(browser, url)).status).toBe(410);
    expect((await read(payment)).attempts).toHaveLength(1);
  });

  it('by its time says what to do next, and takes nothing', async () => {
    const { url, payment } = await asked({ expires_in: 60 });
    await world.payer.advance(61_000);
    await world.followed('taocaicai');
    const seen = await press(friend(), url);
    expect([seen.status, textOf(seen.html)]).toEqual([410, expect.stringMatching(/链接已过期.*让朋友重新发/)]);
    expect((await read(payment)).attempts).toEqual([]);
  });
});

describe("WeChat's sign-in", () => {
  it.each([
    ['forged', (back: URL) => back.searchParams.set('state', randomBytes(24).toString('base64url'))],
    ['missing', (back: URL) => back.searchParams.delete('state')],
    ['there twice', (back: URL) => back.searchParams.append('state', 'x')],
  ])('with a state that is %s opens nothing', async (_, change) => {
    const { url, payment } = await asked();
    const browser = friend('wechat');
    const back = new URL(await signIn(browser, url, 'li'));
    change(back);
    const seen = await browser.get(back.href);
    expect([seen.status, textOf(seen.html)]).toEqual([403, expect.stringContaining('微信没有认出你')]);
    expect((await read(payment)).attempts).toEqual([]);
  });

  it('is good once', async () => {
    const { url, payment } = await asked();
    const browser = friend('wechat');
    const back = await signIn(browser, url, 'li');
    expect((await browser.get(back)).status).toBe(303);
    expect((await browser.get(back)).status).toBe(403);
    expect((await read(payment)).attempts).toHaveLength(1);
  });

  it('of one visitor opens nothing in the browser of another, nor on another page', async () => {
    const [here, there] = [await asked(), await asked()];
    const [one, two] = [friend('wechat'), friend('wechat')];
    const back = await signIn(one, here.url, 'li');
    await two.get(here.url);
    expect((await two.get(back)).status).toBe(403);
    await signIn(two, here.url, 'wang');
    expect((await two.get(back)).status).toBe(403);
    await one.get(there.url);
    expect((await one.get(back.replace(here.url, there.url))).status).toBe(403);
    for (const { payment } of [here, there]) expect((await read(payment)).attempts).toEqual([]);
  });

  it('that takes longer than ten minutes begins again', async () => {
    const { url, payment } = await asked();
    const browser = friend('wechat');
    const back = await signIn(browser, url, 'li');
    await world.payer.advance(601_000);
    await world.followed('taocaicai');
    expect((await browser.get(back)).status).toBe(403);
    expect((await read(payment)).attempts).toEqual([]);
    expect((await pressInWechat(browser, url, 'li')).html).toContain('data-sdk="wechat_jsapi"');
  });

  it('leaves the openid in no address, and in the browser only sealed', async () => {
    const { url } = await asked();
    const browser = friend('wechat');
    const back = await signIn(browser, url, 'li');
    const answer = await browser.get(back);
    const openid = world.openidFor('taocaicai', 'li');
    expect(answer.headers.get('location')).toBe(`${new URL(url).pathname}?go=1`);
    const { hutong_sign_in: sealed = '' } = browser.cookiesFor(url);
    expect(sealed).not.toBe('');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain(openid);
  });
});

describe('A-51', () => {
  it.each(['/f/x', `/f/${'A'.repeat(32)}`, '/f/..%2f..%2fetc', `/f/${'é'.repeat(24)}`])(
    'an address that names nothing is the same page for all: %s',
    async (path) => {
      const reference = await friend().get(`${world.url}/f/${randomBytes(24).toString('base64url')}`);
      for (const part of ['', '/status', '/events', '/qr.svg', '/card.png', '/wechat?code=1&state=2']) {
        const { status, html } = await friend().get(world.url + path + part);
        expect([status, html]).toEqual([404, reference.html]);
      }
      expect((await friend().post(`${world.url}${path}/pay`, {})).status).toBe(404);
    },
  );

  it('a link that was paid is dead for everything', async () => {
    const { url, payment } = await asked();
    await press(friend(), url);
    await world.payer.pay((await lastTry(payment)).next_action);
    await paid(payment);
    for (const part of ['', '/qr.svg', '/card.png']) expect((await friend().get(url + part)).status).toBe(410);
    expect((await press(friend(), url)).status).toBe(410);
    expect((await read(payment)).attempts).toHaveLength(1);
  });

  it('fields and parameters change neither amount nor order', async () => {
    const { url, payment } = await asked();
    const other = await asked();
    const browser = friend();
    await browser.get(url);
    const fields = {
      amount: '1',
      method: 'alipay',
      payment_id: other.payment.id,
      token: other.url.split('/f/')[1] ?? '',
      openid: 'oX',
    };
    const query = `?amount=1&token=${fields.token}&payment_id=${other.payment.id}`;
    expect((await browser.post(`${url}/pay${query}`, fields)).status).toBe(303);
    const attempt = await lastTry(payment);
    expect(attempt).toMatchObject({ method: 'wechat_friend_pay' });
    expect((await world.payer.open(attempt.next_action)).amount).toBe(1_299);
    expect((await read(other.payment)).attempts).toEqual([]);
  });

  it('a form of another site is refused', async () => {
    const { url, payment } = await asked();
    const browser = friend();
    await browser.get(url);
    expect((await browser.post(`${url}/pay`, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await read(payment)).attempts).toEqual([]);
  });
});

describe('what is shared', () => {
  it('is the address as a drawing and as a PNG, kept briefly', async () => {
    const { request, url } = await asked();
    const svg = await friend().get(request.qr_svg_url);
    expect([svg.status, svg.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(svg.html).toContain('<svg');
    const png = await fetch(request.card.image_url);
    expect([png.status, png.headers.get('content-type'), png.headers.get('cache-control')]).toEqual([
      200,
      'image/png',
      'public, max-age=60',
    ]);
    const bytes = Buffer.from(await png.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([480, 480]);
    expect(url).toContain('/f/');
  });
});
