import { describe, expect, it } from 'vitest';
import { Orders } from './orders.js';
import { shopOf } from './shops/shops.js';

const shop = shopOf('taote');
const good = shop?.goods[0];
if (shop === undefined || good === undefined) throw new Error('Taote sells nothing.');

const place = (orders: Orders) => orders.add(shop, good, { scene: 'desktop_web', baseUrl: 'http://127.0.0.1:3100' });
const event = (id: string, payload: Record<string, unknown>) => ({
  id,
  sentAt: new Date('2026-11-23T08:00:00Z'),
  type: 'payment.paid',
  payload,
});

describe('the order book', () => {
  it('gives numbers that no two orders share, and a way back to each', () => {
    const orders = new Orders();
    const [first, second] = [place(orders), place(orders)];
    expect(first.no).not.toBe(second.no);
    expect(first.returnUrl).toBe(`http://127.0.0.1:3100/taote/orders/${first.no}`);
    expect(orders.find('taote', first.no)).toBe(first);
    expect(orders.find('jd', first.no)).toBeUndefined();
  });

  it('forgets the oldest, and grows no further', () => {
    const orders = new Orders();
    const first = place(orders);
    for (let more = 0; more < 2_000; more++) place(orders);
    expect(orders.find('taote', first.no)).toBeUndefined();
    const last = place(orders);
    expect(orders.find('taote', last.no)).toBe(last);
  });

  it('keeps the last webhooks of an order, each once, newest first', () => {
    const orders = new Orders();
    const order = place(orders);
    order.paymentId = 'pay_1';
    for (const id of ['a', 'b', 'a']) orders.note('taote', event(id, { payment_id: 'pay_1' }));
    orders.note('taote', event('c', { data: { payment_id: 'pay_1' } }));
    expect(order.events.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    for (let more = 0; more < 20; more++) orders.note('taote', event(`d${more}`, { payment_id: 'pay_1' }));
    expect(order.events).toHaveLength(8);
  });

  it.each([
    ['of another payment', 'taote', { payment_id: 'pay_2' }],
    ['of another shop', 'jd', { payment_id: 'pay_1' }],
    ['of no payment', 'taote', { data: null }],
  ])('notes nothing %s', (_, app, payload) => {
    const orders = new Orders();
    const [order, unpaid] = [place(orders), place(orders)];
    order.paymentId = 'pay_1';
    orders.note(app, event('a', payload));
    expect([...order.events, ...unpaid.events]).toEqual([]);
  });
});
