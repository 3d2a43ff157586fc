import { money, OutcomeUnknown, Rejected, UntrustedMessage, type RefundRequest } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import { FakeAlipay, SETTINGS, type Reply } from './testing/fake-alipay.js';

const REQUEST: RefundRequest = {
  reference: 'ref_000000000001',
  paymentReference: 'pay_000000000001',
  paymentProviderReference: '2026112322001400000000000001',
  amount: money(333),
  total: money(1_999),
  reason: '少了一颗 🍅',
  notifyUrl: 'https://pay.test/notifications/alipay/acc_1',
};
const NUMBERS = { trade_no: REQUEST.paymentProviderReference, out_trade_no: REQUEST.paymentReference };
const MOVED = { ...NUMBERS, fund_change: 'Y', refund_fee: '3.33', gmt_refund_pay: '2026-11-23 11:59:50' };
const REPEATED = { ...MOVED, fund_change: 'N' };
const FOUND = { ...NUMBERS, out_request_no: REQUEST.reference, refund_amount: '3.33', refund_status: 'REFUND_SUCCESS' };
const SUCCEEDED = { state: 'succeeded', amount: money(333) };
const NOT_EXIST = { code: '40004', sub_code: 'TRADE_NOT_EXIST' };

function refundsWith(refundReply: Reply, queryReply?: Reply) {
  const replies = { 'trade.refund': refundReply, ...(queryReply && { 'trade.fastpay.refund.query': queryReply }) };
  const fake = new FakeAlipay(replies);
  const refunds = alipay.connect(SETTINGS, fake.tools).refunds;
  if (refunds === undefined) throw new Error('No refunds.');
  return { fake, refund: () => refunds.refund(REQUEST), query: () => refunds.query(REQUEST) };
}

const query = (reply: Reply) => refundsWith({}, reply).query();

describe('refunding', () => {
  it('has succeeded when money moved in this call', async () => {
    const { fake, refund } = refundsWith(MOVED);
    expect(await refund()).toEqual({ ...SUCCEEDED, refundedAt: new Date('2026-11-23T03:59:50Z') });
    expect(fake.calls[0]?.content).toEqual({
      ...NUMBERS,
      out_request_no: REQUEST.reference,
      refund_amount: '3.33',
      refund_reason: '少了一颗',
    });
  });

  it('takes refund_fee for the sum of all refunds, never for this one', async () => {
    expect(await refundsWith({ ...MOVED, refund_fee: '10.00' }).refund()).toMatchObject({ amount: money(333) });
  });

  it('does not take a bare 10000 for success: it asks', async () => {
    const { fake, refund } = refundsWith(REPEATED, FOUND);
    expect(await refund()).toEqual(SUCCEEDED);
    expect(fake.methods).toEqual(['trade.refund', 'trade.fastpay.refund.query']);
    expect(await refundsWith(NUMBERS, FOUND).refund()).toEqual(SUCCEEDED);
  });

  it('asks too when the sum is smaller than what was asked for', async () => {
    expect(await refundsWith({ ...MOVED, refund_fee: '3.32' }, NUMBERS).refund()).toEqual({ state: 'processing' });
  });

  it('that was taken but is not to be found yet is under way, never "not found"', async () => {
    expect(await refundsWith(REPEATED, NUMBERS).refund()).toEqual({ state: 'processing' });
    expect(await refundsWith(REPEATED, NOT_EXIST).refund()).toEqual({ state: 'processing' });
  });

  it('that was taken stays unknown when the question fails, whatever it fails with', async () => {
    for (const reply of [
      { code: '40004', sub_code: 'ACQ.INVALID_PARAMETER' },
      { code: '40005' },
      { raw: '', status: 500 },
    ]) {
      await expect(refundsWith(REPEATED, reply).refund()).rejects.toBeInstanceOf(OutcomeUnknown);
    }
  });

  it.each(['TRADE_HAS_CLOSE', 'TRADE_HAS_FINISHED', 'TRADE_STATUS_ERROR', 'REASON_TRADE_REFUND_FEE_ERR'])(
    'refused with %s may be refused because it succeeded before: it asks',
    async (code) => {
      const refused = { code: '40004', sub_code: `ACQ.${code}` };
      expect(await refundsWith(refused, FOUND).refund()).toEqual(SUCCEEDED);
      await expect(refundsWith(refused, NUMBERS).refund()).rejects.toMatchObject({
        name: 'Rejected',
        code: `ACQ.${code}`,
      });
      await expect(refundsWith(refused, { code: '20000' }).refund()).rejects.toBeInstanceOf(OutcomeUnknown);
    },
  );

  it('is refused when the merchant has too little money, without a question', async () => {
    const { fake, refund } = refundsWith({ code: '40004', sub_code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH' });
    await expect(refund()).rejects.toMatchObject({ reason: 'merchant_balance_too_low' });
    expect(fake.methods).toEqual(['trade.refund']);
  });

  it('is not refused but unknown when our number is there with another amount', async () => {
    await expect(
      refundsWith({ code: '40004', sub_code: 'ACQ.DISCORDANT_REPEAT_REQUEST' }).refund(),
    ).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('does not take a genuine answer about another trade', async () => {
    await expect(refundsWith({ ...MOVED, out_trade_no: 'pay_000000000002' }).refund()).rejects.toBeInstanceOf(
      UntrustedMessage,
    );
    await expect(refundsWith({ ...MOVED, trade_no: '2026' }).refund()).rejects.toBeInstanceOf(UntrustedMessage);
  });
});

describe('asking about a refund', () => {
  it('finds it by our number, to the fen, with its date when there is one', async () => {
    expect(await query(FOUND)).toEqual(SUCCEEDED);
    expect(await query({ ...FOUND, gmt_refund_pay: '2026-11-23 11:59:50' })).toEqual({
      ...SUCCEEDED,
      refundedAt: new Date('2026-11-23T03:59:50Z'),
    });
    const { refund_status: _, ...older } = FOUND;
    expect(await query(older)).toEqual(SUCCEEDED);
  });

  it.each([
    ['REFUND_PROCESSING', { state: 'processing' }],
    ['REFUND_FAIL', { state: 'stuck', code: 'REFUND_FAIL' }],
  ])('finds it in the state %s, with an amount or without', async (refund_status, snapshot) => {
    expect(await query({ ...FOUND, refund_status })).toEqual(snapshot);
    expect(await query({ ...FOUND, refund_status, refund_amount: '' })).toEqual(snapshot);
  });

  it('calls a 10000 without any refund field "not found", and a missing trade too', async () => {
    expect(await query({})).toEqual({ state: 'not_found' });
    expect(await query(NUMBERS)).toEqual({ state: 'not_found' });
    expect(await query(NOT_EXIST)).toEqual({ state: 'not_found' });
  });

  it.each([
    ['another amount', { refund_amount: '3.34' }],
    ['an amount that is none', { refund_amount: '3.333' }],
    ['success without an amount', { refund_amount: '' }],
    ['no number', { out_request_no: '' }],
    ['a status that no document lists', { refund_status: 'REFUND_MAYBE' }],
  ])('calls %s unknown', async (_, change) => {
    await expect(query({ ...FOUND, ...change })).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('does not take a genuine answer about another refund', async () => {
    await expect(query({ ...FOUND, out_request_no: 'ref_000000000002' })).rejects.toBeInstanceOf(UntrustedMessage);
  });

  it('passes on a refusal of the question itself', async () => {
    await expect(query({ code: '40005', sub_code: 'isv.app-call-limited' })).rejects.toBeInstanceOf(Rejected);
  });
});
