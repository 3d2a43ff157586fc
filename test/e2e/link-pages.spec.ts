import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, textOf } from './support/browser.js';
import { startWorld, type World } from './support/world.js';

const ENTRIES = { private: 'singlemessage', group: 'groupmessage', timeline: 'timeline' } as const;
type Entry = keyof typeof ENTRIES;
/** The cashier is the link of a shop, the request to a friend another one. */
const KINDS = ['shop', 'other'] as const;

type Opening = 'opens' | 'asks first' | 'is to be copied' | 'leaves the choice';

const marks: Readonly<Record<Opening, RegExp>> = {
  opens: /id="pay-button"/,
  'asks first': /即将离开聊天/,
  'is to be copied': /请复制链接，到浏览器里打开/,
  'leaves the choice': /怎么打开这个链接/,
};

const openingOf = (html: string): string | undefined =>
  Object.keys(marks).find((it) => marks[it as Opening].test(html));

/** Told by date; every entry and kind in the order of the constants above. */
const STORY = [
  ['2021-09-16T23:59:00+08:00', 'is to be copied', 'is to be copied'],
  ['2021-09-17T00:01:00+08:00', 'is to be copied', 'asks first'],
  ['2021-11-29T20:01:00+08:00', 'opens', 'opens'],
  ['2021-11-30T00:01:00+08:00', 'opens', 'opens'],
] as const;

const inGroups = (date: string): Opening => (date.startsWith('2021-11-30') ? 'opens' : 'is to be copied');

describe('on the days of 2021', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(['taocaicai']);
    await allowFriendsAlways();
  });
  afterAll(() => world.close());

  describe.each(STORY)('%s', (date, shopInPrivate, otherInPrivate) => {
    let urls: Readonly<Record<(typeof KINDS)[number], string>>;
    beforeAll(async () => {
      await world.payer.control('PUT', '/clock', { now: new Date(date).toISOString() });
      urls = await links();
    });

    it.each((Object.keys(ENTRIES) as Entry[]).flatMap((entry) => KINDS.map((kind) => [entry, kind] as const)))(
      'a link in a %s chat of the kind %s opens as the policy says',
      async (entry, kind) => {
        const inPrivate = kind === 'shop' ? shopInPrivate : otherInPrivate;
        const expected = { private: inPrivate, group: inGroups(date), timeline: 'is to be copied' }[entry];
        const { status, html } = await new Browser('wechat').get(
          `${urls[kind]}?from=${ENTRIES[entry]}&isappinstalled=0`,
        );
        expect([status, openingOf(html)]).toEqual([200, expected]);
        expect(openingOf((await new Browser('phone').get(`${urls[kind]}?from=${ENTRIES[entry]}`)).html)).toBe('opens');
      },
    );

    async function links() {
      const merchant = world.merchant('taocaicai');
      const day = Date.parse(date);
      await world.until(
        async () => world.core.clock.now().getTime(),
        (now) => now >= day && now < day + 3_600_000,
        5_000,
      );
      const payment = await merchant.createPayment({ scene: 'app' });
      const ask = () => merchant.post(`/v1/payments/${payment.id}/friend-requests`, { method: 'wechat_friend_pay' });
      const { body } = await world.until(ask, ({ status }) => status < 300, 5_000);
      return { shop: payment.cashier_url as string, other: body.url as string };
    }
  });

  async function allowFriendsAlways() {
    const newest = await world.stores.config.findOptions('taocaicai');
    if (newest === undefined) throw new Error('taocaicai has no options');
    const { version, createdAt: _, ...rest } = newest;
    const options = [
      { method: 'wechat_friend_pay', status: 'live' as const },
      { method: 'wechat_pay', status: 'live' as const },
      { method: 'alipay', status: 'live' as const },
    ];
    await world.stores.config.addOptions({ ...rest, options, order: [] }, { actor: 'test' }, version);
  }
});

