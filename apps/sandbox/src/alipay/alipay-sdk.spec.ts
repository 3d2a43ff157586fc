import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe('npm alipay-sdk, unmodified, in key mode', () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const open = async (nextAction: unknown): Promise<Record<string, unknown>> => {
    const answer = await merchant.control('open', { next_action: nextAction });
    return ((await answer.json()) as { data: Record<string, unknown> }).data;
  };
  const pay = (trade: Record<string, unknown>): Promise<Response> =>
    merchant.control(`trades/${trade['id']}/pay`, { payer: 'payer-1' });

  it('precreates a code, and knows no trade before somebody scans it', async () => {
    const order = { out_trade_no: 'qr_1', total_amount: '12.30', subject: '蔬菜 a/b' };
    const made = await merchant.call('alipay.trade.precreate', order, { notifyUrl: merchant.notifyUrl });
    expect(made).toMatchObject({
      code: '10000',
      outTradeNo: 'qr_1',
      qrCode: expect.stringMatching(/^https:\/\/qr\.alipay\.com\/bax/),
    });

    const before = await merchant.call('alipay.trade.query', { out_trade_no: 'qr_1' });
    expect(before).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_NOT_EXIST', receiptAmount: '0.00' });

    const trade = await open({ type: 'show_qr_code', content: made['qrCode'] });
    expect(trade).toMatchObject({ reference: 'qr_1', amount: 1230, state: 'awaiting_payer' });
    await pay(trade);
    const after = await merchant.call('alipay.trade.query', { out_trade_no: 'qr_1' });
    expect(after).toMatchObject({
      code: '10000',
      tradeStatus: 'TRADE_SUCCESS',
      totalAmount: '12.30',
      receiptAmount: '12.30',
    });
  });

  it('notifies in a form that checkNotifySignV2 accepts', async () => {
    await merchant.sandbox.settled();
    const notified = merchant.notified.at(-1) ?? {};
    expect(notified).toMatchObject({ out_trade_no: 'qr_1', trade_status: 'TRADE_SUCCESS', subject: '蔬菜 a/b' });
    expect(merchant.sdk.checkNotifySignV2(notified)).toBe(true);
    expect(merchant.sdk.checkNotifySignV2({ ...notified, total_amount: '99.99' })).toBe(false);
  });

  it('refunds in parts, and says what moved', async () => {
    const first = await merchant.call('alipay.trade.refund', {
      out_trade_no: 'qr_1',
      refund_amount: '2.30',
      out_request_no: 'r1',
    });
    expect(first).toMatchObject({ code: '10000', fundChange: 'Y', refundFee: '2.30' });
    const again = await merchant.call('alipay.trade.refund', {
      out_trade_no: 'qr_1',
      refund_amount: '2.30',
      out_request_no: 'r1',
    });
    expect(again).toMatchObject({ code: '10000', fundChange: 'N', refundFee: '2.30' });
    const asked = await merchant.call('alipay.trade.fastpay.refund.query', {
      out_trade_no: 'qr_1',
      out_request_no: 'r1',
    });
    expect(asked).toMatchObject({ code: '10000', refundStatus: 'REFUND_SUCCESS', refundAmount: '2.30' });
  });

  it('creates a JSAPI trade at once and closes it', async () => {
    const order = {
      out_trade_no: 'js_1',
      total_amount: '1.00',
      subject: 'Tea',
      buyer_open_id: 'open-id-of-ann',
      product_code: 'JSAPI_PAY',
      op_app_id: '2021000000000001',
    };
    const made = await merchant.call('alipay.trade.create', order);
    expect(made['tradeNo']).toMatch(/^\d{28}$/);
    expect(await merchant.call('alipay.trade.query', { trade_no: made['tradeNo'] })).toMatchObject({
      tradeStatus: 'WAIT_BUYER_PAY',
    });
    expect(await merchant.call('alipay.trade.close', { out_trade_no: 'js_1' })).toMatchObject({
      code: '10000',
      tradeNo: made['tradeNo'],
    });
    expect(await merchant.call('alipay.trade.close', { out_trade_no: 'js_1' })).toMatchObject({
      subCode: 'ACQ.TRADE_STATUS_ERROR',
    });
  });

  it('has its order string opened by the wallet', async () => {
    const bizContent = { out_trade_no: 'app_1', total_amount: '5.00', subject: '米' };
    const orderString = merchant.sdk.sdkExec('alipay.trade.app.pay', { bizContent, notifyUrl: merchant.notifyUrl });
    expect(await merchant.call('alipay.trade.query', { out_trade_no: 'app_1' })).toMatchObject({
      subCode: 'ACQ.TRADE_NOT_EXIST',
    });
    const trade = await open({ type: 'invoke_sdk', sdk: 'alipay_app', params: { order_string: orderString } });
    expect(trade).toMatchObject({ reference: 'app_1', state: 'awaiting_payer', product: 'app' });
  });

  it.each(['GET', 'POST'] as const)('has its page order opened by a browser (%s)', async (verb) => {
    const bizContent = {
      out_trade_no: `page_${verb}`,
      total_amount: '5.00',
      subject: '米 & "面"',
      product_code: 'FAST_INSTANT_TRADE_PAY',
    };
    const made = merchant.sdk.pageExec('alipay.trade.page.pay', verb, {
      bizContent,
      returnUrl: 'http://127.0.0.1:9/back',
    });
    const url = verb === 'GET' ? made : /action="([^"]*)"/.exec(made)?.[1];
    const inputs = [...made.matchAll(/name="(\w+)" value="([^"]*)"/g)];
    const form = Object.fromEntries(inputs.map(([, name, value = '']) => [name, value.replaceAll('&quot;', '"')]));
    expect(await open({ type: 'redirect', url, form })).toMatchObject({
      reference: `page_${verb}`,
      state: 'awaiting_payer',
    });
  });
});
