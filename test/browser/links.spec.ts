import { describe, expect, it } from 'vitest';
import { Orders } from './support/orders.js';
import { useStreet } from './support/street.js';
import type { Visitor } from './support/visitor.js';

const street = useStreet(['taocaicai']);
const orders = new Orders(street);

const ENTRIES = { private: 'singlemessage', group: 'groupmessage', timeline: 'timeline' } as const;
type Entry = keyof typeof ENTRIES;
/** The cashier shows a shop's order; the request to a friend is the other kind. */
type Kind = 'shop' | 'other';
type Opening = 'opens' | 'asks first' | 'is to be copied';

const COPIED = 'is to be copied';

/** What the policy says of [a shop's link, another link] on the four days of the story. */
const DAYS: readonly (readonly [day: string, Record<Entry, readonly [Opening, Opening]>])[] = [
  ['2021-09-01T12:00:00+08:00', { private: [COPIED, COPIED], group: [COPIED, COPIED], timeline: [COPIED, COPIED] }],
  [
    '2021-09-20T12:00:00+08:00',
    { private: [COPIED, 'asks first'], group: [COPIED, COPIED], timeline: [COPIED, COPIED] },
  ],
  ['2021-11-29T22:00:00+08:00', { private: ['opens', 'opens'], group: [COPIED, COPIED], timeline: [COPIED, COPIED] }],
  ['2021-12-01T12:00:00+08:00', { private: ['opens', 'opens'], group: ['opens', 'opens'], timeline: [COPIED, COPIED] }],
];

const CASES = DAYS.map(([day, entries]) => {
  const told = (Object.keys(ENTRIES) as Entry[]).flatMap((entry) => [
    { entry, kind: 'shop' as Kind, opening: entries[entry][0] },
    { entry, kind: 'other' as Kind, opening: entries[entry][1] },
  ]);
  return { day, told };
});

/** Everybody is offered WeChat here, so that the pages behind the links have their button. */
async function links(day: string): Promise<Record<Kind, string>> {
  await street().payer.setClock(new Date(day).toISOString());
  const at = Date.parse(day);
  await street().until(
    async () => street().core.clock.now().getTime(),
    (now) => Math.abs(now - at) < 600_000,
    5_000,
  );
  const { payment, url } = await orders.ask('taocaicai');
  return { shop: payment.cashier_url, other: url };
}

const follow = async (url: string, entry: Entry): Promise<Visitor> => {
  const visitor = await street().visitor({ kind: 'wechat' });
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
  await visitor.goto(`${url}?from=${ENTRIES[entry]}&isappinstalled=0`);
  return visitor;
};

const LOOKS: Record<Opening, (visitor: Visitor, url: string) => Promise<void>> = {
  opens: async ({ page }) => page.locator('#order').waitFor(),
  'asks first': async ({ page, sees, click }) => {
    await sees('即将离开聊天');
    expect(await page.locator('#amount').count()).toBe(0);
    await click('#open-here');
    await page.locator('#pay-button').waitFor();
  },
  'is to be copied': async ({ page, click }, url) => {
    expect(await page.locator('#order').count()).toBe(0);
    await click('[data-copy="address"]');
    await page.getByRole('button', { name: '已复制' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(url);
  },
};

describe.each(CASES)('on $day', ({ day, told }) => {
  it.each(told)('a $kind link in a $entry chat $opening', async ({ entry, kind, opening }) => {
    const url = (await links(day))[kind];
    const visitor = await follow(url, entry);
    await LOOKS[opening](visitor, url);
    expect(visitor.page.url().startsWith(url)).toBe(true);
  });
});

it('the copied address opens in a browser, whatever the day and the chat it came from', async () => {
  const { other } = await links('2021-09-01T12:00:00+08:00');
  const visitor = await street().visitor({ kind: 'phone' });
  await visitor.goto(`${other}?from=timeline`);
  await visitor.sees('今晚的火锅');
  expect(await visitor.page.locator('#order').count()).toBe(1);
});
