import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe("the wallet's notifications", () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const paid = async (reference: string): Promise<void> => {
    await merchant.call('POST', '/orders', merchant.order(reference));
    const [trade] = merchant.sandbox.trades.list({ reference });
    if (trade !== undefined) await merchant.sandbox.cashier.pay(trade);
    await merchant.sandbox.settled();
  };

  const last = () => {
    const { headers, text } = merchant.notified.at(-1) ?? { headers: {}, text: '{}' };
    const signed = `${String(headers['wallet-timestamp'])}\n${String(headers['wallet-nonce'])}\n${text}\n`;
    return {
      holds: headers['wallet-signature'] === merchant.hmac(signed),
      merchant: headers['wallet-merchant'],
      body: JSON.parse(text) as object,
    };
  };

  it('say what was paid, signed', async () => {
    await paid('note_1');
    expect(last()).toMatchObject({
      holds: true,
      merchant: merchant.id,
      body: {
        id: expect.any(String),
        type: 'order.paid',
        created_at: expect.any(String),
        data: { reference: 'note_1', state: 'paid', amount: 1299, payer_id: 'payer-1' },
      },
    });
  });

  it('say what was refunded, once', async () => {
    const refund = () => merchant.call('POST', '/orders/note_1/refunds', { refund_reference: 'refund_1', amount: 1 });
    await refund();
    await merchant.sandbox.settled();
    const count = merchant.notified.length;
    expect(last()).toMatchObject({
      holds: true,
      body: { type: 'refund.succeeded', data: { refund_reference: 'refund_1', amount: 1 } },
    });
    await refund();
    await merchant.sandbox.settled();
    expect(merchant.notified.length).toBe(count);
  });

  it('come again after 15s, 30s, 3m, 10m, 30m, 1h and 6h until 200 or 204', async () => {
    merchant.answer = 201;
    const before = merchant.notified.length;
    await paid('note_2');
    const counts: number[] = [];
    for (const seconds of [15, 30, 180, 600, 1_800, 3_600, 21_600, 21_600]) {
      await merchant.sandbox.clock.advance(seconds * 1_000 + 500);
      counts.push(merchant.notified.length - before);
    }
    expect(counts).toEqual([2, 3, 4, 5, 6, 7, 8, 8]);
    expect(new Set(merchant.notified.slice(before).map(({ text }) => text)).size).toBe(1);
    expect(new Set(merchant.notified.slice(before).map(({ headers }) => headers['wallet-nonce'])).size).toBe(8);
  });

  it.each(['bad_signature', 'wrong_key', 'no_signature'])('can be told to forge: %s', async (action) => {
    merchant.answer = 200;
    await merchant.control(
      'faults',
      { rules: [{ match: { provider: 'wallet', operation: 'notification' }, phase: 'before', action, times: 1 }] },
      'PUT',
    );
    await paid(`note_${action}`);
    expect(last().holds).toBe(false);
  });
});
