import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control, type ControlAnswer } from '../control/test-control.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { openidOf } from './identifiers.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const sdk = (name: string, params: Readonly<Record<string, string>>) => ({ type: 'invoke_sdk', sdk: name, params });

describe("what WeChat does on the payer's device", () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(() => sandbox.close());

  const open = (action: unknown, payer?: string): Promise<ControlAnswer> =>
    control(sandbox.url, 'POST', '/open', { next_action: action, ...(payer === undefined ? {} : { payer }) });
  const prepay = async (product: string, reference: string): Promise<string> => {
    const openid = openidOf(merchant.account.appid, 'payer-1');
    const more = product === 'jsapi' ? { payer: { openid } } : {};
    return (await merchant.place(product, reference, more)).json.prepay_id;
  };

  it('takes JSAPI and mini-program parameters that the merchant signed, the latter without appId too', async () => {
    const params = merchant.jsapiParams(await prepay('jsapi', 'open_0001'));
    const { appId: _, ...withoutAppId } = params;
    for (const action of [sdk('wechat_jsapi', params), sdk('wechat_mini_program', withoutAppId)]) {
      const answer = await open(action);
      expect([answer.status, answer.body.data?.reference]).toEqual([200, 'open_0001']);
    }
  });

  it('refuses parameters whose signature does not hold', async () => {
    const params = { ...merchant.jsapiParams(await prepay('jsapi', 'open_0002')), nonceStr: 'another' };
    const answer = await open(sdk('wechat_jsapi', params));
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('支付验证签名失败');
  });

  it('binds a JSAPI order to its openid', async () => {
    const action = sdk('wechat_jsapi', merchant.jsapiParams(await prepay('jsapi', 'open_0003')));
    const stranger = await open(action, 'payer-2');
    expect(stranger.status).toBe(409);
    expect(stranger.body.detail).toContain('下单账号与支付账号不一致');
    expect((await open(action, 'payer-1')).status).toBe(200);
    expect((await open(action, openidOf(merchant.account.appid, 'payer-1'))).status).toBe(200);
  });

  it('takes app parameters, and not those of another product', async () => {
    const params = merchant.appParams(await prepay('app', 'open_0004'));
    expect((await open(sdk('wechat_app', params))).body.data.reference).toBe('open_0004');
    const jsapi = merchant.jsapiParams(params['prepayid'] ?? '');
    expect((await open(sdk('wechat_jsapi', jsapi))).status).toBe(400);
  });

  it('gives a Native code to the first who scans it', async () => {
    const content = (await merchant.place('native', 'open_0005')).json.code_url;
    const action = { type: 'show_qr_code', content };
    expect((await open(action, 'payer-1')).status).toBe(200);
    expect((await open(action, 'payer-2')).status).toBe(409);
    const [trade] = sandbox.trades.list({ reference: 'open_0005' });
    const pay = (body: object) => control(sandbox.url, 'POST', `/trades/${trade?.id}/pay`, body);
    expect((await pay({ payer: 'payer-2' })).body.detail).toContain('商家订单信息有误');
    expect((await pay({ payer: 'payer-1' })).status).toBe(200);
    expect((await open({ type: 'show_qr_code', content: 'weixin://wxpay/bizpayurl?pr=nothing' })).status).toBe(404);
  });

  it('serves the page behind h5_url, pays there and sends the payer back', async () => {
    const scene = { scene_info: { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } } };
    const { h5_url: url } = (await merchant.place('h5', 'open_0006', scene)).json;
    expect((await open({ type: 'redirect', url })).body.data.reference).toBe('open_0006');
    const address = `${url}&redirect_url=${encodeURIComponent('http://127.0.0.1:3100/done')}`;
    const page = await (await fetch(address)).text();
    expect(page).toContain('SANDBOX');
    expect(page).toContain('12.99');
    const sent = await fetch(address, { method: 'POST', redirect: 'manual' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, 'http://127.0.0.1:3100/done']);
    expect((await merchant.query('open_0006')).json.trade_state).toBe('SUCCESS');
    expect((await fetch(address)).status).toBe(409);
  });

  it('lets an h5_url lapse after five minutes', async () => {
    const scene = { scene_info: { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } } };
    const { h5_url: url } = (await merchant.place('h5', 'open_0007', scene)).json;
    await sandbox.clock.advance(300_001);
    expect((await open({ type: 'redirect', url })).body.detail).toContain('支付请求已失效');
  });
});
