import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe('/wallet/v1', () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const create = (reference: string, other: object = {}) =>
    merchant.call('POST', '/orders', merchant.order(reference, other));
  const pay = async (reference: string, command: object = {}) => {
    const [trade] = merchant.sandbox.trades.list({ reference });
    if (trade === undefined) throw new Error(reference);
    return merchant.sandbox.cashier.pay(trade, command);
  };
  const refund = (reference: string, refundReference: string, amount: number) =>
    merchant.call('POST', `/orders/${reference}/refunds`, { refund_reference: refundReference, amount });

  const close = (reference: string) => merchant.call('POST', `/orders/${reference}/close`, {});

  it('makes an order once, and answers the same one to the same content', async () => {
    const made = await create('order_1');
    expect([made.status, merchant.trusts(made)]).toEqual([201, true]);
    expect(made.body).toEqual({
      order_id: expect.stringMatching(/^wo_/),
      merchant_id: merchant.id,
      reference: 'order_1',
      amount: 1299,
      currency: 'CNY',
      state: 'awaiting_payer',
      amount_refunded: 0,
      pay_url: `${merchant.sandbox.url}/wallet/pay/${made.body['order_id']}`,
      expires_at: '2100-01-01T00:00:00.000Z',
    });
    const again = await create('order_1');
    expect([again.status, again.body]).toEqual([200, made.body]);
    expect((await create('order_1', { amount: 1300 })).body).toMatchObject({ code: 'order_exists' });
  });

  it.each([
    [{ 'wallet-merchant': 'wm_nobody' }],
    [{ 'wallet-signature': `v1=${'0'.repeat(64)}` }],
    [{ 'wallet-nonce': 'short' }],
    [{ 'wallet-timestamp': '1700000000' }],
    [{ 'wallet-timestamp': 'now' }],
    [{ 'wallet-signature': '' }],
  ])('answers 401, unsigned, to %j', async (headers) => {
    const answer = await merchant.call('GET', '/orders/order_1', undefined, headers);
    expect([answer.status, answer.body['code'], answer.headers.get('wallet-signature')]).toEqual([
      401,
      'unauthorized',
      null,
    ]);
    expect(merchant.sandbox.requests.all().at(-1)).toMatchObject({ verdict: 'refused', reason: expect.any(String) });
  });

  it('signs the query too, and the body byte for byte', async () => {
    const answer = await merchant.call('GET', '/orders/order_1?x=1');
    expect(answer.status).toBe(200);
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = merchant.hmac(`GET\n/wallet/v1/orders/order_1\n${timestamp}\n0123456789abcdef\n\n`);
    const moved = await merchant.call('GET', '/orders/order_1?x=2', undefined, {
      'wallet-timestamp': timestamp,
      'wallet-signature': signature,
    });
    expect(moved.status).toBe(401);
  });

  it.each([
    [{ merchant_id: 'wm_other' }],
    [{ amount: 0 }],
    [{ amount: 1.5 }],
    [{ amount: '1' }],
    [{ amount: 100_000_001 }],
    [{ currency: 'USD' }],
    [{ description: ' ' }],
    [{ description: '长'.repeat(128) }],
    [{ reference: 'short' }],
    [{ reference: 'with-dash' }],
    [{ expires_at: '2001-01-01T00:00:00Z' }],
    [{ expires_at: 'tomorrow' }],
    [{ notify_url: 'ftp://x' }],
    [{ notify_url: undefined }],
    [{ colour: 'red' }],
  ])('refuses an order with %j, and signs the refusal', async (other) => {
    const answer = await create('order_bad', other);
    expect([answer.status, answer.body['code'], merchant.trusts(answer)]).toEqual([400, 'invalid_request', true]);
  });

  it('shows what became of an order, and never another merchant’s', async () => {
    await pay('order_1', { payer: 'payer-2' });
    const paid = await merchant.call('GET', '/orders/order_1');
    expect(paid.body).toMatchObject({
      state: 'paid',
      payer_id: 'payer-2',
      paid_at: expect.any(String),
      amount_refunded: 0,
    });
    expect((await merchant.call('GET', '/orders/order_9')).body).toMatchObject({ code: 'order_not_found' });
  });

  it('closes what is unpaid, as often as asked', async () => {
    await create('order_2');
    expect((await close('order_2')).body).toMatchObject({ state: 'closed' });
    expect(await close('order_2')).toMatchObject({ status: 200, body: { state: 'closed' } });
    expect(await close('order_1')).toMatchObject({ status: 409, body: { code: 'order_paid' } });
    await expect(pay('order_2')).rejects.toThrow('closed');
    expect(await refund('order_2', 'refund_0', 1)).toMatchObject({ status: 409, body: { code: 'order_closed' } });
  });

  it('refunds in parts, once per refund_reference, never more than was paid', async () => {
    const first = await refund('order_1', 'refund_1', 299);
    expect(first.body).toMatchObject({
      refund_reference: 'refund_1',
      reference: 'order_1',
      amount: 299,
      state: 'succeeded',
      refunded_at: expect.any(String),
    });
    expect((await refund('order_1', 'refund_1', 299)).body).toEqual(first.body);
    expect((await merchant.call('GET', '/orders/order_1/refunds/refund_1')).body).toEqual(first.body);
    expect(await refund('order_1', 'refund_1', 300)).toMatchObject({ status: 409, body: { code: 'refund_mismatch' } });
    expect(await refund('order_1', 'refund_2', 1001)).toMatchObject({
      status: 409,
      body: { code: 'refund_exceeds_payment' },
    });
    expect((await merchant.call('GET', '/orders/order_1')).body).toMatchObject({ state: 'paid', amount_refunded: 299 });
    await refund('order_1', 'refund_3', 1000);
    expect((await merchant.call('GET', '/orders/order_1')).body).toMatchObject({
      state: 'refunded',
      amount_refunded: 1299,
    });
    expect(await merchant.call('GET', '/orders/order_1/refunds/refund_9')).toMatchObject({
      status: 404,
      body: { code: 'refund_not_found' },
    });
  });

  it('refunds nothing that is unpaid', async () => {
    await create('order_3');
    expect(await refund('order_3', 'refund_1', 1)).toMatchObject({
      status: 409,
      body: { code: 'refund_exceeds_payment' },
    });
  });

  it('closes an order when its time is over', async () => {
    const expires_at = new Date(merchant.sandbox.clock.now().getTime() + 60_000).toISOString();
    await create('order_4', { expires_at });
    await merchant.sandbox.clock.advance(61_000);
    expect((await merchant.call('GET', '/orders/order_4')).body).toMatchObject({ state: 'closed' });
    await pay('order_4', { force: true });
    expect((await merchant.call('GET', '/orders/order_4')).body).toMatchObject({ state: 'paid' });
  });

  const fail = (action: string) => {
    const rule = { match: { provider: 'wallet', operation: 'query' }, phase: 'before', action, times: 1 };
    return merchant.control('faults', { rules: [rule] }, 'PUT');
  };

  it.each(['bad_signature', 'wrong_key', 'no_signature'])('can be told to forge: %s', async (action) => {
    await fail(action);
    expect(merchant.trusts(await merchant.call('GET', '/orders/order_1'))).toBe(false);
    expect(merchant.trusts(await merchant.call('GET', '/orders/order_1'))).toBe(true);
  });

  it('can be told to answer with an old timestamp, well signed', async () => {
    await fail('stale_timestamp');
    const answer = await merchant.call('GET', '/orders/order_1');
    expect(merchant.trusts(answer)).toBe(true);
    expect(Number(answer.headers.get('wallet-timestamp'))).toBeLessThan(Date.now() / 1_000 - 300);
  });

  it('can be told to answer an error, signed', async () => {
    await fail('error');
    const answer = await merchant.call('GET', '/orders/order_1');
    expect([answer.status, answer.body['code'], merchant.trusts(answer)]).toEqual([503, 'unavailable', true]);
  });
});
