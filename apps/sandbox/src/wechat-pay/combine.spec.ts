import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control } from '../control/test-control.js';
import { type TestReceiver, testReceiver } from '../frame/test-receiver.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { openidOf } from './identifiers.js';
import { type MerchantAnswer, TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const COMBINE = '/v3/combine-transactions';

describe('combined orders', () => {
  let sandbox: Sandbox;
  let platform: TestMerchant;
  let shop: TestMerchant;
  let receiver: TestReceiver;

  beforeAll(async () => {
    receiver = await testReceiver();
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    platform = await TestMerchant.of(sandbox);
    shop = await TestMerchant.of(sandbox, 'public-key');
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const subOrder = (number: string, total: number, merchant = platform) => ({
    mchid: merchant.account.mchid,
    attach: `for ${number}`,
    amount: { total_amount: total, currency: 'CNY' },
    out_trade_no: number,
    description: `柚子 ${number}`,
  });
  const body = (number: string, more: object = {}) => ({
    combine_appid: platform.account.appid,
    combine_mchid: platform.account.mchid,
    combine_out_trade_no: number,
    sub_orders: [subOrder(`${number}_a`, 300), subOrder(`${number}_b`, 700, shop)],
    notify_url: receiver.url,
    ...more,
  });
  const combine = (number: string, product = 'native', more: object = {}): Promise<MerchantAnswer> =>
    platform.post(`${COMBINE}/${product}`, body(number, more));
  const query = (number: string): Promise<MerchantAnswer> => platform.get(`${COMBINE}/out-trade-no/${number}`);
  const close = (number: string, orders: readonly object[]): Promise<MerchantAnswer> =>
    platform.post(`${COMBINE}/out-trade-no/${number}/close`, {
      combine_appid: platform.account.appid,
      sub_orders: orders,
    });
  const pay = async (reference: string, command: object = {}) => {
    const { body: found } = await control(sandbox.url, 'GET', `/trades?reference=${reference}`);
    return control(sandbox.url, 'POST', `/trades/${found.data[0].id}/pay`, command);
  };

  it('have one entrance per product', async () => {
    const openid = openidOf(platform.account.appid, 'payer-1');
    const jsapi = await combine('com_jsapi', 'jsapi', { combine_payer_info: { openid } });
    expect(jsapi.json.prepay_id).toMatch(/^wx.{34}$/);
    expect((await combine('com_app', 'app')).json.prepay_id).toMatch(/^wx.{34}$/);
    expect((await combine('com_native')).json.code_url).toMatch(/^weixin:\/\/wxpay/);
    const scene_info = { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } };
    expect((await combine('com_h5', 'h5', { scene_info })).json.h5_url).toContain('checkmweb?prepay_id=wx');
  });

  it('are paid all together, whichever of them is paid, and found by every number', async () => {
    await combine('com_paid');
    for (const reference of ['com_paid', 'com_paid_a', 'com_paid_b'])
      expect(sandbox.trades.list({ reference }), reference).not.toHaveLength(0);
    expect(sandbox.trades.list({ reference: 'com_paid' })).toHaveLength(2);
    expect((await pay('com_paid_b', { payer: 'payer-5' })).body.data.state).toBe('paid');
    const { json } = await query('com_paid');
    expect(json).toMatchObject({
      combine_appid: platform.account.appid,
      combine_mchid: platform.account.mchid,
      combine_out_trade_no: 'com_paid',
      combine_payer_info: { openid: openidOf(platform.account.appid, 'payer-5') },
      sub_orders: [
        {
          mchid: platform.account.mchid,
          out_trade_no: 'com_paid_a',
          trade_state: 'SUCCESS',
          attach: 'for com_paid_a',
          amount: { total_amount: 300, payer_amount: 300, currency: 'CNY' },
        },
        { mchid: shop.account.mchid, out_trade_no: 'com_paid_b', trade_type: 'NATIVE', amount: { payer_amount: 700 } },
      ],
    });
    const ids = json.sub_orders.map((order: { transaction_id: string }) => order.transaction_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('send one notification, to who combined them', async () => {
    await combine('com_note');
    const before = receiver.received.length;
    await pay('com_note');
    await sandbox.settled();
    expect(receiver.received).toHaveLength(before + 1);
    const notice = JSON.parse(receiver.received.at(-1)?.body ?? '{}');
    expect(notice.event_type).toBe('TRANSACTION.SUCCESS');
    expect(JSON.parse(platform.opened(notice.resource))).toEqual((await query('com_note')).json);
  });

  it('do not exist for the calls of single orders', async () => {
    await combine('com_basic');
    for (const number of ['com_basic', 'com_basic_a']) {
      const asked = await platform.query(number);
      expect([asked.status, asked.json.code]).toEqual([404, 'ORDER_NOT_EXIST']);
    }
    expect((await platform.close('com_basic_a')).json.code).toBe('ORDER_NOT_EXIST');
    expect((await platform.place('native', 'com_basic_a')).json.code).toBe('OUT_TRADE_NO_USED');
    await platform.place('native', 'single_1');
    expect((await query('single_1')).json.code).toBe('ORDER_NOT_EXIST');
  });

  it('are refunded one by one, each by who was paid', async () => {
    await combine('com_back');
    await pay('com_back');
    const amount = { refund: 700, total: 700, currency: 'CNY' };
    const foreign = await platform.refund('com_back_b', 'com_back_r1', 700, { amount });
    expect(foreign.json.code).toBe('RESOURCE_NOT_EXISTS');
    expect((await shop.refund('com_back_b', 'com_back_r1', 700, { amount })).json.status).toBe('PROCESSING');
    await sandbox.clock.advance(1_000);
    const states = (await query('com_back')).json.sub_orders.map((one: { trade_state: string }) => one.trade_state);
    expect(states).toEqual(['SUCCESS', 'REFUND']);
    const [a, b] = sandbox.trades.list({ reference: 'com_back' });
    expect([a?.refunded, b?.refunded]).toEqual([0, 700]);
  });

  it('are closed all together, by a body that lists exactly them', async () => {
    await combine('com_close');
    const [a, b] = [
      { mchid: platform.account.mchid, out_trade_no: 'com_close_a' },
      { mchid: shop.account.mchid, out_trade_no: 'com_close_b' },
    ];
    for (const listed of [[a], [a, a], [a, b, b], [a, { ...b, mchid: a.mchid }]])
      expect((await close('com_close', listed)).json.code).toBe('PARAM_ERROR');
    expect((await close('com_close', [b, a])).status).toBe(204);
    expect((await close('com_close', [a, b])).status).toBe(204);
    const states = (await query('com_close')).json.sub_orders.map((one: { trade_state: string }) => one.trade_state);
    expect(states).toEqual(['CLOSED', 'CLOSED']);
    expect((await pay('com_close_a')).status).toBe(409);
    expect((await close('com_none', [a, b])).json.code).toBe('ORDER_NOT_EXIST');
    await combine('com_kept');
    await pay('com_kept');
    const paid = await close('com_kept', [
      { ...a, out_trade_no: 'com_kept_a' },
      { ...b, out_trade_no: 'com_kept_b' },
    ]);
    expect(paid.json.code).toBe('ORDER_PAID');
  });

  it('take an identical repetition, with another entrance, and nothing else', async () => {
    const first = await combine('com_again');
    const second = await combine('com_again');
    expect(second.status).toBe(200);
    expect(second.json.code_url).not.toBe(first.json.code_url);
    expect((await combine('com_again', 'app')).json.code).toBe('OUT_TRADE_NO_USED');
    const orders = body('com_again').sub_orders;
    const settled = orders.map((order) => ({ ...order, settle_info: { profit_sharing: true } }));
    const other = await combine('com_again', 'native', { sub_orders: settled });
    expect([other.status, other.json.message]).toEqual([403, '重复下单且结算信息不一致']);
    expect((await combine('com_other', 'native', { sub_orders: orders })).json.code).toBe('OUT_TRADE_NO_USED');
    expect((await query('com_other')).json.code).toBe('ORDER_NOT_EXIST');
  });

  it.each([
    ['one order', [1]],
    ['eleven orders', Array.from({ length: 11 }, (_, index) => index)],
    ['the same number twice', [1, 1]],
  ])('are refused with %s', async (_what, indexes) => {
    const sub_orders = indexes.map((index) => subOrder(`com_few_${index}`, 100));
    expect((await combine('com_few', 'native', { sub_orders })).json.code).toBe('PARAM_ERROR');
    expect((await query('com_few')).status).toBe(404);
  });

  it('are refused when nobody could count their sum', async () => {
    const sub_orders = [subOrder('com_sum_a', Number.MAX_SAFE_INTEGER), subOrder('com_sum_b', 1)];
    const refused = await combine('com_sum', 'native', { sub_orders });
    expect([refused.json.code, refused.json.message]).toEqual(['PARAM_ERROR', '合单总金额超过上限']);
  });

  it('are refused for merchants that nobody knows', async () => {
    const orders = [subOrder('com_who_a', 1), { ...subOrder('com_who_b', 1), mchid: '1900000109' }];
    expect((await combine('com_who', 'native', { sub_orders: orders })).json.code).toBe('MCH_NOT_EXISTS');
  });

  it('open with the key of who combined them, and show the whole sum', async () => {
    const { prepay_id: prepayId } = (await combine('com_open', 'app')).json;
    const open = (params: object) =>
      control(sandbox.url, 'POST', '/open', { next_action: { type: 'invoke_sdk', sdk: 'wechat_app', params } });
    expect((await open(platform.appParams(prepayId))).status).toBe(200);
    expect((await open(shop.appParams(prepayId))).status).toBe(400);
    const scene_info = { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } };
    const { h5_url: url } = (await combine('com_page', 'h5', { scene_info })).json;
    const page = await (await fetch(url)).text();
    expect(page).toContain('10.00');
    expect(page).toContain('柚子 com_page_a、柚子 com_page_b');
  });

  it('obey the outcome that their number or their header names, not those of single orders in them', async () => {
    await combine('decline_com');
    expect((await pay('decline_com_b')).body.result).toBe('declined');
    const { status } = await platform.post(`${COMBINE}/native`, body('com_head'), {
      headers: { 'Sandbox-Outcome': 'cancelled' },
    });
    expect([status, (await pay('com_head_a')).body.result]).toEqual([200, 'cancelled']);
    const sub_orders = [subOrder('decline_x', 1), subOrder('nofunds_x', 1)];
    await combine('com_calm', 'native', { sub_orders });
    expect((await pay('decline_x')).body.result).toBe('success');
  });

  it('take all of the money or none of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 2, maxLength: 10 }),
        async (sums) => {
          const name = `com_${randomUUID().slice(0, 12)}`;
          await combine(name, 'native', { sub_orders: sums.map((sum, index) => subOrder(`${name}_${index}`, sum)) });
          const { result } = (await pay(name, { payer: name })).body;
          const total = sums.reduce((all, sum) => all + sum, 0);
          expect(result).toBe(total <= 1_000_000 ? 'success' : 'insufficient_funds');
          const wallet = sandbox.payers.all().find(({ id }) => id === openidOf(platform.account.appid, name));
          expect(wallet?.balance).toBe(result === 'success' ? 1_000_000 - total : 1_000_000);
          const states = new Set(sandbox.trades.list({ reference: name }).map(({ state }) => state));
          expect([...states]).toEqual([result === 'success' ? 'paid' : 'awaiting_payer']);
        },
      ),
      { numRuns: 25 },
    );
  });
});
