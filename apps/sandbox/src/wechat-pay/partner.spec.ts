import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control } from '../control/test-control.js';
import { type TestReceiver, testReceiver } from '../frame/test-receiver.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { openidOf } from './identifiers.js';
import type { SubMerchant } from './partnership.js';
import { type MerchantAnswer, TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const BASE = '/v3/pay/partner/transactions';

describe('partner mode', () => {
  let sandbox: Sandbox;
  let partner: TestMerchant;
  let shop: SubMerchant;
  let other: SubMerchant;
  let receiver: TestReceiver;

  beforeAll(async () => {
    receiver = await testReceiver();
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    const wish = { provider: 'wechat_pay', name: 'partner', partner: true, sub_merchants: ['fruit', 'tea'] };
    const { body } = await control(sandbox.url, 'POST', '/accounts', wish);
    expect(body.partner).toBe(true);
    [shop, other] = body.sub_merchants;
    partner = await TestMerchant.of(sandbox, 'partner');
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const order = (number: string, more: object = {}) => ({
    sp_appid: partner.account.appid,
    sp_mchid: partner.account.mchid,
    sub_mchid: shop.sub_mchid,
    description: '一箱柚子',
    out_trade_no: number,
    notify_url: receiver.url,
    amount: { total: 1_299, currency: 'CNY' },
    ...more,
  });
  const place = (product: string, number: string, more: object = {}): Promise<MerchantAnswer> =>
    partner.post(`${BASE}/${product}`, order(number, more));
  const query = (number: string, sub = shop.sub_mchid): Promise<MerchantAnswer> =>
    partner.get(`${BASE}/out-trade-no/${number}?sp_mchid=${partner.account.mchid}&sub_mchid=${sub}`);
  const close = (number: string, sub = shop.sub_mchid): Promise<MerchantAnswer> =>
    partner.post(`${BASE}/out-trade-no/${number}/close`, { sp_mchid: partner.account.mchid, sub_mchid: sub });
  const pay = async (reference: string, command = {}): Promise<string> => {
    const [trade] = sandbox.trades.list({ reference });
    if (trade === undefined) throw new Error(`no trade ${reference}`);
    return sandbox.cashier.pay(trade, command);
  };
  const code = async (): Promise<string> =>
    (await control(sandbox.url, 'POST', '/payer-codes', { provider: 'wechat_pay', payer: 'payer-4' })).body.code;

  it('places every product for a sub merchant', async () => {
    const payer = { sp_openid: openidOf(partner.account.appid, 'payer-1') };
    expect((await place('jsapi', 'par_jsapi', { payer })).json.prepay_id).toMatch(/^wx.{34}$/);
    expect((await place('app', 'par_app')).json.prepay_id).toMatch(/^wx.{34}$/);
    expect((await place('native', 'par_native')).json.code_url).toMatch(/^weixin:/);
    const scene_info = { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } };
    expect((await place('h5', 'par_h5', { scene_info })).json.h5_url).toContain('checkmweb');
    const { notify_url: _, ...rest } = order('par_code');
    const scanned = { payer: { auth_code: await code() }, scene_info: { store_info: { id: '1' } } };
    const paid = await partner.post(`${BASE}/codepay`, { ...rest, ...scanned });
    expect(paid.json).toMatchObject({ sub_mchid: shop.sub_mchid, trade_type: 'MICROPAY', trade_state: 'SUCCESS' });
  });

  it('answers and notifies with both sides named', async () => {
    await place('native', 'par_paid', { sub_appid: shop.sub_appid });
    await pay('par_paid', { payer: 'payer-3' });
    await sandbox.settled();
    const { json } = await query('par_paid');
    expect(json).toMatchObject({
      sp_appid: partner.account.appid,
      sp_mchid: partner.account.mchid,
      sub_appid: shop.sub_appid,
      sub_mchid: shop.sub_mchid,
      trade_state: 'SUCCESS',
      payer: {
        sp_openid: openidOf(partner.account.appid, 'payer-3'),
        sub_openid: openidOf(shop.sub_appid, 'payer-3'),
      },
    });
    expect(json).not.toHaveProperty('mchid');
    const { resource } = JSON.parse(receiver.received.at(-1)?.body ?? '{}');
    expect(JSON.parse(partner.opened(resource))).toEqual(json);
    const both = `sp_mchid=${partner.account.mchid}&sub_mchid=${shop.sub_mchid}`;
    expect((await partner.get(`${BASE}/id/${json.transaction_id}?${both}`)).json).toEqual(json);
  });

  it('knows the payer under the appid of the openid that the order brought, and opens with either appid', async () => {
    const payer = { sub_openid: openidOf(shop.sub_appid, 'payer-1') };
    const { json } = await place('jsapi', 'par_sub', { payer, sub_appid: shop.sub_appid });
    for (const appid of [shop.sub_appid, partner.account.appid]) {
      const pack = `prepay_id=${json.prepay_id}`;
      const paySign = partner.signed([appid, '1554208460', 'nonce', pack]);
      const params = {
        appId: appid,
        timeStamp: '1554208460',
        nonceStr: 'nonce',
        package: pack,
        signType: 'RSA',
        paySign,
      };
      const opened = await control(sandbox.url, 'POST', '/open', {
        next_action: { type: 'invoke_sdk', sdk: 'wechat_jsapi', params },
        payer: 'payer-1',
      });
      expect(opened.status, opened.body.detail).toBe(200);
    }
    await pay('par_sub');
    expect((await query('par_sub')).json.payer.sub_openid).toBe(payer.sub_openid);
  });

  it.each([
    ['no sub_mchid', () => ({ sub_mchid: undefined }), 400, 'PARAM_ERROR', '268443704'],
    ['itself as sub merchant', () => ({ sub_mchid: partner.account.mchid }), 400, 'INVALID_REQUEST', '268443705'],
    ['a stranger as sub merchant', () => ({ sub_mchid: '1900000109' }), 403, 'NO_AUTH', '268443701'],
    ["another's sub_appid", () => ({ sub_appid: other.sub_appid }), 400, 'APPID_MCHID_NOT_MATCH', '268445527'],
    ["another merchant's sp_mchid", () => ({ sp_mchid: '1900000109' }), 400, 'PARAM_ERROR', '268435461'],
  ])('refuses %s', async (_what, change, status, name, internal) => {
    const answer = await place('native', 'par_bad', change());
    expect([answer.status, answer.json.code]).toEqual([status, name]);
    expect(answer.headers.get('request-id')).toMatch(new RegExp(`-${internal}$`));
    expect(answer.trusted).toBe(true);
  });

  it('needs exactly one openid for JSAPI, the sub merchant’s with its appid', async () => {
    const [sp, sub] = [openidOf(partner.account.appid, 'payer-1'), openidOf(shop.sub_appid, 'payer-1')];
    for (const payer of [{}, { sp_openid: sp, sub_openid: sub }, { sub_openid: sub }])
      expect((await place('jsapi', 'par_openid', { payer })).json.code).toBe('PARAM_ERROR');
  });

  it('keeps orders apart: a number is used once for all sub merchants, and each asks for its own', async () => {
    await place('native', 'par_apart');
    expect((await place('native', 'par_apart', { sub_mchid: other.sub_mchid })).json.code).toBe('OUT_TRADE_NO_USED');
    for (const answer of [await query('par_apart', other.sub_mchid), await close('par_apart', other.sub_mchid)]) {
      expect([answer.status, answer.json.message]).toEqual([400, '子商户号和订单信息不匹配']);
      expect(answer.headers.get('request-id')).toMatch(/-268447845$/);
    }
    expect((await close('par_apart')).status).toBe(204);
    expect((await query('par_apart')).json.trade_state).toBe('CLOSED');
  });

  it('reverses code pay orders', async () => {
    const { notify_url: _, ...rest } = order('par_reverse');
    const scanned = { payer: { auth_code: await code() }, scene_info: { store_info: { id: '1' } } };
    await partner.post(`${BASE}/codepay`, { ...rest, ...scanned });
    const whose = { sp_appid: partner.account.appid, sp_mchid: partner.account.mchid };
    const path = `${BASE}/out-trade-no/par_reverse/reverse`;
    expect((await partner.post(path, { ...whose, sub_mchid: other.sub_mchid })).status).toBe(400);
    const { json } = await partner.post(path, { ...whose, sub_mchid: shop.sub_mchid });
    expect(json).toEqual({ ...whose, sub_mchid: shop.sub_mchid, out_trade_no: 'par_reverse' });
    expect((await query('par_reverse')).json.trade_state).toBe('REVOKED');
  });

  it('refunds for the sub merchant, which every call names', async () => {
    await place('native', 'par_back');
    await pay('par_back');
    const sub = { sub_mchid: shop.sub_mchid, notify_url: receiver.url };
    expect((await partner.refund('par_back', 'par_r1', 100)).json.code).toBe('PARAM_ERROR');
    const wrong = await partner.refund('par_back', 'par_r1', 100, { sub_mchid: other.sub_mchid });
    expect(wrong.json.message).toBe('子商户号和订单信息不匹配');
    expect((await partner.refund('par_back', 'par_r1', 100, sub)).json.status).toBe('PROCESSING');
    await sandbox.clock.advance(1_000);
    const path = '/v3/refund/domestic/refunds/par_r1';
    expect((await partner.get(path)).json.code).toBe('PARAM_ERROR');
    expect((await partner.get(`${path}?sub_mchid=${other.sub_mchid}`)).status).toBe(400);
    expect((await partner.get(`${path}?sub_mchid=${shop.sub_mchid}`)).json.status).toBe('SUCCESS');
    const { resource } = JSON.parse(receiver.received.at(-1)?.body ?? '{}');
    expect(JSON.parse(partner.opened(resource))).toMatchObject({
      sp_mchid: partner.account.mchid,
      sub_mchid: shop.sub_mchid,
      out_refund_no: 'par_r1',
      refund_status: 'SUCCESS',
    });
  });

  it('sends an abnormal refund another way for the sub merchant that the call names', async () => {
    await place('native', 'par_odd');
    await pay('par_odd');
    const sub = { sub_mchid: shop.sub_mchid };
    const { json } = await partner.refund('par_odd', 'abnormal_par', 100, sub);
    await sandbox.clock.advance(1_000);
    const apply = (more: object): Promise<MerchantAnswer> =>
      partner.post(`/v3/refund/domestic/refunds/${json.refund_id}/apply-abnormal-refund`, {
        out_refund_no: 'abnormal_par',
        type: 'MERCHANT_BANK_CARD',
        ...more,
      });
    expect((await apply({})).json.code).toBe('PARAM_ERROR');
    expect((await apply({ sub_mchid: other.sub_mchid })).json.message).toBe('子商户号和订单信息不匹配');
    expect((await apply(sub)).json).toMatchObject({ status: 'PROCESSING', channel: 'OTHER_BANKCARD' });
  });

  it('has bills of everything, and of each sub merchant', async () => {
    await sandbox.clock.set(new Date('2031-03-15T12:00:00+08:00'));
    for (const [number, { sub_mchid }] of [['par_bill_1', shop] as const, ['par_bill_2', other] as const]) {
      await place('native', number, { sub_mchid });
      await pay(number);
    }
    await sandbox.clock.set(new Date('2031-03-16T12:00:00+08:00'));
    const bill = (query = ''): Promise<MerchantAnswer> =>
      partner.get(`/v3/bill/tradebill?bill_date=2031-03-15${query}`);
    const rows = async (query?: string): Promise<readonly (readonly (string | undefined)[])[]> => {
      const { bytes } = await partner.download((await bill(query)).json.download_url);
      const [head = '', ...lines] = bytes.toString('utf8').split('\r\n');
      const at = ['商户号', '特约商户号', '商户订单号'].map((column) => head.split(',').indexOf(column));
      return lines.slice(0, -3).map((line) => at.map((index) => line.slice(1).split(',`')[index]));
    };
    const { mchid } = partner.account;
    const [first, second] = [
      [mchid, shop.sub_mchid, 'par_bill_1'],
      [mchid, other.sub_mchid, 'par_bill_2'],
    ];
    expect(await rows()).toEqual([first, second]);
    expect(await rows(`&sub_mchid=${other.sub_mchid}`)).toEqual([second]);
    expect((await bill('&sub_mchid=1900000109')).json.code).toBe('NO_AUTH');
    expect((await bill(`&sub_mchid=${mchid}`)).json.code).toBe('INVALID_REQUEST');
  });

  it('keeps each mode to its own paths', async () => {
    const merchant = await TestMerchant.of(sandbox);
    for (const answer of [
      await partner.place('native', 'par_mode'),
      await partner.query('par_mode'),
      await merchant.post(`${BASE}/native`, order('par_mode')),
    ])
      expect([answer.status, answer.json.code]).toEqual([403, 'NO_AUTH']);
    const extra = await merchant.refund('par_mode', 'par_mode_r', 1, { sub_mchid: shop.sub_mchid });
    expect(extra.json.message).toContain('/body/sub_mchid');
  });

  it('combines one to fifty orders of its sub merchants', async () => {
    const combine = (number: string, count: number, more: object = {}) =>
      partner.post('/v3/combine-transactions/native', {
        combine_appid: partner.account.appid,
        combine_mchid: partner.account.mchid,
        combine_out_trade_no: number,
        notify_url: receiver.url,
        sub_orders: Array.from({ length: count }, (_, index) => ({
          mchid: partner.account.mchid,
          sub_mchid: index % 2 === 0 ? shop.sub_mchid : other.sub_mchid,
          attach: 'x',
          amount: { total_amount: 10, currency: 'CNY' },
          out_trade_no: `${number}_${index}`,
          description: '茶',
          ...more,
        })),
      });
    expect((await combine('par_one', 1)).status).toBe(200);
    expect((await combine('par_fifty', 50)).status).toBe(200);
    expect((await combine('par_more', 51)).json.code).toBe('PARAM_ERROR');
    expect((await combine('par_whose', 2, { sub_mchid: undefined })).json.code).toBe('PARAM_ERROR');
    await pay('par_fifty');
    const { json } = await partner.get('/v3/combine-transactions/out-trade-no/par_fifty');
    expect(json.sub_orders).toHaveLength(50);
    expect(json.sub_orders[1]).toMatchObject({ sub_mchid: other.sub_mchid, trade_state: 'SUCCESS' });
  });

  it.each([
    [{ partner: 'yes' }],
    [{ sub_merchants: ['a'] }],
    [{ partner: true, sub_merchants: [] }],
    [{ partner: true, sub_merchants: ['a', 'a'] }],
    [{ partner: true, sub_merchants: [1] }],
  ])('is made by a wish that makes sense: not %j', async (wish) => {
    const { status } = await control(sandbox.url, 'POST', '/accounts', {
      provider: 'wechat_pay',
      name: 'odd',
      ...wish,
    });
    expect(status).toBe(400);
  });
});
