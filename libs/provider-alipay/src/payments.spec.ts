import { money, OutcomeUnknown, Rejected, UntrustedMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import { FakeAlipay, SETTINGS, type Reply } from './testing/fake-alipay.js';

const REFERENCE = 'pay_000000000001';
const NOT_FOUND = { code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST', out_trade_no: REFERENCE, receipt_amount: '0.00' };
const NOT_WAITING = { code: '40004', sub_code: 'ACQ.TRADE_STATUS_ERROR' };
const PAID = {
  out_trade_no: REFERENCE,
  trade_no: '2026112322001400000000000001',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '19.99',
  receipt_amount: '18.00',
  buyer_pay_amount: '17.50',
  send_pay_date: '2026-11-23 11:59:30',
  buyer_user_id: '2088102146225135',
};
const CAPTURED = {
  amount: money(1_999),
  paidAt: new Date('2026-11-23T03:59:30Z'),
  providerReference: PAID.trade_no,
  payee: SETTINGS.seller_id,
  payer: { id: PAID.buyer_user_id },
};

function paymentsWith(replies: Readonly<Record<string, Reply>>) {
  const fake = new FakeAlipay(replies);
  const { query, close } = alipay.connect(SETTINGS, fake.tools).payments;
  return { fake, query: () => query(REFERENCE), close: async () => close?.(REFERENCE) };
}

const query = (reply: Reply) => paymentsWith({ 'trade.query': reply }).query();

describe('asking about a payment', () => {
  it('reads what was ordered to the fen, not what was left after coupons and fees', async () => {
    expect(await query(PAID)).toEqual({ state: 'paid', ...CAPTURED });
  });

  it.each([
    ['0.01', 1],
    ['0.1', 10],
    ['0.29', 29],
    ['1', 100],
    ['19.9', 1_990],
    ['40150.45', 4_015_045],
    ['1000000.00', 100_000_000],
  ])('reads %s yuan as %i fen', async (yuan, fen) => {
    expect(await query({ ...PAID, total_amount: yuan })).toMatchObject({ state: 'paid', amount: money(fen) });
  });

  it.each(['', '19.999', '1e3', '-1', '1,999.00', ' 1', '０.01', '01'])('takes %j for no amount', async (yuan) => {
    await expect(query({ ...PAID, total_amount: yuan })).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('names the payer by the open id where there is one', async () => {
    expect(await query({ ...PAID, buyer_open_id: 'o-1' })).toMatchObject({ payer: { id: 'o-1' } });
    const { buyer_user_id: _, ...nameless } = PAID;
    expect(await query(nameless)).not.toHaveProperty('payer');
  });

  it('calls an order that Alipay does not know a state: it may still be on the payer’s device', async () => {
    expect(await query(NOT_FOUND)).toEqual({ state: 'not_found' });
  });

  it('tells a trade that was closed unpaid from one whose money went back', async () => {
    const { send_pay_date: _, ...unpaid } = { ...PAID, trade_status: 'TRADE_CLOSED' };
    expect(await query(unpaid)).toEqual({ state: 'closed' });
    expect(await query({ ...unpaid, send_pay_date: '' })).toEqual({ state: 'closed' });
    expect(await query({ ...PAID, trade_status: 'TRADE_CLOSED' })).toEqual({ state: 'refunded', ...CAPTURED });
  });

  it('tells waiting and finished trades', async () => {
    const { send_pay_date: _, ...waiting } = { ...PAID, trade_status: 'WAIT_BUYER_PAY' };
    expect(await query(waiting)).toEqual({ state: 'awaiting_payer' });
    expect(await query({ ...PAID, trade_status: 'TRADE_FINISHED' })).toMatchObject({ state: 'paid' });
  });

  it.each([
    ['an unlisted status', { trade_status: 'TRADE_PENDING' }],
    ['no status', { trade_status: '' }],
    ['success without a payment date', { send_pay_date: '' }],
    ['waiting with a payment date', { trade_status: 'WAIT_BUYER_PAY' }],
    ['a date that is none', { send_pay_date: '2026-11-31 25:00:00' }],
    ['no trade number', { trade_no: '' }],
    ['no order number', { out_trade_no: '' }],
    ['an amount that is a number', { total_amount: 19.99 }],
  ])('calls %s unknown, never failed', async (_, change) => {
    await expect(query({ ...PAID, ...change })).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('does not take the genuine answer about another order', async () => {
    await expect(query({ ...PAID, out_trade_no: 'pay_000000000002' })).rejects.toBeInstanceOf(UntrustedMessage);
  });

  it('passes on that the credentials are refused', async () => {
    await expect(query({ code: '40002', sub_code: 'isv.invalid-signature' })).rejects.toMatchObject({
      reason: 'invalid_configuration',
    });
  });
});

describe('closing a payment', () => {
  it('is closed on Alipay’s word', async () => {
    const { fake, close } = paymentsWith({ 'trade.close': { out_trade_no: REFERENCE, trade_no: PAID.trade_no } });
    expect(await close()).toBe('closed');
    expect(fake.methods).toEqual(['trade.close']);
  });

  it('of an order that does not exist yet is "not found", which is not "closed"', async () => {
    expect(await paymentsWith({ 'trade.close': NOT_FOUND }).close()).toBe('not_found');
  });

  it.each(['TRADE_STATUS_ERROR', 'REASON_TRADE_STATUS_INVALID', 'REASON_ILLEGAL_STATUS'])(
    'after %s asks what the trade is instead',
    async (code) => {
      const refused = { code: '40004', sub_code: `ACQ.${code}` };
      const closed = { ...PAID, trade_status: 'TRADE_CLOSED', send_pay_date: '' };
      const outcome = async (trade: Reply) => paymentsWith({ 'trade.close': refused, 'trade.query': trade }).close();
      expect(await outcome(PAID)).toBe('already_paid');
      expect(await outcome({ ...PAID, trade_status: 'TRADE_CLOSED' })).toBe('already_paid');
      expect(await outcome(closed)).toBe('closed');
      expect(await outcome(NOT_FOUND)).toBe('not_found');
    },
  );

  it('claims nothing when the trade is said to be waiting after all', async () => {
    const waiting = { ...PAID, trade_status: 'WAIT_BUYER_PAY', send_pay_date: '' };
    const { close } = paymentsWith({ 'trade.close': NOT_WAITING, 'trade.query': waiting });
    await expect(close()).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('never cancels, whatever the trade is: a cancel would refund a payer who was faster', async () => {
    const waiting = { ...PAID, trade_status: 'WAIT_BUYER_PAY', send_pay_date: '' };
    for (const trade of [PAID, waiting, { ...PAID, trade_status: 'TRADE_CLOSED' }, NOT_FOUND]) {
      const { fake, close } = paymentsWith({ 'trade.close': NOT_WAITING, 'trade.query': trade });
      await close().catch(() => 'unknown');
      expect(fake.methods).toEqual(['trade.close', 'trade.query']);
    }
  });

  it('passes any other refusal on', async () => {
    const { close } = paymentsWith({ 'trade.close': { code: '40004', sub_code: 'ACQ.INVALID_PARAMETER' } });
    await expect(close()).rejects.toBeInstanceOf(Rejected);
  });
});
