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
