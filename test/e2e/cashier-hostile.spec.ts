import { randomBytes, randomUUID } from 'node:crypto';
import { newId, type Payment } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, textOf, valuesOf } from './support/browser.js';
import { startWorld, type World } from './support/world.js';

const SHOP = 'http://127.0.0.1:3100/thanks';

let world: World;
beforeAll(async () => {
  world = await startWorld(['taote', 'pinduoduo', 'xianyu']);
});
afterAll(() => world.close());

/** Writes a payment past the API, as an older release or a changed registration may have left it. */
async function planted(app: string, change: Partial<Payment>): Promise<string> {
  const { cashier_url: url } = await world.merchant(app).createPayment();
  const { payments } = world.stores;
  const record = await payments.findPaymentByCashierToken(new URL(url).pathname.slice('/cashier/'.length));
  if (record === undefined) throw new Error('no such payment');
  const payment = { ...record.payment, id: newId('pay'), orderNo: newId('pay'), ...change };
  payment.cashierToken = randomBytes(24).toString('base64url');
  const event = {
    id: newId('evt'),
    type: 'payment.created',
    app,
    paymentId: payment.id,
    data: {},
    createdAt: new Date(),
  } as const;
  await payments.insertPayment(payment, event);
  return `${world.url}/cashier/${payment.cashierToken}`;
}

describe('A-49: what merchants write', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '</title><svg/onload=alert(1)>',
    '{{7*7}}${7*7}',
    '\u202Egnp.exe',
    '&lt;b&gt;',
  ];

  it.each(HOSTILE)('stays text on every page: %j', async (hostile) => {
    const merchant = world.merchant('taote');
    const { id, cashier_url: url } = await merchant.createPayment({ description: hostile });
    const list = await new Browser().get(url);
    await merchant.post(`/v1/payments/${id}/cancel`);
    const result = await new Browser().get(url);
    for (const { html } of [list, result]) {
      expect(html).not.toMatch(/<script(?! type="module" src="\/assets\/)|<img|<svg\/|<[^>]*onerror=|<b>/);
      expect(html).toContain(escaped(hostile));
    }
  });

  it('stays text in the name and mark of an app, and a colour that is none stays out', async () => {
    const app = await world.stores.config.findApp('xianyu');
    if (app === undefined) throw new Error('xianyu is not seeded');
    const name = { 'zh-CN': '</title><script>alert(1)</script>', en: 'x' };
    const branding = { color: 'red}body{display:none', mark: '<b>' };
    await world.stores.config.saveApp({ ...app, name, branding }, { actor: 'test' });
    const { cashier_url: url } = await world.merchant('xianyu').createPayment();
    const seen = async () => (await new Browser().get(url)).html;
    const html = await world.until(seen, (it) => it.includes('&lt;script&gt;'), 5_000);
    expect(html).not.toMatch(/<script>|<b>|display:none/);
  });

  const escaped = (text: string) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;');
});

