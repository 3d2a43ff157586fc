import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatBeijing } from './beijing-time.js';
import { TestMerchant } from './test-merchant.js';

const DAY_MS = 86_400_000;

describe('a strict account', () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start({ strict: true });
  });
  afterAll(() => merchant.stop());

  const run = (method: string, biz: Record<string, unknown>, changes: Record<string, string> = {}) =>
    merchant.post(merchant.signed(method, biz, changes));
  const precreate = (number: string, biz: object = {}, changes: Record<string, string> = {}) =>
    run('alipay.trade.precreate', { out_trade_no: number, total_amount: '1.00', subject: 'Rice', ...biz }, changes);

  it('gives one code per number', async () => {
    expect(await precreate('s_1')).toMatchObject({ code: '10000' });
    expect(await precreate('s_1')).toMatchObject({ sub_code: 'ACQ.APPLY_PC_MERCHANT_CODE_ERROR' });
  });

  it.each([{ subject: 'a=b' }, { time_expire: formatBeijing(Date.now() + 30_000) }])(
    'refuses what a friendly one lets pass: %#',
    async (biz) => {
      expect(await precreate('s_2', biz)).toMatchObject({ sub_code: 'ACQ.INVALID_PARAMETER' });
    },
  );

  it.each([
    'http://127.0.0.1:3000/n',
    'http://localhost/n',
    'http://shop/n',
    'http://10.1.2.3/n',
    'http://172.16.0.1/n',
    'http://192.168.1.1/n',
    'http://169.254.1.1/n',
    'http://[::1]/n',
    'http://0.0.0.0/n',
    'http://shop.local/n',
    'http://2130706433/n',
  ])('wants a notify_url that Alipay could reach, not %s', async (notify_url) => {
    expect(await precreate('s_3', {}, { notify_url })).toMatchObject({ sub_code: 'ACQ.INVALID_PARAMETER' });
  });

  it.each(['http://shop.example.com/n', 'https://172.32.0.1/n'])('takes %s', async (notify_url) => {
    expect(await precreate(`s_${notify_url.length}`, {}, { notify_url })).toMatchObject({ code: '10000' });
  });

  it('takes the time of any zone, and none that is more than a day off', async () => {
    const at = (ms: number) =>
      precreate(`s_${ms}`.replace('-', 'm'), {}, { timestamp: formatBeijing(Date.now() + ms) });
    expect(await at(-8 * 3_600_000)).toMatchObject({ code: '10000' });
    expect(await at(-DAY_MS - 60_000)).toMatchObject({ sub_code: 'isv.invalid-timestamp' });
    expect(await at(DAY_MS + 60_000)).toMatchObject({ sub_code: 'isv.invalid-timestamp' });
  });

  it('wants three seconds between refunds of one trade, and lets the same refund be asked for again at once', async () => {
    const order = { out_trade_no: 's_r', total_amount: '9.00', subject: 'Rice', buyer_id: '2088000000000007' };
    await run('alipay.trade.create', order);
    const [trade] = merchant.sandbox.trades.list({ reference: 's_r' });
    if (trade !== undefined) await merchant.sandbox.cashier.pay(trade);
    const refund = (request: string) =>
      run('alipay.trade.refund', { out_trade_no: 's_r', refund_amount: '1.00', out_request_no: request });
    expect(await refund('r1')).toMatchObject({ fund_change: 'Y' });
    expect(await refund('r1')).toMatchObject({ fund_change: 'N' });
    expect(await refund('r2')).toMatchObject({ code: '40005', sub_code: 'isv.method-call-limited' });
    expect(trade?.refunded).toBe(100);
    await merchant.sandbox.clock.advance(3_000);
    expect(await refund('r2')).toMatchObject({ fund_change: 'Y' });
  });
});
