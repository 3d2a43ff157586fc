import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

const submit = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

describe("the wallet in the payer's hands", () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const payUrl = async (reference: string, other: object = {}): Promise<string> =>
    String((await merchant.call('POST', '/orders', merchant.order(reference, other))).body['pay_url']);
  const stateOf = async (reference: string) => (await merchant.call('GET', `/orders/${reference}`)).body['state'];

  it('shows amount and balances on a page that says SANDBOX, everything escaped', async () => {
    const html = await (await fetch(await payUrl('page_1', { description: '<b>Tea</b>' }))).text();
    for (const text of ['SANDBOX', '¥12.99', '¥10000.00', 'payer-1', '&lt;b&gt;Tea']) expect(html).toContain(text);
    expect((await fetch(`${merchant.sandbox.url}/wallet/pay/wo_none`)).status).toBe(404);
  });

  it('pays with the right password only, then goes back to the shop', async () => {
    const url = await payUrl('page_2', { return_url: 'http://127.0.0.1:9/back' });
    const wrong = await submit(url, { user: 'payer-1', password: '000000' });
    expect(await wrong.text()).toContain('Wrong password');
    expect(await stateOf('page_2')).toBe('awaiting_payer');
    const right = await submit(url, { user: 'payer-1', password: '123456' });
    expect([right.status, right.headers.get('location')]).toEqual([303, 'http://127.0.0.1:9/back']);
    expect(await stateOf('page_2')).toBe('paid');
    const twice = await submit(url, { user: 'payer-1', password: '123456' });
    expect([twice.status, await twice.text()]).toEqual([409, expect.stringContaining('This order is paid.')]);
  });

  it('says so when the balance is too small, and takes a top-up', async () => {
    const url = await payUrl('page_3', { amount: 1_000_001 });
    const poor = await submit(url, { user: 'poor', password: '123456' });
    expect(await poor.text()).toContain('Insufficient balance: poor has ¥10000.00');
    const topUp = await submit(`${merchant.sandbox.url}/wallet/top-up`, { user: 'poor', amount: '1' });
    expect(await topUp.json()).toEqual({ user: 'poor', balance: 1_000_001 });
    expect((await submit(url, { user: 'poor', password: '123456' })).status).toBe(200);
    expect(await stateOf('page_3')).toBe('paid');
  });

  it('stays with an order whose payer declines by itself, and is calm about one that is over', async () => {
    const url = await payUrl('decline_page', { return_url: 'http://127.0.0.1:9/back' });
    const declined = await submit(url, { user: 'payer-1', password: '123456' });
    expect([declined.status, await declined.text()]).toEqual([409, expect.stringContaining('支付未成功')]);
    await merchant.call('POST', '/orders/decline_page/close', {});
    const over = await fetch(url);
    const html = await over.text();
    expect([over.status, over.headers.get('content-security-policy')]).toEqual([
      410,
      expect.stringContaining("form-action 'none'"),
    ]);
    expect(html).toContain('订单已关闭');
    expect(html).not.toContain('<form');
  });

  it.each(['0', '10000001', '1.5', '-1', ''])('refuses a top-up of %j', async (amount) => {
    expect((await submit(`${merchant.sandbox.url}/wallet/top-up`, { user: 'poor', amount })).status).toBe(400);
  });

  it('opens from the redirect that the merchant was given', async () => {
    const url = await payUrl('page_4');
    const open = (target: string) => merchant.control('open', { next_action: { type: 'redirect', url: target } });
    expect(await (await open(url)).json()).toMatchObject({
      data: { provider: 'wallet', reference: 'page_4', state: 'awaiting_payer' },
    });
    expect((await open(`${merchant.sandbox.url}/wallet/pay/wo_none`)).status).toBe(404);
    expect((await open('http://127.0.0.1/elsewhere')).status).toBe(400);
  });
});
