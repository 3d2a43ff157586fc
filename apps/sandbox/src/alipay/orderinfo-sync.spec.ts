import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe('alipay.trade.orderinfo.sync', () => {
  let merchant: TestMerchant;
  let trade_no: string;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
    const order = { out_trade_no: 'credit_1', total_amount: '10.00', subject: '租借', buyer_id: '2088000000000007' };
    trade_no = (await merchant.call('alipay.trade.create', order))['tradeNo'] ?? '';
  });
  afterAll(() => merchant.stop());

  const sync = (out_request_no: string, status: string, more: object = {}) =>
    merchant.call('alipay.trade.orderinfo.sync', {
      trade_no,
      out_request_no,
      biz_type: 'CREDIT_AUTH',
      order_biz_info: JSON.stringify({ status }),
      ...more,
    });

  it('takes reports until one says that it is over; the same report again is the same answer', async () => {
    const first = await sync('s_1', 'VIOLATED');
    expect(first).toMatchObject({ code: '10000', outTradeNo: 'credit_1', buyerUserId: '2088000000000007' });
    expect(await sync('s_2', 'COMPLETE')).toMatchObject({ code: '10000' });
    expect(await sync('s_1', 'VIOLATED')).toMatchObject({ code: '10000' });
    expect(await sync('s_3', 'CLOSED')).toMatchObject({ subCode: 'ACQ.NOTIFY_STATUS_INVALID' });
  });

  it.each([
    ['another status under a used number', {}, 'ACQ.INVALID_PARAMETER'],
    ['an unknown trade', { trade_no: '2026' }, 'ACQ.TRADE_NOT_EXIST'],
    ['no trade_no', { trade_no: undefined, out_trade_no: 'credit_1' }, 'ACQ.INVALID_PARAMETER'],
    ['a scene that is no credit', { biz_type: 'OTHER' }, 'ACQ.INVALID_PARAMETER'],
    ['no status', { order_biz_info: '{}' }, 'ACQ.NOTIFY_STATUS_INVALID'],
    ['no JSON', { order_biz_info: '{' }, 'ACQ.INVALID_PARAMETER'],
  ])('refuses %s', async (_, more, subCode) => {
    expect(await sync('s_1', 'CLOSED', more)).toMatchObject({ subCode });
  });
});

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
