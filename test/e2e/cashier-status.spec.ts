import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './support/browser.js';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['taote']);
});
afterAll(() => world.close());

const browser = new Browser();

async function scanning(): Promise<{ readonly id: string; readonly url: string; pay(): Promise<unknown> }> {
  const merchant = world.merchant('taote');
  const { id, cashier_url: url } = await merchant.createPayment();
  await browser.choose(url, 'wechat_scan');
  const { attempts } = (await merchant.get(`/v1/payments/${id}`)).body;
  return { id, url, pay: () => world.payer.pay(attempts[0].next_action) };
}

describe('A-52: the status of a payment', () => {
  it('is answered without a body while nothing changes', async () => {
    const { url } = await scanning();
    const first = await browser.get(`${url}/status`);
    expect(JSON.parse(first.html)).toEqual({
      status: 'open',
      attempt: expect.stringMatching(/^att_\w+\.awaiting_payer$/),
    });
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{16}"$/);
    const again = await browser.get(`${url}/status`, { 'if-none-match': tag });
    expect([again.status, again.html]).toEqual([304, '']);
  });

  it('has another tag once it is paid', async () => {
    const { url, pay } = await scanning();
    const tag = (await browser.get(`${url}/status`)).headers.get('etag') ?? '';
    await pay();
    const ask = () => browser.get(`${url}/status`, { 'if-none-match': tag });
    const paid = await world.until(ask, ({ status }) => status === 200, 5_000);
    expect(JSON.parse(paid.html)).toMatchObject({ status: 'paid' });
  });
});

describe('A-52: asking the wallet how it stands', () => {
  /** How often the wallet was asked about this order. */
  async function asked(reference: string): Promise<number> {
    const { body } = await world.payer.control('GET', '/requests');
    type Arrived = { readonly operation: string; readonly references: readonly string[] };
    return body.data.filter((it: Arrived) => it.operation === 'query' && it.references.includes(reference)).length;
  }

  it('happens once however often the payer presses', async () => {
    const { id, url } = await scanning();
    const { attempts } = (await world.merchant('taote').get(`/v1/payments/${id}`)).body;
    await Promise.all(Array.from({ length: 20 }, () => browser.get(`${url}?check=1`)));
    expect(await asked(attempts[0].reference)).toBe(1);
  });
});

describe('the events of a payment', () => {
  it('say how it stands, then that it is paid, and end', async () => {
    const { url, pay } = await scanning();
    const response = await fetch(`${url}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await pay();
    const told = [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(
      ([, data = '']) => JSON.parse(data).status,
    );
    expect([told[0], told.at(-1)]).toEqual(['open', 'paid']);
  });

  it('of one that is over end at once', async () => {
    const merchant = world.merchant('taote');
    const { id, cashier_url: url } = await merchant.createPayment();
    await merchant.post(`/v1/payments/${id}/cancel`);
    expect(await (await fetch(`${url}/events`)).text()).toContain('"status":"canceled"');
  });

  it('are for eight watchers of one payment; a ninth is told to ask instead, until one leaves', async () => {
    const { url } = await scanning();
    const watchers = Array.from({ length: 8 }, () => new AbortController());
    await Promise.all(watchers.map(({ signal }) => fetch(`${url}/events`, { signal })));
    const ninth = await browser.get(`${url}/events`);
    expect([ninth.status, ninth.headers.get('retry-after')]).toEqual([503, '30']);
    expect((await browser.get(`${url}/status`)).status).toBe(200);
    for (const watcher of watchers) watcher.abort();
    const late = new AbortController();
    const again = () => fetch(`${url}/events`, { signal: late.signal });
    expect((await world.until(again, ({ status }) => status === 200, 5_000)).status).toBe(200);
    late.abort();
  });
});
