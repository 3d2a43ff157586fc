import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { signWebhookForTest } from '@hutong/client';
import { createStorefront, SHOPS, webhookSecretsOf } from '@hutong/storefront';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../../scripts/free-port.mjs';
import { startWorld, type World } from './support/world.js';

let world: World;
let shops: ReturnType<typeof createStorefront>;
let url: string;
const secret = `whsec_${randomBytes(32).toString('base64')}`;

beforeAll(async () => {
  world = await startWorld(['taote', 'pinduoduo', 'taocaicai', 'jd']);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const keys = Object.fromEntries(
    ['taote', 'pinduoduo', 'taocaicai', 'jd'].map((app) => [app, world.merchant(app).key]),
  );
  const subscribed = { jd: keys['jd'] ?? '' };
  shops = createStorefront({
    baseUrl: url,
    gatewayUrl: world.url,
    sandboxUrl: world.sandboxUrl,
    keys,
    webhookSecrets: {
      ...(await webhookSecretsOf({ keys: subscribed, baseUrl: url, gatewayUrl: world.url })),
      taote: [secret],
    },
  });
  await shops.listen({ port, host: '127.0.0.1' });
});
afterAll(async () => {
  await shops.close();
  await world.close();
});

interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly location: string;
}

async function visit(path: string, init: RequestInit = {}): Promise<Page> {
  const response = await fetch(url + path, { redirect: 'manual', ...init });
  const location = response.headers.get('location') ?? '';
  return { status: response.status, headers: response.headers, html: await response.text(), location };
}

const read = (path: string, language = 'zh-CN'): Promise<Page> =>
  visit(path, { headers: { 'accept-language': language } });

const submit = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> =>
  visit(path, { method: 'POST', body: new URLSearchParams(fields), headers: { 'accept-language': 'en', ...headers } });

const seen = new Set<string>();

/**
 * Buys one good with one click and answers its order's page. The click leads to the hosted cashier where there is one, so
 * the number is looked up where the gateway keeps it.
 */
async function buy(app: string, good: string, headers: Record<string, string> = {}): Promise<string> {
  const { status, location } = await submit(`/${app}/orders`, { good }, headers);
  expect(status).toBe(303);
  const known = (await world.dump()).match(new RegExp(`\\b${app}-[0-9a-f]{24}\\b`, 'g')) ?? [];
  const no = known.find((it) => !seen.has(it)) ?? '';
  known.forEach((it) => seen.add(it));
  expect(location).toBe((await paymentOf(app, no)).cashier_url ?? `/${app}/orders/${no}`);
  return `/${app}/orders/${no}`;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
async function paymentOf(app: string, no: string): Promise<any> {
  return (await world.merchant(app).get(`/v1/payments?order_no=${no}`)).body.data[0];
}

/** Pays what the order's newest attempt asks for. */
async function pay(app: string, path: string): Promise<void> {
  const { attempts } = await paymentOf(app, path.split('/')[3] ?? '');
  await world.payer.pay(attempts.at(-1).next_action);
}

async function buyAndPay(app: string, good: string, method: string): Promise<string> {
  const path = await buy(app, good);
  await submit(`${path}/attempts`, { method });
  await pay(app, path);
  expect((await read(path)).html).toContain('已付款');
  return path;
}

const statusIn = (html: string): string => /role="status">([^<]*)</.exec(html)?.[1] ?? '';

describe('the street', () => {
  it('shows every seeded app with the name, the colour and the mark that it is seeded with', () => {
    const seeds = SHOPS.map(({ app }) => {
      const file = resolve(import.meta.dirname, `../../prisma/seed/${app}.yaml`);
      const { name, branding } = parse(readFileSync(file, 'utf8'));
      return { app, name: { zh: name['zh-CN'], en: name.en }, color: branding.color, mark: branding.mark };
    });
    expect(SHOPS.map(({ app, name, color, mark }) => ({ app, name, color, mark }))).toEqual(seeds);
    expect(SHOPS).toHaveLength(13);
  });

  it.each([
    ['zh-CN', 'zh'],
    ['en', 'en'],
  ] as const)('reads in %s, and every shop with its goods and prices', async (language, lang) => {
    const street = await read('/', language);
    expect(street.status).toBe(200);
    for (const { app, name, story, goods } of SHOPS) {
      expect(street.html).toContain(`href="/${app}"`);
      expect(street.html).toContain(story[lang]);
      const page = await read(`/${app}`, language);
      expect(page.status).toBe(200);
      expect(page.html).toContain(`<title>${name[lang]}</title>`);
      expect(page.html).toContain(`<html lang="${language}"`);
      for (const good of goods) expect(page.html).toContain(good.name[lang]);
      expect(page.html.match(/<svg/g)).toHaveLength(3);
    }
  });

  it('keeps the language that the reader picked', async () => {
    const picked = await visit('/taote?lang=en', { headers: { 'accept-language': 'zh-CN' } });
    const cookie = picked.headers.get('set-cookie') ?? '';
    expect(picked.html).toContain('Three cotton towels');
    expect(cookie).toMatch(/^lang=en;.*HttpOnly/);
    const next = await visit('/taote', { headers: { 'accept-language': 'zh-CN', cookie: 'lang=en' } });
    expect(next.html).toContain('<html lang="en"');
  });

  it('loads nothing from elsewhere, and lets no script or style into its markup', async () => {
    const { html, headers } = await read('/pinduoduo');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<style|style="|<script(?! src="\/)|(?:src|href)="(?:https?:)?\/\//);
    for (const name of ['shop.css', 'brands.css', 'order.js'])
      expect((await read(`/assets/${name}`)).status, name).toBe(200);
  });
});

