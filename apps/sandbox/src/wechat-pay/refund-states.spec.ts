import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, type ControlAnswer } from '../control/test-control.js';
import { type TestReceiver, testReceiver } from '../frame/test-receiver.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant as WalletMerchant } from '../wallet/test-merchant.js';
import { beijingDate } from './beijing-time.js';
import { type Deviation, type MerchantAnswer, TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const A_SECOND_MS = 1_000;
const A_MINUTE_MS = 60_000;
const A_DAY_MS = 86_400_000;

describe('what comes of a WeChat Pay refund', () => {
  let sandbox: Sandbox;
  let receiver: TestReceiver;
  let merchant: TestMerchant;
  let strict: TestMerchant;
  let count = 0;
  let order = '';

  beforeAll(async () => {
    receiver = await testReceiver();
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
    await control(sandbox.url, 'POST', '/accounts', { provider: 'wechat_pay', name: 'strict', strict: true });
    strict = await TestMerchant.of(sandbox, 'strict');
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(async () => {
    order = `state_${++count}`;
    await pay();
  });

  const pay = async (): Promise<void> => {
    await merchant.place('native', order);
    const [trade] = sandbox.trades.list({ reference: order });
    if (trade !== undefined) await sandbox.cashier.pay(trade);
  };
  /** By code: nobody is notified of that. */
  const payStrictly = async (): Promise<void> => {
    const { code } = (await control(sandbox.url, 'POST', '/payer-codes', { provider: 'wechat_pay' })).body;
    expect((await strict.scan(order, code)).json.trade_state).toBe('SUCCESS');
  };
  const refundOf = (no: string, more: object = {}, deviation: Deviation = {}): Promise<MerchantAnswer> => {
    const amount = { refund: 299, total: 1_299, currency: 'CNY' };
    const body = { out_trade_no: order, out_refund_no: no, amount, notify_url: receiver.url, ...more };
    return merchant.post('/v3/refund/domestic/refunds', body, deviation);
  };
  const outcome = (value: string): Deviation => ({ headers: { 'sandbox-outcome': value } });
  const stateOf = async (no: string, of = merchant): Promise<string> =>
    (await of.get(`/v3/refund/domestic/refunds/${no}`)).json.status;
  const noticesOf = (no: string): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
    receiver.received
      .map(({ body }) => JSON.parse(body))
      .map(({ event_type: event, resource }) => [event, JSON.parse(merchant.opened(resource))] as const)
      .filter(([, content]) => content['out_refund_no'] === no);
  const decide = (no: string, result: string): Promise<ControlAnswer> => {
    const [trade] = sandbox.trades.list({ reference: order });
    return control(sandbox.url, 'POST', `/trades/${trade?.id}/refunds/${no}`, { result });
  };
  const merchantNet = async (): Promise<number> => {
    const { totals } = (await control(sandbox.url, 'GET', '/books')).body;
    return totals.find(({ account }: { account: string }) => account === 'certificate').net;
  };

  it.each([
    ['ABNORMAL', 'abnormal', '退款异常'],
    ['CLOSED', 'closed', '退款关闭'],
  ])('is %s when the call says so by header or number, and tells notify_url', async (status, value, summary) => {
    const before = await merchantNet();
    const byHeader = await refundOf(`${order}_h`, {}, outcome(value));
    const byNumber = await refundOf(`${value}_${order}`);
    expect([byHeader.json.status, byNumber.json.status]).toEqual(['PROCESSING', 'PROCESSING']);
    await sandbox.clock.advance(A_SECOND_MS);
    for (const no of [`${order}_h`, `${value}_${order}`]) {
      expect(await stateOf(no)).toBe(status);
      const [notice] = noticesOf(no);
      expect(notice).toMatchObject([`REFUND.${status}`, { refund_status: status, amount: { refund: 299 } }]);
      expect(notice?.[1]).not.toHaveProperty('success_time');
    }
    expect(JSON.parse(receiver.received.at(-1)?.body ?? '').summary).toBe(summary);
    expect([await merchantNet(), (await merchant.query(order)).json.trade_state]).toEqual([before, 'REFUND']);
  });

  it('gives the sum of a closed refund free for another number, that of an abnormal one not', async () => {
    const all = { amount: { refund: 1_299, total: 1_299, currency: 'CNY' } };
    await refundOf(`closed_${order}`, all);
    await sandbox.clock.advance(A_SECOND_MS);
    expect((await refundOf(`closed_${order}`, all)).json.status).toBe('CLOSED');
    expect((await refundOf(`abnormal_${order}`, all)).json.status).toBe('PROCESSING');
    await sandbox.clock.advance(A_SECOND_MS);
    expect((await refundOf(`${order}_again`, all)).json.code).toBe('INVALID_REQUEST');
  });

  it.each([
    ['not_enough', 'notenough_', 'NOT_ENOUGH'],
    ['user_account_abnormal', 'badpayer_', 'USER_ACCOUNT_ABNORMAL'],
  ])('is refused as %s, and the same number is free afterwards', async (value, prefix, code) => {
    for (const answer of [await refundOf(`${order}_a`, {}, outcome(value)), await refundOf(`${prefix}${order}`)]) {
      expect([answer.status, answer.json.code, answer.trusted]).toEqual([403, code, true]);
    }
    expect((await refundOf(`${order}_a`)).status).toBe(200);
    expect((await refundOf(`${prefix}${order}`, {}, outcome('success'))).status).toBe(200);
  });

  it('leaves headers about orders alone, and refuses those about nothing', async () => {
    expect((await refundOf(`${order}_a`, {}, outcome('declined'))).status).toBe(200);
    const misspelt = await refundOf(`${order}_b`, {}, outcome('abnormall'));
    expect([misspelt.status, misspelt.json.message]).toEqual([400, expect.stringContaining('user_account_abnormal')]);
  });

  it('is decided by the control surface, once', async () => {
    await refundOf(`${order}_a`);
    expect((await decide(`${order}_a`, 'abnormal')).body.data.refunds).toMatchObject([{ state: 'processing' }]);
    await sandbox.clock.advance(A_SECOND_MS);
    expect(await stateOf(`${order}_a`)).toBe('ABNORMAL');
    expect((await decide(`${order}_a`, 'closed')).status).toBe(409);
    expect((await decide(`${order}_a`, 'success')).body.data.refunded).toBe(299);
    expect(await stateOf(`${order}_a`)).toBe('SUCCESS');
    expect((await decide(`${order}_a`, 'success')).body.detail).toContain('is SUCCESS');
    await sandbox.settled();
    expect(noticesOf(`${order}_a`).map(([event]) => event)).toEqual(['REFUND.ABNORMAL', 'REFUND.SUCCESS']);
    expect([(await decide('none', 'success')).status, (await decide(`${order}_a`, 'lost')).status]).toEqual([404, 400]);
  });

  it('takes funds_account and sources as they were said, when the sources add up', async () => {
    const amount = { refund: 299, total: 1_299, currency: 'CNY' };
    const from = [
      { account: 'AVAILABLE', amount: 200 },
      { account: 'UNAVAILABLE', amount: 99 },
    ];
    const short = await refundOf(`${order}_a`, { amount: { ...amount, from: from.slice(0, 1) } });
    const twice = [from[0], { account: 'AVAILABLE', amount: 99 }];
    const doubled = await refundOf(`${order}_a`, { amount: { ...amount, from: twice } });
    expect([short.json.code, doubled.json.code]).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
    const taken = await refundOf(`${order}_a`, { funds_account: 'UNSETTLED', amount: { ...amount, from } });
    expect(taken.json).toMatchObject({ status: 'PROCESSING', funds_account: 'UNSETTLED', amount: { from } });
    expect((await refundOf(`${order}_b`)).json).toMatchObject({ funds_account: 'AVAILABLE', amount: { from: [] } });
  });

  it('reaches NOT_ENOUGH and the others through fault rules too', async () => {
    for (const code of ['NOT_ENOUGH', 'USER_ACCOUNT_ABNORMAL']) {
      sandbox.faults.set([
        { match: { operation: 'refund', reference: order }, phase: 'before', action: 'error', code },
      ]);
      const refused = await refundOf(`${order}_a`);
      expect([refused.status, refused.json.code]).toEqual([403, code]);
    }
    sandbox.faults.set([]);
    expect((await merchant.get(`/v3/refund/domestic/refunds/${order}_a`)).json.code).toBe('RESOURCE_NOT_EXISTS');
  });

  it('belongs to wires whose refunds take time', async () => {
    const wallet = await WalletMerchant.start();
    await wallet.call('POST', '/orders', wallet.order('wallet_0001'));
    const [trade] = wallet.sandbox.trades.list({ reference: 'wallet_0001' });
    const path = `/trades/${trade?.id}/refunds/r_1`;
    const refused = await control(wallet.sandbox.url, 'POST', path, { result: 'success' });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('at once')]);
    await wallet.stop();
  });

  describe('of a strict merchant', () => {
    const strictRefund = (no: string, refund = 299): Promise<MerchantAnswer> => strict.refund(order, no, refund);
    beforeEach(payStrictly);

    it('arrives after a minute, turns abnormal after a day, is closed after seven', async () => {
      await strictRefund(`${order}_s`);
      await sandbox.clock.advance(A_MINUTE_MS - 10 * A_SECOND_MS);
      expect(await stateOf(`${order}_s`, strict)).toBe('PROCESSING');
      await sandbox.clock.advance(10 * A_SECOND_MS);
      expect(await stateOf(`${order}_s`, strict)).toBe('SUCCESS');
      await strictRefund(`abnormal_${order}_s`);
      await sandbox.clock.advance(A_MINUTE_MS);
      await strictRefund(`closed_${order}_s`);
      await sandbox.clock.advance(A_DAY_MS - A_MINUTE_MS);
      expect(await stateOf(`abnormal_${order}_s`, strict)).toBe('ABNORMAL');
      await sandbox.clock.advance(6 * A_DAY_MS);
      expect(await stateOf(`closed_${order}_s`, strict)).toBe('PROCESSING');
      await sandbox.clock.advance(A_MINUTE_MS);
      expect(await stateOf(`closed_${order}_s`, strict)).toBe('CLOSED');
    });

    it('takes the next part a minute after the last, and repetitions at any time', async () => {
      expect((await strictRefund(`${order}_1`)).status).toBe(200);
      const hasty = await strictRefund(`${order}_2`);
      expect([hasty.status, hasty.json.code]).toEqual([429, 'FREQUENCY_LIMITED']);
      expect((await strictRefund(`${order}_1`)).status).toBe(200);
      await sandbox.clock.advance(A_MINUTE_MS);
      expect((await strictRefund(`${order}_2`)).status).toBe(200);
    });

    it('is under way in the bill of its day when it arrives on the next, for good', async () => {
      const [day, next] = [1, 2].map((days) => beijingDate(new Date(sandbox.clock.now().getTime() + days * A_DAY_MS)));
      await sandbox.clock.set(new Date(`${day}T23:50:00+08:00`));
      await strictRefund(`abnormal_${order}_b`);
      await sandbox.clock.set(new Date(`${next}T10:00:00+08:00`));
      const bill = async (): Promise<string> => {
        const { json } = await strict.get(`/v3/bill/tradebill?bill_date=${day}&bill_type=REFUND`);
        return (await strict.download(json.download_url)).bytes.toString('utf8');
      };
      const early = await bill();
      expect(early).toContain('`ORIGINAL,`PROCESSING');
      await sandbox.clock.advance(2 * A_DAY_MS);
      expect(await stateOf(`abnormal_${order}_b`, strict)).toBe('ABNORMAL');
      expect(await bill()).toBe(early);
    });
  });
});
