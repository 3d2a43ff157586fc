import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe('an order whose fields contradict each other', () => {
  let merchant: TestMerchant;
  beforeAll(async () => void (merchant = await TestMerchant.start()));
  afterAll(() => merchant.stop());

  const precreate = (number: string, more: object) =>
    merchant.call('alipay.trade.precreate', { out_trade_no: number, total_amount: '10.00', subject: 'Tea', ...more });

  it.each([
    [{ discountable_amount: '4.00', undiscountable_amount: '5.00' }, 'ACQ.INVALID_PARAMETER'],
    [{ enable_pay_channels: 'balance', disable_pay_channels: 'pcredit' }, 'ACQ.INVALID_PARAMETER'],
    [{ goods_detail: Array.from({ length: 151 }, () => ({ goods_id: 'a' })) }, 'ACQ.SUB_GOODS_SIZE_MAX_COUNT'],
  ])('is refused: %#', async (more, subCode) => {
    expect(await precreate('c_1', more)).toMatchObject({ subCode });
  });

  it('is refused when buyer and seller are one', async () => {
    const order = { out_trade_no: 'c_3', total_amount: '1.00', subject: 'Tea', buyer_id: merchant.account.seller_id };
    expect(await merchant.call('alipay.trade.create', order)).toMatchObject({ subCode: 'ACQ.BUYER_SELLER_EQUAL' });
  });

  it('passes once they agree', async () => {
    const parts = { discountable_amount: '10.00', undiscountable_amount: '0.00', goods_detail: [{ goods_id: 'a' }] };
    expect(await precreate('c_2', parts)).toMatchObject({ code: '10000' });
  });
});

describe('refund_detail_item_list', () => {
  it('is told to who asks for it, of a refund and of its query', async () => {
    const merchant = await TestMerchant.start();
    const order = { out_trade_no: 'd_1', total_amount: '10.00', subject: 'Tea', buyer_id: '2088000000000007' };
    await merchant.call('alipay.trade.create', order);
    const [trade] = merchant.sandbox.trades.list({ reference: 'd_1' });
    if (trade !== undefined) await merchant.sandbox.cashier.pay(trade);
    const asked = { out_trade_no: 'd_1', out_request_no: 'r1', query_options: ['refund_detail_item_list'] };
    const told = { refundDetailItemList: [{ fundChannel: 'ALIPAYACCOUNT', amount: '3.00' }], sendBackFee: '3.00' };
    expect(await merchant.call('alipay.trade.refund', { ...asked, refund_amount: '3.00' })).toMatchObject(told);
    expect(await merchant.call('alipay.trade.fastpay.refund.query', asked)).toMatchObject(told);
    await merchant.stop();
  });
});