describe('A-51: an address that names nothing', () => {
  it.each(['/cashier/x', `/cashier/${'A'.repeat(32)}`, '/cashier/..%2f..%2fetc', `/cashier/${'é'.repeat(24)}`])(
    'is the same page for all: %s',
    async (path) => {
      const reference = await new Browser().get(`${world.url}/cashier/${randomBytes(24).toString('base64url')}`);
      const { status, html } = await new Browser().get(world.url + path);
      expect(status).toBe(404);
      expect(html).toBe(reference.html);
    },
  );

  it.each(['/return', '/status', '/events'])('has no %s either', async (part) => {
    expect((await new Browser().get(`${world.url}/cashier/${'A'.repeat(32)}${part}`)).status).toBe(404);
  });

  it('has tokens of 128 bits or more', async () => {
    const urls = await Promise.all(
      [1, 2, 3].map(async () => (await world.merchant('taote').createPayment()).cashier_url),
    );
    for (const url of urls)
      expect(Buffer.from(url.split('/').at(-1), 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(new Set(urls).size).toBe(3);
  });
});

describe('A-47: going back to the shop', () => {
  const ELSEWHERE = [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '//evil.example/x',
    '/\\evil.example',
    'https:evil.example',
    'https://127.0.0.1:3100@evil.example/',
    'http://127.0.0.1:3100@evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://127.0.0.1\t.evil.example/',
    'http://127.0.0.1\r\nlocation: https://evil.example/',
    'http://127.0.0.1\\@evil.example/',
    'http://127。0。0。1.evil.example/',
    'http%3A%2F%2Fevil.example',
    'https://evil.example/?http://127.0.0.1:3100/',
  ];

  it.each(ELSEWHERE)('is refused when the payment is made: %j', async (returnUrl) => {
    const order = { order_no: `order-${randomUUID()}`, amount: 1_299, currency: 'CNY', description: '春笋 500 克' };
    const refused = await world.merchant('taote').post('/v1/payments', { ...order, return_url: returnUrl });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/return_url' }] } });
    expect((await world.merchant('taote').get(`/v1/payments?order_no=${order.order_no}`)).body.data).toEqual([]);
  });

  it.each(ELSEWHERE)('never leads to %j, though it stands in the database', async (returnUrl) => {
    const url = await planted('taote', { returnUrl });
    const back = await new Browser().get(`${url}/return`);
    expect([back.status, back.headers.get('location')]).toEqual([404, null]);
    expect((await new Browser().get(url)).html).not.toContain('id="back-to-shop"');
  });

  it('is nowhere without an address: a page on which all is over says that it may be closed', async () => {
    const merchant = world.merchant('taote');
    const { id, cashier_url: url } = await merchant.createPayment();
    await merchant.post(`/v1/payments/${id}/cancel`);
    expect(textOf((await new Browser('phone', 'en').get(url)).html)).toContain('You can close this page');
    expect(textOf((await new Browser('phone').get(url)).html)).toContain('可以关闭此页');
  });

  it('ends when the app gives the origin up, whenever the payment was made', async () => {
    const { cashier_url: url } = await world.merchant('pinduoduo').createPayment({ return_url: SHOP });
    expect((await new Browser().get(`${url}/return`)).headers.get('location')).toBe(SHOP);
    const app = await world.stores.config.findApp('pinduoduo');
    if (app === undefined) throw new Error('pinduoduo is not seeded');
    await world.stores.config.saveApp({ ...app, returnOrigins: ['https://shop.example'] }, { actor: 'test' });
    const back = () => new Browser().get(`${url}/return`);
    expect((await world.until(back, ({ status }) => status === 404, 5_000)).headers.get('location')).toBeNull();
  });
});

describe('A-48: whoever has only the link', () => {
  it('changes nothing but the method: further fields are nobody’s business', async () => {
    const merchant = world.merchant('taote');
    const { id, cashier_url: url } = await merchant.createPayment({ return_url: SHOP });
    const before = (await merchant.get(`/v1/payments/${id}`)).body;
    const fields = {
      method: 'wechat_scan',
      amount: '1',
      return_url: 'https://evil.example/',
      app: 'pinduoduo',
      openid: 'oX',
    };
    const query = '?amount=1&return_url=https://evil.example/&payment_id=pay_1';
    expect((await new Browser().post(`${url}/pay${query}`, fields)).status).toBe(303);
    const { attempts, ...after } = (await merchant.get(`/v1/payments/${id}`)).body;
    expect({ ...after, attempts: [] }).toEqual(before);
    expect((await world.payer.open(attempts[0].next_action)).amount).toBe(1_299);
    expect((await new Browser().get(`${url}/return${query}`)).headers.get('location')).toBe(SHOP);
  });

  it('cannot name a method twice', async () => {
    const { cashier_url: url } = await world.merchant('taote').createPayment();
    const response = await fetch(`${url}/pay`, {
      method: 'POST',
      body: 'method=alipay&method=wechat_scan',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    });
    expect(response.status).toBe(400);
  });
});

describe('a form', () => {
  it.each([
    ['another site, by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling of ours', { 'sec-fetch-site': 'same-site' }, 403],
    ['another site, by Origin', { origin: 'https://evil.example' }, 403],
    ['ours, by Origin', { origin: 'SELF' }, 303],
    ['an older browser that says null', { origin: 'null' }, 303],
    ['ours', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 303],
  ])('from %s is answered %s', async (_, headers, status) => {
    const { cashier_url: url } = await world.merchant('taote').createPayment();
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, it]) => [name, it === 'SELF' ? world.url : it]),
    );
    const { status: seen } = await fetch(`${url}/pay`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ method: 'wechat_scan' }),
      headers: { 'sec-fetch-mode': 'navigate', ...sent },
    });
    expect(seen).toBe(status);
  });
});

