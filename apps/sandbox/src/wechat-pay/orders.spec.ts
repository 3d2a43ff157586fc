import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { openidOf } from './identifiers.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

/** Each takes some 80 bytes of the 6144 that `detail` may have. */
const goods = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, index) => ({
    merchant_goods_id: `goods-${index}`,
    quantity: 1,
    unit_price: 1_299,
    goods_name: '柚子柚子',
  }));

describe('WeChat Pay orders', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(() => sandbox.close());

  const pay = async (reference: string, command = {}): Promise<string> => {
    const [trade] = sandbox.trades.list({ reference });
    if (trade === undefined) throw new Error(`no trade ${reference}`);
    return sandbox.cashier.pay(trade, command);
  };

  const h5Scene = { scene_info: { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } } };

  it('answers each product with its own entrance', async () => {
    const openid = openidOf(merchant.account.appid, 'payer-1');
    expect((await merchant.place('jsapi', 'ord_jsapi', { payer: { openid } })).json.prepay_id).toMatch(/^wx.{34}$/);
    expect((await merchant.place('app', 'ord_app')).json.prepay_id).toMatch(/^wx.{34}$/);
    expect((await merchant.place('native', 'ord_native')).json.code_url).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=/);
    const h5 = await merchant.place('h5', 'ord_h5', h5Scene);
    expect(h5.json.h5_url).toMatch(
      new RegExp(`^${sandbox.url}/cgi-bin/mmpayweb-bin/checkmweb\\?prepay_id=wx.{34}&package=\\d+$`),
    );
  });

  it.each([
    [
      'a missing appid',
      { appid: undefined },
      '输入源“/body/appid”映射到字段“公众号ID”必填性规则校验失败，此字段为必填项',
    ],
    [
      'a total in quotes',
      { amount: { total: '1299' } },
      '无法将 JSON 输入源“/body/amount/total”映射到目标字段“总金额”中，此字段需要一个合法的 64 位有符号整数',
    ],
    [
      'nothing to pay',
      { amount: { total: 0 } },
      '输入源“/body/amount/total”映射到数值字段“总金额”规则校验失败，值低于最小值 1',
    ],
    [
      'a text over its bytes',
      { description: '柚'.repeat(43) },
      '输入源“/body/description”映射到值字段“商品描述”字符串规则校验失败，字节数 129，大于最大值 127',
    ],
    [
      'a short number',
      { out_trade_no: '12345' },
      '输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字节数 5，小于最小值 6',
    ],
  ])('refuses %s in the words of the real server', async (_what, change, message) => {
    const answer = await merchant.place('native', 'ord_bad_01', change);
    expect([answer.status, answer.json.code, answer.json.message]).toEqual([400, 'PARAM_ERROR', message]);
  });

  it.each([
    ['a number with other signs', { out_trade_no: 'ord#00001' }],
    ['emoji', { description: '🍊' }],
    ['null', { attach: null }],
    ['unknown fields', { colour: 'red' }],
    ['a notify_url with a query', { notify_url: 'https://example.com/n?a=1' }],
    ['another currency', { amount: { total: 1, currency: 'USD' } }],
    ['a way of paying that there is not', { limit_pay: ['no_cash'] }],
    ['goods without end', { detail: { invoice_id: 'i', goods_detail: goods(80) } }],
    ['a list of no goods', { detail: { goods_detail: [] } }],
  ])('refuses %s', async (_what, change) => {
    expect((await merchant.place('native', 'ord_bad_02', change)).json.code).toBe('PARAM_ERROR');
  });

  it('takes goods as long as they fit', async () => {
    expect((await merchant.place('native', 'ord_goods', { detail: { goods_detail: goods(20) } })).status).toBe(200);
  });

  it('refuses other merchants, foreign appids and openids of another appid', async () => {
    const mchid = await merchant.place('native', 'ord_bad_03', { mchid: '1900000109' });
    expect(mchid.json.message).toBe('http header中的mchid与post payload中的mchid不匹配');
    const appid = await merchant.place('native', 'ord_bad_03', { appid: 'wx0000000000000000' });
    expect([appid.status, appid.json.code]).toEqual([400, 'APPID_MCHID_NOT_MATCH']);
    sandbox.payers.wallet('wechat_pay', 'o-of-somebody-else', 'wx1111111111111111');
    const openid = await merchant.place('jsapi', 'ord_bad_03', { payer: { openid: 'o-of-somebody-else' } });
    expect(openid.json.message).toBe('appid和openid不匹配');
  });

  it('takes the same order again with a new entrance, and stops the older Native code', async () => {
    const first = await merchant.place('native', 'ord_again');
    const second = await merchant.place('native', 'ord_again');
    expect(second.status).toBe(200);
    expect(second.json.code_url).not.toBe(first.json.code_url);
  });

  it('refuses a used number for anything that differs, the endpoint included', async () => {
    await merchant.place('native', 'ord_used');
    for (const answer of [
      await merchant.place('native', 'ord_used', { amount: { total: 1, currency: 'CNY' } }),
      await merchant.place('app', 'ord_used'),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([403, 'OUT_TRADE_NO_USED']);
    }
  });

  it('refuses to place a paid or a closed order again', async () => {
    await merchant.place('native', 'ord_paid');
    await pay('ord_paid');
    expect((await merchant.place('native', 'ord_paid')).json.code).toBe('ORDER_PAID');
    await merchant.place('native', 'ord_closed');
    await merchant.close('ord_closed');
    expect((await merchant.place('native', 'ord_closed')).json.code).toBe('ORDER_CLOSED');
  });

  it('says only after payment what is known only then', async () => {
    await merchant.place('native', 'ord_states', { attach: 'a-1' });
    const unpaid = await merchant.query('ord_states');
    expect(unpaid.json).toMatchObject({ trade_state: 'NOTPAY', out_trade_no: 'ord_states', amount: { total: 1_299 } });
    expect(unpaid.json).not.toHaveProperty('transaction_id');
    await pay('ord_states', { payer: 'payer-7' });
    const { json } = await merchant.query('ord_states');
    expect(json).toMatchObject({
      trade_state: 'SUCCESS',
      trade_type: 'NATIVE',
      attach: 'a-1',
      payer: { openid: openidOf(merchant.account.appid, 'payer-7') },
      amount: { total: 1_299, payer_total: 1_299, currency: 'CNY', payer_currency: 'CNY' },
    });
    expect(json.transaction_id).toMatch(/^4200\d{24}$/);
    expect(json.success_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    const byId = await merchant.get(`/v3/pay/transactions/id/${json.transaction_id}?mchid=${merchant.account.mchid}`);
    expect(byId.json).toEqual(json);
  });

  it('needs the mchid in a query, and the right one', async () => {
    const path = '/v3/pay/transactions/out-trade-no/ord_states';
    expect((await merchant.get(path)).json.message).toContain('/query/mchid');
    expect((await merchant.get(`${path}?mchid=1900000109`)).json.message).toBe('商户号和订单信息不匹配');
  });

  it('closes again and again, but never a paid order', async () => {
    await merchant.place('native', 'ord_close');
    expect((await merchant.close('ord_close')).status).toBe(204);
    expect((await merchant.close('ord_close')).status).toBe(204);
    expect((await merchant.query('ord_close')).json.trade_state).toBe('CLOSED');
    const paid = await merchant.close('ord_paid');
    expect([paid.status, paid.json.code]).toEqual([400, 'ORDER_PAID']);
  });

  it('can be paid no more once closed, unless the payer had confirmed just before', async () => {
    await expect(pay('ord_close')).rejects.toMatchObject({ status: 409 });
    expect(await pay('ord_close', { force: true })).toBe('success');
    expect((await merchant.query('ord_close')).json.trade_state).toBe('SUCCESS');
  });

  it('stays unpaid when the payer declines, and takes their money only once', async () => {
    await merchant.place('native', 'ord_declined');
    expect(await pay('ord_declined', { result: 'declined' })).toBe('declined');
    expect((await merchant.query('ord_declined')).json.trade_state).toBe('NOTPAY');
    await merchant.place('native', 'ord_dear', { amount: { total: 1_000_001, currency: 'CNY' } });
    expect(await pay('ord_dear')).toBe('insufficient_funds');
    await pay('ord_declined', { payer: 'payer-3', result: 'cancelled' });
    await expect(pay('ord_declined', { payer: 'payer-4' })).rejects.toThrow('商家订单信息有误');
    await pay('ord_declined', { payer: 'payer-3' });
    await expect(pay('ord_declined', { payer: 'payer-3' })).rejects.toMatchObject({ status: 409 });
    const wallet = sandbox.payers.all().find(({ id }) => id === openidOf(merchant.account.appid, 'payer-3'));
    expect(wallet?.balance).toBe(1_000_000 - 1_299);
  });

  it('is not payable past time_expire yet not closed, and closes by itself after seven days', async () => {
    const inTwoMinutes = new Date(sandbox.clock.now().getTime() + 120_000).toISOString();
    await merchant.place('native', 'ord_expiry', { time_expire: inTwoMinutes });
    await sandbox.clock.advance(121_000);
    await expect(pay('ord_expiry')).rejects.toMatchObject({ status: 409 });
    expect((await merchant.query('ord_expiry')).json.trade_state).toBe('NOTPAY');
    await sandbox.clock.advance(7 * 86_400_000);
    expect((await merchant.query('ord_expiry')).json.trade_state).toBe('CLOSED');
  });

  it('lets an entrance lapse after its two hours until the order is placed again', async () => {
    await merchant.place('native', 'ord_prepay');
    await sandbox.clock.advance(7_200_001);
    await expect(pay('ord_prepay')).rejects.toThrow('支付请求已失效');
    await merchant.place('native', 'ord_prepay');
    expect(await pay('ord_prepay')).toBe('success');
  });
});
