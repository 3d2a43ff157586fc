import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, valuesOf } from './support/browser.js';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['pinduoduo', 'taote', 'eleme']);
});
afterAll(() => world.close());

const options = (html: string) => valuesOf(html, /<input type="radio" name="method" value="([^"]+)"/g);

describe('the list', () => {
  it.each([
    ['pinduoduo', 'phone', ['wechat_pay', 'duoduo_wallet', 'alipay']],
    ['taote', 'desktop', ['wechat_scan', 'alipay']],
    ['taote', 'phone', ['alipay', 'wechat_scan']],
  ] as const)('of %s on a %s stands in the app’s own order', async (app, kind, order) => {
    const { cashier_url: url } = await world.merchant(app).createPayment();
    const { status, html } = await new Browser(kind).get(url);
    expect(status).toBe(200);
    expect(options(html)).toEqual(order);
  });
});