describe('what stands before a page', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(['taocaicai']);
    const newest = await world.stores.config.findOptions('taocaicai');
    if (newest === undefined) throw new Error('taocaicai has no options');
    const { version, createdAt: _, ...rest } = newest;
    const both = (decision: 'confirm' | 'user_choice' | 'copy_address') => ({ shop: decision, other: decision });
    const phases = [
      {
        from: '2020-01-01T00:00:00+08:00',
        private: both('confirm'),
        group: both('user_choice'),
        timeline: both('copy_address'),
      },
    ];
    await world.stores.config.addOptions({ ...rest, links: { phases } }, { actor: 'test' }, version);
  });
  afterAll(() => world.close());

  async function links(): Promise<string[]> {
    const merchant = world.merchant('taocaicai');
    const payment = await merchant.createPayment({ scene: 'app' });
    const asked = await merchant.post(`/v1/payments/${payment.id}/friend-requests`, { method: 'wechat_friend_pay' });
    const opens = () => new Browser('wechat').get(`${asked.body.url}?from=singlemessage`);
    await world.until(opens, ({ html }) => openingOf(html) === 'asks first', 5_000);
    return [payment.cashier_url, asked.body.url];
  }

  it('says where the link leads, and is remembered for this link and browser alone', async () => {
    const [cashier = '', friend = ''] = await links();
    for (const [url, other] of [
      [cashier, friend],
      [friend, cashier],
    ] as const) {
      const browser = new Browser('wechat');
      const asked = await browser.get(`${url}?from=singlemessage`);
      expect(textOf(asked.html)).toContain(`「淘菜菜」的付款页，网站是 ${new URL(world.url).host}，不由聊天应用提供`);
      expect(asked.html).not.toContain('12.99');
      const answer = await browser.post(`${url}/open`, {});
      expect([answer.status, answer.headers.get('location')]).toEqual([303, new URL(url).pathname]);
      expect(answer.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax$/);
      expect(openingOf((await browser.get(`${url}?from=singlemessage`)).html)).toBe('opens');
      expect(openingOf((await browser.get(`${url}?from=groupmessage`)).html)).toBe('opens');
      expect(openingOf((await browser.get(`${url}?from=timeline`)).html)).toBe('is to be copied');
      expect(openingOf((await browser.get(`${other}?from=singlemessage`)).html)).toBe('asks first');
      expect(openingOf((await new Browser('wechat').get(`${url}?from=singlemessage`)).html)).toBe('asks first');
    }
  });

  it('offers both ways where the reader may choose', async () => {
    const [, url = ''] = await links();
    const { html } = await new Browser('wechat').get(`${url}?from=groupmessage`);
    expect(openingOf(html)).toBe('leaves the choice');
    expect(html).toContain('id="open-here"');
    expect(html).toContain(`value="${url}"`);
  });

  it('is an address that can be selected, a button and three steps, and nothing of the order', async () => {
    const [, url = ''] = await links();
    const { html } = await new Browser('wechat').get(`${url}?from=timeline`);
    expect(html).toMatch(new RegExp(`<input class="address" id="address" type="text" value="${url}" readonly`));
    expect(html.match(/data-copy="address"/g)).toHaveLength(1);
    expect(html.match(/<li>/g)).toHaveLength(3);
    expect(html).not.toMatch(/12\.99|淘菜菜|<form/);
  });

  it('stays what it is in the other language', async () => {
    const [, url = ''] = await links();
    const browser = new Browser('wechat');
    const { html } = await browser.get(`${url}?from=singlemessage&from=timeline`);
    const [, href = ''] = /<a href="([^"]+)" lang="en"/.exec(html) ?? [];
    const english = await browser.get(new URL(href.replaceAll('&amp;', '&'), url).href);
    expect(textOf(english.html)).toContain('Copy the link and open it in a browser');
  });

  it('takes no word that is none, however often or long', async () => {
    const [, url = ''] = await links();
    const query = ['"><script>', 'x'.repeat(5_000), 'singlemessage%00'].map((it) => `from=${encodeURIComponent(it)}`);
    const { html } = await new Browser('wechat').get(`${url}?${query.join('&')}`);
    expect(openingOf(html)).toBe('opens');
    expect(html).not.toContain('<script>');
  });

  it('is opened by no form of another site, and for no address that is none of ours', async () => {
    const [, url = ''] = await links();
    const browser = new Browser('wechat');
    expect((await browser.post(`${url}/open`, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await browser.post(`${world.url}/f/x;Path=%2F/open`, {})).status).toBe(404);
    expect(openingOf((await browser.get(`${url}?from=singlemessage`)).html)).toBe('asks first');
  });
});
