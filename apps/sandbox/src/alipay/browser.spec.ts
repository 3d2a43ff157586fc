import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe('page and wap orders in a browser', () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const pageOrder = (number: string, other: Record<string, string> = {}) =>
    merchant.signed(
      'alipay.trade.page.pay',
      { out_trade_no: number, total_amount: '12.50', subject: '<b>Rice</b>', product_code: 'FAST_INSTANT_TRADE_PAY' },
      { return_url: 'http://127.0.0.1:9/back?from=shop', ...other },
    );
  const visit = async (fields: Record<string, string>): Promise<string> =>
    (await fetch(`${merchant.gateway}?${new URLSearchParams(fields)}`)).text();
  const press = (html: string): Promise<Response> => {
    const order = /name="order" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const body = new URLSearchParams({ order, payer: 'payer-1' });
    return fetch(`${merchant.sandbox.url}/alipay/cashier`, { method: 'POST', body, redirect: 'manual' });
  };

  it('shows a cashier that says it is a sandbox, with everything escaped, and makes no trade yet', async () => {
    const html = await visit(pageOrder('b_1'));
    expect(html).toContain('SANDBOX');
    expect(html).toContain('¥12.50');
    expect(html).toContain('&lt;b&gt;Rice&lt;/b&gt;');
    expect(merchant.sandbox.trades.list({ reference: 'b_1' })).toEqual([]);
  });

  it('pays at the button and returns with signed parameters that have no status', async () => {
    const answer = await press(await visit(pageOrder('b_2')));
    expect(answer.status).toBe(303);
    const returned = Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
    const { from, ...signed } = returned;
    expect([from, signed['method'], signed['total_amount']]).toEqual(['shop', 'alipay.trade.page.pay.return', '12.50']);
    expect(signed).not.toHaveProperty('trade_status');
    expect(merchant.sdk.checkNotifySignV2(signed)).toBe(true);
    expect(merchant.sandbox.trades.list({ reference: 'b_2' })[0]).toMatchObject({ state: 'paid' });
  });

  it('stays on its own page when the payer declines, and lets the shop be returned to only from the cashier', async () => {
    const cashier = await fetch(`${merchant.gateway}?${new URLSearchParams(pageOrder('decline_b1'))}`);
    expect(cashier.headers.get('content-security-policy')).toContain("form-action 'self' http: https:");
    const answer = await press(await cashier.text());
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('支付未成功')]);
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'none'");
    expect(merchant.sandbox.trades.list({ reference: 'decline_b1' })[0]).toMatchObject({ state: 'awaiting_payer' });
  });

  it('says what is wrong on a GBK page, not in JSON', async () => {
    const broken = { ...pageOrder('b_3'), return_url: 'http://127.0.0.1:9/elsewhere' };
    const answer = await fetch(`${merchant.gateway}?${new URLSearchParams(broken)}`);
    expect(answer.headers.get('content-type')).toBe('text/html;charset=GBK');
    const text = new TextDecoder('gbk').decode(await answer.arrayBuffer());
    expect(text).toContain('错误代码 invalid-signature 错误原因: 验签出错');
  });

  it.each([
    ['isv.insufficient-isv-permissions', '错误代码 insufficient-isv-permissions 错误原因: ISV权限不足'],
    ['ACQ.TOTAL_FEE_EXCEED', '错误代码 ACQ.TOTAL_FEE_EXCEED 错误原因: 订单总金额超过限额'],
    [undefined, '错误代码 unknow-error 错误原因: 系统繁忙'],
  ])('can be told to show %s', async (code, words) => {
    const rules = [{ match: { operation: 'order' }, action: 'error', times: 1, ...(code && { code }) }];
    await merchant.control('faults', { rules }, 'PUT');
    const answer = await fetch(`${merchant.gateway}?${new URLSearchParams(pageOrder('b_fault'))}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html;charset=GBK']);
    expect(new TextDecoder('gbk').decode(await answer.arrayBuffer())).toContain(words);
  });

  it('refuses a second payment of the same order', async () => {
    const answer = await press(await visit(pageOrder('b_2', { charset: 'utf-8' })));
    expect(new TextDecoder('gbk').decode(await answer.arrayBuffer())).toContain('TRADE_HAS_SUCCESS');
  });

  it.each([
    [{ type: 'redirect', url: 'GATEWAY', form: { app_id: '2021' } }, 'isv.invalid-app-id'],
    [{ type: 'invoke_sdk', sdk: 'alipay_app', params: { order_string: 'app_id=1' } }, 'isv.invalid-app-id'],
    [{ type: 'invoke_sdk', sdk: 'alipay_jsapi', params: { trade_no: '1' } }, 'ACQ.TRADE_NOT_EXIST'],
    [{ type: 'show_qr_code', content: 'https://qr.alipay.com/bax0' }, 'No order behind'],
  ])('a wallet that cannot open it says why: %j', async (action, detail) => {
    const next_action = JSON.parse(JSON.stringify(action).replace('GATEWAY', merchant.gateway)) as unknown;
    const answer = await merchant.control('open', { next_action });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).toContain(detail);
  });

  it('opens a form in place of a link the same way', async () => {
    const { biz_content = '', ...query } = pageOrder('b_4');
    const next_action = {
      type: 'redirect',
      url: `${merchant.gateway}?${new URLSearchParams(query)}`,
      form: { biz_content },
    };
    const answer = await merchant.control('open', { next_action });
    expect(await answer.json()).toMatchObject({ data: { reference: 'b_4', state: 'awaiting_payer', amount: 1250 } });
  });
});
