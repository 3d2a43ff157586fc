import { OutcomeUnknown, Rejected, UntrustedMessage, type Refunds } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { bare, impostor, Line, refundObject, settings, signed, type Answer } from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

const REQUEST = {
  reference: 'ref_0001',
  paymentReference: 'att_0001',
  paymentProviderReference: '4200001569202611231234567890',
  amount: { amount: 333, currency: 'CNY' },
  total: { amount: 1_999, currency: 'CNY' },
  reason: '少了一颗🍅',
  notifyUrl: 'https://pay.example.com/notifications/wechat_pay/acc_1',
} as const;

function refundsOn(line: Line): Refunds {
  const { refunds } = wechatPay.connect(settings(), line.tools);
  if (refunds === undefined) throw new Error('WeChat Pay refunds.');
  return refunds;
}

const refund = (answer: Answer) => refundsOn(new Line(answer)).refund(REQUEST);
const query = (answer: Answer) => refundsOn(new Line(answer)).query(REQUEST);
const BOTH = [
  ['refund', refund],
  ['refund query', query],
] as const;

describe('a refund', () => {
  it('names the trade by their number, itself by ours, and both amounts in fen', async () => {
    const line = new Line(signed(200, refundObject()));
    await refundsOn(line).refund(REQUEST);
    expect(line.last).toMatchObject({
      method: 'POST',
      url: 'https://api.mch.weixin.qq.com/v3/refund/domestic/refunds',
    });
    expect(line.lastJson).toEqual({
      transaction_id: '4200001569202611231234567890',
      out_refund_no: 'ref_0001',
      reason: '少了一颗',
      notify_url: REQUEST.notifyUrl,
      amount: { refund: 333, total: 1_999, currency: 'CNY' },
    });
  });

  it('gives a reason of at most 80 bytes, never cut mid-character, or none', async () => {
    const line = new Line(signed(200, refundObject()), signed(200, refundObject()));
    await refundsOn(line).refund({ ...REQUEST, reason: '坏'.repeat(40) });
    expect(line.lastJson['reason']).toBe('坏'.repeat(26));
    await refundsOn(line).refund({ ...REQUEST, reason: '🍅' });
    expect(line.lastJson).not.toHaveProperty('reason');
  });

  it('is asked after by our number', async () => {
    const line = new Line(signed(200, refundObject()));
    await refundsOn(line).query(REQUEST);
    expect(line.last).toMatchObject({
      method: 'GET',
      url: 'https://api.mch.weixin.qq.com/v3/refund/domestic/refunds/ref_0001',
    });
  });

  it('is unknown at 429: its document says to query first', async () => {
    const limited = signed(429, { code: 'FREQUENCY_LIMITED', message: '频率限制' });
    await expect(refund(limited)).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(query(limited)).rejects.toMatchObject({ reason: 'rate_limited' });
  });

  it.each([
    [403, 'NOT_ENOUGH', 'merchant_balance_too_low'],
    [403, 'USER_ACCOUNT_ABNORMAL', 'payer_unfit'],
    [404, 'RESOURCE_NOT_EXISTS', 'order_not_found'],
    [404, 'MCH_NOT_EXISTS', 'invalid_configuration'],
  ])('is rejected by a signed %i %s', async (status, code, reason) => {
    const error = await refund(signed(status, { code, message: '' })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Rejected);
    expect(error).toMatchObject({ reason });
  });

  it('that WeChat Pay never accepted is not found, when that is signed', async () => {
    const content = { code: 'RESOURCE_NOT_EXISTS', message: '退款单不存在' };
    expect(await query(signed(404, content))).toEqual({ state: 'not_found' });
    await expect(query(bare(404, content))).rejects.toBeInstanceOf(UntrustedMessage);
    await expect(query(signed(404, content, { by: impostor }))).rejects.toBeInstanceOf(UntrustedMessage);
    await expect(query(signed(404, { code: 'MCH_NOT_EXISTS', message: '' }))).rejects.toMatchObject({
      reason: 'invalid_configuration',
    });
  });
});

describe.each(BOTH)('the answer to a %s', (_name, ask) => {
  const theirs = { providerReference: '50000000382019052709732678859' };

  it.each([
    ['PROCESSING', { state: 'processing', ...theirs }],
    [
      'SUCCESS',
      { state: 'succeeded', amount: REQUEST.amount, refundedAt: new Date('2026-11-23T03:59:50.000Z'), ...theirs },
    ],
    ['CLOSED', { state: 'failed', code: 'CLOSED', ...theirs }],
    ['ABNORMAL', { state: 'stuck', code: 'ABNORMAL', ...theirs }],
  ])('%s means %j', async (status, snapshot) => {
    expect(await ask(signed(200, refundObject({ status })))).toEqual(snapshot);
  });

  it('is unknown with a status that no document lists', async () => {
    await expect(ask(signed(200, refundObject({ status: 'CHANGE' })))).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(ask(signed(200, refundObject({ status: undefined })))).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('counts for this refund of this trade only', async () => {
    await expect(ask(signed(200, refundObject({ out_refund_no: 'ref_0002' })))).rejects.toBeInstanceOf(
      UntrustedMessage,
    );
    await expect(ask(signed(200, refundObject({ transaction_id: '4200009999' })))).rejects.toBeInstanceOf(
      UntrustedMessage,
    );
  });

  it.each([{ refund: 334 }, { refund: 333, currency: 'HKD' }, { refund: '333' }, {}])(
    'is unknown with the amount %j',
    async (amount) => {
      await expect(ask(signed(200, refundObject({ amount })))).rejects.toBeInstanceOf(OutcomeUnknown);
    },
  );
});
