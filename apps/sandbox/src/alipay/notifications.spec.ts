import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

const MINUTE_MS = 60_000;

describe('notifications', () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  async function paid(number: string, notifyUrl = merchant.notifyUrl): Promise<void> {
    const biz = {
      out_trade_no: number,
      total_amount: '10.00',
      subject: 'Rice & 米',
      passback_params: 'a%3D1',
      buyer_id: '2088000000000007',
    };
    await merchant.post(merchant.signed('alipay.trade.create', biz, { notify_url: notifyUrl }));
    const [trade] = merchant.sandbox.trades.list({ reference: number });
    if (trade !== undefined) await merchant.sandbox.cashier.pay(trade);
    await merchant.sandbox.settled();
  }
  const refund = async (number: string, amount: string, request: string): Promise<Record<string, string>> => {
    await merchant.post(
      merchant.signed('alipay.trade.refund', { out_trade_no: number, refund_amount: amount, out_request_no: request }),
    );
    await merchant.sandbox.settled();
    return merchant.notified.at(-1) ?? {};
  };

  it('says what was paid, with no empty field, in a signed form', async () => {
    await paid('n_1');
    const notified = merchant.notified.at(-1) ?? {};
    expect(notified).toMatchObject({
      notify_type: 'trade_status_sync',
      app_id: merchant.account.app_id,
      seller_id: merchant.account.seller_id,
      out_trade_no: 'n_1',
      trade_status: 'TRADE_SUCCESS',
      total_amount: '10.00',
      buyer_id: '2088000000000007',
      subject: 'Rice & 米',
      passback_params: 'a%3D1',
      fund_bill_list: '[{"amount":"10.00","fundChannel":"ALIPAYACCOUNT"}]',
    });
    expect(Object.values(notified)).not.toContain('');
    expect(notified).not.toHaveProperty('gmt_refund');
    expect(merchant.sdk.checkNotifySignV2(notified)).toBe(true);
    expect(merchant.sandbox.notifier.deliveries().at(-1)?.headers['content-type']).toBe(
      'application/x-www-form-urlencoded; charset=utf-8',
    );
  });

  it('tells a partial refund as another TRADE_SUCCESS, the last one as TRADE_CLOSED', async () => {
    const partial = await refund('n_1', '4.00', 'r1');
    expect(partial).toMatchObject({
      trade_status: 'TRADE_SUCCESS',
      refund_fee: '4.00',
      out_biz_no: 'r1',
      gmt_refund: expect.stringMatching(/\.\d{3}$/),
    });
    expect(partial).not.toHaveProperty('gmt_close');
    const full = await refund('n_1', '6.00', 'r2');
    expect(full).toMatchObject({
      trade_status: 'TRADE_CLOSED',
      refund_fee: '10.00',
      out_biz_no: 'r2',
      gmt_close: expect.any(String),
    });
    expect(merchant.sdk.checkNotifySignV2(full)).toBe(true);
  });

  it('comes again 4m, 10m, 10m, 1h, 2h, 6h and 15h later unless the answer is exactly `success`', async () => {
    const before = merchant.notified.length;
    merchant.answer = { status: 200, body: '"success"' };
    await paid('n_2');
    const counts: number[] = [];
    for (const minutes of [4, 10, 10, 60, 120, 360, 900, 900]) {
      await merchant.sandbox.clock.advance(minutes * MINUTE_MS + 1_000);
      counts.push(merchant.notified.length - before);
    }
    expect(counts).toEqual([2, 3, 4, 5, 6, 7, 8, 8]);
    expect(new Set(merchant.notified.slice(before).map((one) => one['notify_id'])).size).toBe(1);
  });

  it('stops at `success` with 200, not with another status', async () => {
    merchant.answer = { status: 201, body: 'success' };
    await paid('n_3');
    merchant.answer = { status: 200, body: 'success' };
    await merchant.sandbox.clock.advance(4 * MINUTE_MS + 1_000);
    const verdicts = merchant.sandbox.notifier
      .deliveries()
      .filter(({ reference }) => reference === 'n_3')
      .map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['refused', 'accepted']);
  });

  it.each(['bad_signature', 'wrong_key', 'no_signature'])('can be told to forge: %s', async (action) => {
    const match = { provider: 'alipay', operation: 'notification' };
    await merchant.control('faults', { rules: [{ match, phase: 'before', action, times: 1 }] }, 'PUT');
    await paid(`n_${action}`);
    expect(merchant.sdk.checkNotifySignV2(merchant.notified.at(-1) ?? {})).toBe(false);
  });
});

describe('notifications of trades that close unpaid', () => {
  const order = (number: string, notify_url: string, timeout_express: string) =>
    [
      'alipay.trade.create',
      { out_trade_no: number, total_amount: '1.00', subject: 'Tea', buyer_id: '2088000000000007', timeout_express },
      { notify_url },
    ] as const;

  it('are sent to apps that asked for them, without a word of payment or refund', async () => {
    const merchant = await TestMerchant.start({ notify_closed: true });
    await merchant.post(merchant.signed(...order('closed', merchant.notifyUrl, '1h')));
    await merchant.post(merchant.signed(...order('expired', merchant.notifyUrl, '5m')));
    await merchant.post(merchant.signed('alipay.trade.close', { out_trade_no: 'closed' }));
    await merchant.sandbox.clock.advance(5 * MINUTE_MS);
    await merchant.sandbox.settled();
    const { notified } = merchant;
    await merchant.stop();
    expect(notified.map(({ out_trade_no: number, trade_status: status }) => [number, status])).toEqual([
      ['closed', 'TRADE_CLOSED'],
      ['expired', 'TRADE_CLOSED'],
    ]);
    for (const fields of notified) {
      expect(merchant.sdk.checkNotifySignV2(fields)).toBe(true);
      expect(fields).toHaveProperty('gmt_close');
      for (const name of ['gmt_payment', 'receipt_amount', 'fund_bill_list', 'refund_fee', 'gmt_refund']) {
        expect(fields).not.toHaveProperty(name);
      }
    }
  });

  it('are sent to nobody else', async () => {
    const merchant = await TestMerchant.start();
    await merchant.post(merchant.signed(...order('closed', merchant.notifyUrl, '1h')));
    await merchant.post(merchant.signed('alipay.trade.close', { out_trade_no: 'closed' }));
    await merchant.sandbox.settled();
    await merchant.stop();
    expect(merchant.notified).toEqual([]);
  });
});
