import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestReceiver, testReceiver } from '../frame/test-receiver.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

describe('WeChat Pay refunds', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;
  let receiver: TestReceiver;
  let count = 0;
  let order = '';

  beforeAll(async () => {
    receiver = await testReceiver();
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(async () => {
    order = `refund_${++count}`;
    await merchant.place('native', order);
  });

  const payIt = async (): Promise<void> => {
    const [trade] = sandbox.trades.list({ reference: order });
    if (trade !== undefined) await sandbox.cashier.pay(trade);
  };

  it('refuses an unpaid order as one that does not exist', async () => {
    const answer = await merchant.refund(order, `${order}_a`, 1);
    expect([answer.status, answer.json.code, answer.trusted]).toEqual([404, 'RESOURCE_NOT_EXISTS', true]);
  });

  it('accepts first and settles within a second, telling its own notify_url', async () => {
    await payIt();
    const before = receiver.received.length;
    const accepted = await merchant.refund(order, `${order}_a`, 299, { notify_url: receiver.url });
    expect(accepted.json).toMatchObject({
      status: 'PROCESSING',
      channel: 'ORIGINAL',
      amount: { refund: 299, total: 1_299 },
    });
    expect(accepted.json.refund_id).toMatch(/^\d{29}$/);
    await sandbox.clock.advance(1_000);
    const { json } = await merchant.get(`/v3/refund/domestic/refunds/${order}_a`);
    expect(json).toMatchObject({ status: 'SUCCESS', refund_id: accepted.json.refund_id });
    expect(json.success_time).toBeDefined();
    const [notice] = receiver.received.slice(before);
    const { event_type: event, resource } = JSON.parse(notice?.body ?? '{}');
    expect(event).toBe('REFUND.SUCCESS');
    expect(JSON.parse(merchant.opened(resource))).toMatchObject({
      refund_status: 'SUCCESS',
      out_refund_no: `${order}_a`,
    });
    expect((await merchant.query(order)).json.trade_state).toBe('REFUND');
    expect(sandbox.trades.list({ reference: order })[0]).toMatchObject({ state: 'paid', refunded: 299 });
  });

  it('never gives back more than was paid, settled or not', async () => {
    await payIt();
    expect((await merchant.refund(order, `${order}_a`, 1_000)).status).toBe(200);
    const over = await merchant.refund(order, `${order}_b`, 300);
    expect([over.status, over.json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect((await merchant.refund(order, `${order}_c`, 299)).status).toBe(200);
    await sandbox.clock.advance(1_000);
    expect(sandbox.trades.list({ reference: order })[0]).toMatchObject({ state: 'refunded', refunded: 1_299 });
  });

  it('takes a refund number once: the same again is the same refund, other content is refused', async () => {
    await payIt();
    const first = await merchant.refund(order, `${order}_a`, 100);
    const again = await merchant.refund(order, `${order}_a`, 100);
    expect(again.json.refund_id).toBe(first.json.refund_id);
    const other = await merchant.refund(order, `${order}_a`, 200);
    expect([other.status, other.json.code]).toEqual([400, 'INVALID_REQUEST']);
  });

  it('refuses the fifty-first part, a wrong total and a missing currency', async () => {
    await payIt();
    for (let part = 1; part <= 50; part += 1) await merchant.refund(order, `${order}_${part}`, 1);
    expect((await merchant.refund(order, `${order}_51`, 1)).json.message).toBe('订单退款次数超过上限');
    const total = await merchant.refund(order, `${order}_x`, 1, { amount: { refund: 1, total: 2, currency: 'CNY' } });
    expect(total.json.code).toBe('INVALID_REQUEST');
    const currency = await merchant.refund(order, `${order}_x`, 1, { amount: { refund: 1, total: 1_299 } });
    expect(currency.json.message).toContain('/body/amount/currency');
  });

  it('knows nothing of a refund that it never accepted', async () => {
    const answer = await merchant.get('/v3/refund/domestic/refunds/never-sent');
    expect([answer.status, answer.json.code]).toEqual([404, 'RESOURCE_NOT_EXISTS']);
  });

  it('refuses after 365 days', async () => {
    await payIt();
    await sandbox.clock.advance(366 * 86_400_000);
    expect((await merchant.refund(order, `${order}_a`, 1)).json.code).toBe('TRADE_OVERDUE');
  });
});
