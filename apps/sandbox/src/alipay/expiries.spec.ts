import { describe, expect, it } from 'vitest';
import { formatBeijing } from './beijing-time.js';
import { TestMerchant } from './test-merchant.js';

describe('orders that end in the same second', () => {
  it('close together, but for the one that was paid', async () => {
    const merchant = await TestMerchant.start();
    const { clock, trades, cashier } = merchant.sandbox;
    const time_expire = formatBeijing(clock.now().getTime() + 600_000);
    for (const out_trade_no of ['a', 'b', 'c']) {
      const order = { out_trade_no, total_amount: '1.00', subject: 'Tea', buyer_id: '2088000000000007', time_expire };
      await merchant.call('alipay.trade.create', order);
    }
    const states = () => trades.list().map(({ reference, state }) => [reference, state]);
    const [paid] = trades.list({ reference: 'b' });
    if (paid !== undefined) await cashier.pay(paid);
    await clock.advance(500_000);
    const before = states();
    await clock.advance(100_000);
    const after = states();
    await merchant.stop();
    expect(before).toEqual([
      ['a', 'awaiting_payer'],
      ['b', 'paid'],
      ['c', 'awaiting_payer'],
    ]);
    expect(after).toEqual([
      ['a', 'closed'],
      ['b', 'paid'],
      ['c', 'closed'],
    ]);
  });
});