describe('an order', () => {
  it('is placed with one click, paid at the wallet, seen as paid, and refunded in part and then whole', async () => {
    const path = await buy('taote', 'towels');
    const open = await read(path, 'en');
    expect(statusIn(open.html)).toBe('Waiting for payment');
    expect(open.html).toContain('9.90');

    expect((await submit(`${path}/attempts`, { method: 'wechat_scan' })).location).toBe(path);
    expect((await read(path)).html).toMatch(/value="weixin:/);
    await pay('taote', path);
    const paid = await read(path, 'en');
    expect(statusIn(paid.html)).toBe('Paid');
    expect(paid.html).toContain('<dd>WeChat scan-to-pay</dd>');

    expect((await submit(`${path}/refunds`, { number: '1', amount: '4.00' })).location).toBe(path);
    const partly = await world.until(
      () => read(path, 'en'),
      ({ html }) => statusIn(html).includes('in part'),
      10_000,
    );
    expect(partly.html).toContain('5.90');
    expect((await submit(`${path}/refunds`, { number: '2', amount: 'x', all: '590' })).location).toBe(path);
    const whole = await world.until(
      () => read(path, 'en'),
      ({ html }) => statusIn(html).includes('in full'),
      10_000,
    );
    expect(whole.html).not.toContain('name="amount"');
    expect((await submit(`${path}/refunds`, { number: '2', amount: 'x', all: '590' })).location).toBe(path);
    expect((await paymentOf('taote', path.split('/')[3] ?? '')).refunds).toHaveLength(2);
  });

  it('offers the options in the app’s own order, and leads to the wallet that is picked', async () => {
    const path = await buy('pinduoduo', 'oranges', { 'user-agent': 'Mozilla/5.0 (iPhone)' });
    const { html } = await read(path);
    expect([...html.matchAll(/name="method" value="(\w+)"/g)].map(([, method]) => method)).toEqual([
      'wechat_pay',
      'duoduo_wallet',
      'alipay',
    ]);
    const { status, location } = await submit(`${path}/attempts`, { method: 'alipay' });
    expect(status).toBe(303);
    expect(location === path || location.startsWith(world.sandboxUrl)).toBe(true);
  });

  it('says so where this payer has no way to pay', async () => {
    const path = await buy('jd', 'camera');
    const { html } = await read(path, 'en');
    expect(html).not.toContain('name="method"');
    expect(html).toContain('Nothing of this shop’s works here');
  });

  it('clicked twice is refunded once', async () => {
    const path = await buyAndPay('taote', 'cup', 'wechat_scan');
    const click = () => submit(`${path}/refunds`, { number: '1', amount: '1.00' });
    await Promise.all([click(), click()]);
    const { refunds } = await paymentOf('taote', path.split('/')[3] ?? '');
    expect(refunds.map(({ amount }: { amount: number }) => amount)).toEqual([100]);
  });

  it('tells a refusal of the gateway on its own page, and changes nothing', async () => {
    const path = await buy('taote', 'lamp');
    const refused = await submit(`${path}/attempts`, { method: 'wechat_pay' });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('role="alert"');
    expect((await paymentOf('taote', path.split('/')[3] ?? '')).attempts).toEqual([]);
  });

  it('tells its page when there is something new', async () => {
    const path = await buy('taote', 'towels');
    const version = async (): Promise<unknown> => JSON.parse((await read(`${path}/status`)).html).version;
    const before = await version();
    expect((await read(path)).html).toContain(`data-version="${String(before)}"`);
    await submit(`${path}/attempts`, { method: 'wechat_scan' });
    await pay('taote', path);
    expect(await version()).not.toBe(before);
  });
});

describe('a stranger', () => {
  it.each(['/nothing', '/taote/orders/none', '/__proto__', '/constructor', '/taote/nothing', '/%00', '/jd/%2e%2e%2f'])(
    'finds no page at %s',
    async (path) => {
      const { status, html } = await read(path);
      expect([400, 404]).toContain(status);
      expect(html).toContain('<main');
      expect(html).not.toMatch(/at \w+ \(|node_modules/);
    },
  );

  it('can’t see an order of one shop through another', async () => {
    const path = await buy('taote', 'towels');
    expect((await read(path.replace('/taote/', '/pinduoduo/'))).status).toBe(404);
  });

  it.each([
    ['a good that is not sold', { good: '<script>alert(1)</script>' }],
    ['none', {}],
    ['another shop’s', { good: 'oranges' }],
  ])('can’t buy %s', async (_, fields) => {
    const { status, html } = await submit('/taote/orders', fields as Record<string, string>);
    expect(status).toBe(404);
    expect(html).not.toContain('<script>alert');
  });

  it('can’t refund what is no amount', async () => {
    const path = await buyAndPay('taote', 'towels', 'wechat_scan');
    for (const amount of ['0', '-1', '9.91', '1e2', '1.001', '', '99999999999', 'NaN', '<b>']) {
      const { status, html } = await submit(`${path}/refunds`, { number: '1', amount });
      expect(status, amount).toBe(400);
      expect(html).not.toContain('<b>');
    }
    for (const number of ['0', '3', 'x', ''])
      expect((await submit(`${path}/refunds`, { number, amount: '1.00' })).status, number).toBe(400);
    expect((await paymentOf('taote', path.split('/')[3] ?? '')).refunds).toEqual([]);
  });

  it('can’t have another site’s page press the buttons', async () => {
    const refused = await submit('/taocaicai/orders', { good: 'eggs' }, { 'sec-fetch-site': 'cross-site' });
    expect(refused.status).toBe(403);
    const own = await submit('/taocaicai/orders', { good: 'eggs' }, { 'sec-fetch-site': 'same-origin' });
    expect(own.status).toBe(303);
  });

  it('never reads a key, or what a body of another kind says', async () => {
    const { html } = await read('/taote');
    expect(html).not.toContain(world.merchant('taote').key);
    const json = await visit('/taote/orders', {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<good>towels</good>',
    });
    expect(json.status).toBe(415);
  });
});

describe('a webhook', () => {
  const event = (paymentId: string): string => JSON.stringify({ type: 'payment.paid', payment_id: paymentId });
  const deliver = (app: string, body: string, headers: Record<string, string>): Promise<Page> =>
    visit(`/${app}/webhooks`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

  it('is kept with its order, once, however often it comes', async () => {
    const path = await buy('taote', 'towels');
    const body = event((await paymentOf('taote', path.split('/')[3] ?? '')).id);
    expect((await read(path)).html).not.toContain('payment.paid');
    for (const _ of [1, 2]) {
      const { status } = await deliver('taote', body, signWebhookForTest({ secrets: secret, body, id: 'evt_shown' }));
      expect(status).toBe(200);
    }
    expect((await read(path)).html.match(/evt_shown/g)).toHaveLength(1);
  });

  it('comes from the gateway by itself, signed with the secret of the endpoint that the shop asked for', async () => {
    const path = await buy('jd', SHOPS.find(({ app }) => app === 'jd')!.goods[0]!.id);
    const shown = await world.until(
      async () => (await read(path)).html,
      (html) => html.includes('payment.created'),
      20_000,
    );
    expect(shown).toContain('payment.created');
  });

  it('is refused without a signature, with another’s, and with another body', async () => {
    const body = event('pay_1');
    const signed = signWebhookForTest({ secrets: secret, body });
    const theirs = signWebhookForTest({ secrets: `whsec_${randomBytes(32).toString('base64')}`, body });
    const answers = [
      await deliver('taote', body, {}),
      await deliver('taote', body, theirs),
      await deliver('taote', `${body} `, signed),
      await deliver('taote', '', signed),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  });

  it('finds nobody at a shop that has no endpoint', async () => {
    const body = event('pay_1');
    expect((await deliver('pinduoduo', body, signWebhookForTest({ secrets: secret, body }))).status).toBe(404);
  });
});

describe('without a gateway', () => {
  it('a shop still opens, and says that nothing has happened', async () => {
    const alone = createStorefront({
      baseUrl: 'http://127.0.0.1:9',
      // Nobody listens on the discard port.
      gatewayUrl: 'http://127.0.0.1:9',
      sandboxUrl: 'http://127.0.0.1:9',
      keys: { taote: 'hk_test_1' },
    });
    expect((await alone.inject({ url: '/taote' })).statusCode).toBe(200);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en' };
    const clicked = await alone.inject({ method: 'POST', url: '/taote/orders', payload: 'good=towels', headers });
    expect(clicked.statusCode).toBe(503);
    expect(clicked.body).toContain('Nothing has happened');
    await alone.close();
  });
});
