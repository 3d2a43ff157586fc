import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

describe('the number that a fault rule names', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;
  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(() => sandbox.close());

  const breaking = (reference: string): void =>
    sandbox.faults.set([{ match: { reference }, phase: 'before', action: 'status', status: 502 }]);

  it('is the order number also where a call says the transaction or the refund', async () => {
    for (const number of ['ref_order', 'ref_other']) {
      await merchant.place('native', number);
      for (const trade of sandbox.trades.list({ reference: number })) await sandbox.cashier.pay(trade);
      await merchant.refund(number, `${number}_r`, 1);
    }
    const pathOf = async (number: string): Promise<string> =>
      `/v3/pay/transactions/id/${(await merchant.query(number)).json.transaction_id}?mchid=${merchant.account.mchid}`;
    const [mine, other] = [await pathOf('ref_order'), await pathOf('ref_other')];
    breaking('ref_order');
    expect((await merchant.get(mine)).status).toBe(502);
    expect((await merchant.get('/v3/refund/domestic/refunds/ref_order_r')).status).toBe(502);
    expect((await merchant.get(other)).status).toBe(200);
    expect((await merchant.get('/v3/refund/domestic/refunds/ref_other_r')).status).toBe(200);
  });

  it('is the combine number, or that of any order combined', async () => {
    const sub = (out_trade_no: string) => ({
      mchid: merchant.account.mchid,
      attach: 'x',
      amount: { total_amount: 1, currency: 'CNY' },
      out_trade_no,
      description: '茶',
    });
    const body = {
      combine_appid: merchant.account.appid,
      combine_mchid: merchant.account.mchid,
      combine_out_trade_no: 'ref_combine',
      sub_orders: [sub('ref_sub_a'), sub('ref_sub_b')],
      notify_url: 'http://127.0.0.1:9/notify',
    };
    for (const reference of ['ref_combine', 'ref_sub_b']) {
      breaking(reference);
      expect((await merchant.post('/v3/combine-transactions/native', body)).status, reference).toBe(502);
    }
    breaking('ref_sub_c');
    expect((await merchant.post('/v3/combine-transactions/native', body)).status).toBe(200);
  });
});
