import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, valuesOf, type Seen } from './support/browser.js';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['taocaicai', 'hema', 'jd']);
  await judgeLinks();
});
afterAll(() => world.close());

/** Every decision has an entry that leads to it. */
async function judgeLinks() {
  const { config } = world.stores;
  const newest = await config.findOptions('taocaicai');
  if (newest === undefined) throw new Error('taocaicai has no options');
  const { version, createdAt: _, ...rest } = newest;
  const both = (decision: 'confirm' | 'user_choice' | 'copy_address') => ({ shop: decision, other: decision });
  const from = '2020-01-01T00:00:00+08:00';
  const phase = { from, private: both('confirm'), group: both('user_choice'), timeline: both('copy_address') };
  await config.addOptions({ ...rest, links: { phases: [phase] } }, { actor: 'test' }, version);
  const url = await friendUrl();
  const opens = () => new Browser('wechat').get(`${url}?from=singlemessage`);
  await world.until(opens, ({ html }) => html.includes('id="open-here"'), 5_000);
}

async function friendUrl(): Promise<string> {
  const merchant = world.merchant('taocaicai');
  const { id } = await merchant.createPayment({ scene: 'app' });
  const asked = await merchant.post(`/v1/payments/${id}/friend-requests`, { method: 'wechat_friend_pay' });
  expect(asked.status).toBe(201);
  return asked.body.url;
}

async function codeUrl(app: string): Promise<string> {
  const merchant = world.merchant(app);
  const { id } = await merchant.createPayment({ payer: { id: 'reviewer-1' } });
  const shown = await merchant.post(`/v1/payments/${id}/attempts`, { method: 'one_code', scene: 'in_store' });
  expect(shown.status).toBe(201);
  return shown.body.next_action.content;
}

const sharing = async () => {
  const { cashier_url: url } = await world.merchant('taocaicai').createPayment({ scene: 'app' });
  return `${url}/friend/wechat_friend_pay`;
};

const get = async (kind: ConstructorParameters<typeof Browser>[0], url: string) => new Browser(kind).get(url);

async function pressed(kind: 'desktop' | 'phone' | 'alipay', url: string, fields: Record<string, string>) {
  const browser = new Browser(kind);
  await browser.get(url);
  return browser.follow(await browser.post(`${url}/pay`, fields), url);
}

const PAGES: readonly (readonly [name: string, status: number, page: () => Promise<Seen>])[] = [
  ['a request', 200, async () => get('phone', await friendUrl())],
  ['a request inside WeChat', 200, async () => get('wechat', await friendUrl())],
  ['a friend who scans', 200, async () => pressed('desktop', await friendUrl(), {})],
  ['a friend who goes on', 200, async () => pressed('phone', await friendUrl(), {})],
  ['a friend in another wallet', 200, async () => get('alipay', await friendUrl())],
  ['a request without cookies', 409, async () => new Browser().post(`${await friendUrl()}/pay`, {})],
  ['no cookies inside WeChat', 409, async () => new Browser('wechat').post(`${await friendUrl()}/pay`, {})],
  ['a sign-in that was not asked for', 403, async () => get('wechat', `${await friendUrl()}/wechat?code=1&state=2`)],
  ['no request', 404, () => get('phone', `${world.url}/f/${randomBytes(24).toString('base64url')}`)],
  ['a code inside WeChat', 200, async () => get('wechat', await codeUrl('jd'))],
  ['a code in a browser', 200, async () => get('phone', await codeUrl('hema'))],
  ['a code that Alipay pays', 200, async () => pressed('alipay', await codeUrl('hema'), { method: 'one_code' })],
  ['a code in a wallet that is not taken', 200, async () => get('alipay', await codeUrl('jd'))],
  ['no code', 404, () => get('phone', `${world.url}/q/${randomBytes(36).toString('base64url')}`)],
  ['a confirmation', 200, async () => get('wechat', `${await friendUrl()}?from=singlemessage`)],
  ['a choice', 200, async () => get('wechat', `${await friendUrl()}?from=groupmessage`)],
  ['an address to copy', 200, async () => get('wechat', `${await friendUrl()}?from=timeline`)],
  ['asking a friend', 200, async () => get('webView', await sharing())],
  ['sharing with a friend', 200, shared],
];

async function shared(): Promise<Seen> {
  const [browser, url] = [new Browser('webView'), await sharing()];
  return browser.follow(await browser.post(url, { message: '帮帮忙' }), url);
}

const sizes = new Map<string, Promise<number>>();
function sizeOf(path: string): Promise<number> {
  const size = sizes.get(path) ?? fetch(world.url + path).then(async (it) => (await it.arrayBuffer()).byteLength);
  sizes.set(path, size);
  return size;
}

describe('A-50: every page that is shared', () => {
  it.each(PAGES)('is closed to what it does not need, and small: %s', async (name, status, page) => {
    const { headers, html, ...seen } = await page();
    expect(seen.status).toBe(status);
    const signsIn = name.endsWith('inside WeChat') ? ` ${world.sandboxUrl}` : '';
    expect(headers.get('content-security-policy')?.replace(/'sha256-[\w+/=]{44}'/, 'HASH')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' HASH; img-src 'self'; connect-src 'self'; form-action 'self'${signsIn}; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': html.includes('id="go-on"') ? 'origin' : 'no-referrer',
    });
    expect(html).not.toMatch(/ style="| on[a-z]+="|<script(?! type="module" src="\/assets\/[\w.]+")/);
    const loaded = valuesOf(html, /(?:src|href)="(\/assets\/[^"]+)"/g);
    const bytes = await Promise.all(loaded.map(sizeOf));
    expect(Buffer.byteLength(html) + bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40_000);
    const outward = valuesOf(html, /(?:src|href|action)="((?:https?:)?\/\/[^"]*)"/g);
    for (const url of outward) expect(new URL(url).origin).toBe(world.sandboxUrl);
  });
});

describe('A-51: tokens', () => {
  it('have 128 bits or more that nobody can guess', async () => {
    const friends = await Promise.all([1, 2, 3].map(friendUrl));
    for (const url of friends) expect(Buffer.from(url.split('/f/')[1] ?? '', 'base64url').length * 8).toBe(192);
    expect(new Set(friends).size).toBe(3);
    const code = await codeUrl('jd');
    expect(Buffer.from(code.slice(-22), 'base64url').length * 8).toBe(128);
    const other = code.at(-2) === 'A' ? 'B' : 'A';
    expect((await get('phone', `${code.slice(0, -2)}${other}${code.at(-1)}`)).status).toBe(404);
  });

  it('are counted per address: a loop over them is stopped', async () => {
    const asked = Array.from({ length: 301 }, () => get('desktop', `${world.url}/q/nothing/status`));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses).toContain(429);
  });
});