describe('A-50: every HTML answer', () => {
  const ROUTES = [
    ['the list', async () => (await world.merchant('taote').createPayment()).cashier_url, 200],
    ['a scan panel', () => chosenUrl('wechat_scan'), 200],
    ['a page that goes on', () => chosenUrl('alipay'), 200],
    ['the end', () => planted('taote', { status: 'closed', closedReason: 'canceled' }), 410],
    ['nothing', async () => `${world.url}/cashier/nothing`, 404],
    ['nowhere to return', async () => `${(await world.merchant('taote').createPayment()).cashier_url}/return`, 404],
  ] as const;

  async function chosenUrl(method: string): Promise<string> {
    const { cashier_url: url } = await world.merchant('taote').createPayment();
    await new Browser().choose(url, method);
    return url;
  }

  it.each(ROUTES)('is closed to what it does not need: %s', async (name, urlOf, status) => {
    const seen = await new Browser().get(await urlOf());
    expect(seen.status).toBe(status);
    const csp = seen.headers.get('content-security-policy') ?? '';
    expect(csp).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-[\w+/=]{44}'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(Object.fromEntries(seen.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      // A wallet's page must be told which site sends the payer, never which page.
      'referrer-policy': name === 'a page that goes on' ? 'origin' : 'no-referrer',
    });
    expect(seen.html).not.toMatch(/ style="| on[a-z]+="|<script(?! type="module" src="\/assets\/[\w.]+")/);
  });

  it('of a refused form is one of them', async () => {
    const { cashier_url: url } = await world.merchant('taote').createPayment();
    const seen = await new Browser().post(`${url}/pay`, { method: 'wechat_pay' });
    expect(seen.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const foreign = await new Browser().post(`${url}/pay`, {}, { 'sec-fetch-site': 'cross-site' });
    expect([foreign.status, foreign.headers.get('cache-control')]).toEqual([403, 'no-store']);
  });
});

describe('a page', () => {
  it('is under 40 kB with everything that it loads, and names no other site but the wallet it leads to', async () => {
    const { cashier_url: url } = await world.merchant('taote').createPayment();
    const { html } = await new Browser().choose(url, 'wechat_scan');
    const loaded = valuesOf(html, /(?:src|href)="(\/assets\/[^"]+)"/g);
    const sizes = await Promise.all(loaded.map(async (path) => (await fetchAsset(path)).length));
    expect(loaded).toHaveLength(3);
    expect(Buffer.byteLength(html) + sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40_000);
    expect(valuesOf(html, /(?:src|href|action)="((?:https?:)?\/\/[^"]*)"/g)).toEqual([]);
    const goOn = (await new Browser().choose(url, 'alipay')).html;
    const outward = valuesOf(goOn, /(?:src|href|action)="((?:https?:)?\/\/[^"]*)"/g);
    expect(outward.map((it) => new URL(it).origin)).toEqual([new URL(world.sandboxUrl).origin]);
  });

  it('loads files that browsers may keep for ever, by the hash in their names, and no others', async () => {
    const { html } = await new Browser().get(`${world.url}/cashier/nothing`);
    const [css = ''] = valuesOf(html, /href="(\/assets\/pages\.[0-9a-f]{12}\.css)"/g);
    const response = await fetch(world.url + css);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    for (const name of ['pages.css', '..%2fpackage.json', 'pages.000000000000.css']) {
      expect((await fetch(`${world.url}/assets/${name}`)).status).toBe(404);
    }
  });

  it('repeats nothing that tells who the payer is', async () => {
    const payer = { id: 'member-4711', openid: world.openidFor('taote', 'wang'), ip: '203.0.113.9', segments: ['vip'] };
    const metadata = { phone: '13800138000', address: '文一西路 969 号' };
    const merchant = world.merchant('taote');
    const { cashier_url: url } = await merchant.createPayment({ payer, metadata });
    const pages = [await new Browser().get(url), await new Browser().choose(url, 'wechat_scan')];
    const status = await new Browser().get(`${url}/status`);
    for (const { html } of [...pages, status]) {
      for (const secret of [...Object.values(payer).flat(), ...Object.values(metadata)])
        expect(html).not.toContain(secret);
    }
  });

  it('goes by the address of the socket, whatever a header says', async () => {
    const { id, cashier_url: url } = await world.merchant('pinduoduo').createPayment();
    const forwarded = { 'x-forwarded-for': '203.0.113.77', forwarded: 'for=203.0.113.77' };
    await new Browser('phone').post(`${url}/pay`, { method: 'wechat_pay' }, forwarded);
    expect((await world.merchant('pinduoduo').get(`/v1/payments/${id}`)).body.attempts).toHaveLength(1);
    const { body } = await world.payer.control('GET', '/requests');
    expect(JSON.stringify(body)).not.toContain('203.0.113.77');
  });

  it('stops whoever asks far too often, in words', async () => {
    const asked = Array.from({ length: 301 }, () => new Browser().get(`${world.url}/cashier/nothing/return`));
    const last = (await Promise.all(asked)).filter(({ status }) => status === 429);
    expect(last.length).toBeGreaterThan(0);
    expect(textOf(last[0]?.html ?? '')).toContain('操作太频繁了');
    expect(last[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  async function fetchAsset(path: string): Promise<Buffer> {
    const response = await fetch(world.url + path, { headers: { 'accept-encoding': 'identity' } });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  }
});
