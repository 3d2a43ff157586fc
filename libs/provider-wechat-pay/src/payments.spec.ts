import { OutcomeUnknown, Rejected, UntrustedMessage, type Payments, type Snapshot } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { bare, impostor, Line, MCHID, paidOrder, settings, signed, unpaidOrder, type Answer } from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

function paymentsOn(line: Line, more: Readonly<Record<string, unknown>> = {}): Required<Payments> {
  return wechatPay.connect(settings(more), line.tools).payments as Required<Payments>;
}

function query(answer: Answer, more: Readonly<Record<string, unknown>> = {}): Promise<Snapshot> {
  return paymentsOn(new Line(answer), more).query('att_0001');
}

const PAID = {
  state: 'paid',
  amount: { amount: 1_999, currency: 'CNY' },
  paidAt: new Date('2026-11-23T03:59:30.000Z'),
  providerReference: '4200001569202611231234567890',
  payee: MCHID,
  payer: { id: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
};

describe('a query', () => {
  it('asks by our number, naming the merchant inside the signed address', async () => {
    const line = new Line(signed(200, paidOrder()));
    await paymentsOn(line).query('att_0001');
    expect(line.last).toMatchObject({
      method: 'GET',
      url: 'https://api.mch.weixin.qq.com/v3/pay/transactions/out-trade-no/att_0001?mchid=1900000001',
    });
  });

  it('answers a paid order with what the merchant is owed, not with what coupons left to the payer', async () => {
    expect(await query(signed(200, paidOrder()))).toEqual(PAID);
  });

  it('takes a currency that is not named for yuan, and no other currency for yuan', async () => {
    expect(await query(signed(200, paidOrder({ amount: { total: 1_999 } })))).toEqual(PAID);
    expect(await query(signed(200, paidOrder({ amount: { total: 1_999, currency: 'HKD' } })))).toMatchObject({
      amount: { currency: 'HKD' },
    });
  });

  it('never calls an order of an app id that is not ours paid to us', async () => {
    expect(await query(signed(200, paidOrder({ appid: 'wxforeign' })))).toMatchObject({
      state: 'paid',
      payee: `${MCHID}/wxforeign`,
    });
    const more = { mini_program_appid: 'wxmini000000000000' };
    expect(await query(signed(200, paidOrder({ appid: 'wxmini000000000000' })), more)).toMatchObject({ payee: MCHID });
  });

  it.each([
    ['NOTPAY', { state: 'awaiting_payer' }],
    ['CLOSED', { state: 'closed' }],
    ['REVOKED', { state: 'closed' }],
    ['USERPAYING', { state: 'awaiting_payer' }],
    ['PAYERROR', { state: 'failed', code: 'PAYERROR' }],
    ['ACCEPT', { state: 'processing' }],
    ['REFUND', { state: 'refunded', amount: PAID.amount, payee: MCHID }],
  ])('reads an unpaid %s as %j', async (tradeState, snapshot) => {
    expect(await query(signed(200, unpaidOrder(tradeState)))).toEqual(snapshot);
  });

  it('answers a refunded order with what had been captured', async () => {
    expect(await query(signed(200, paidOrder({ trade_state: 'REFUND' })))).toEqual({ ...PAID, state: 'refunded' });
  });

  it.each([
    ['a state that no document lists', { trade_state: 'SETTLED' }],
    ['no state', { trade_state: undefined }],
    ['SUCCESS without their number', { transaction_id: undefined }],
    ['SUCCESS without a date', { success_time: undefined }],
    ['SUCCESS with a date that is none', { success_time: 'yesterday' }],
    ['SUCCESS without an amount', { amount: undefined }],
    ['SUCCESS with a decimal amount', { amount: { total: 19.99 } }],
    ['SUCCESS with an amount as text', { amount: { total: '1999' } }],
    ['SUCCESS with nothing paid', { amount: { total: 0 } }],
    ['CLOSED with a date of payment', { trade_state: 'CLOSED' }],
    ['NOTPAY with a date of payment', { trade_state: 'NOTPAY' }],
    ['PAYERROR with a date of payment', { trade_state: 'PAYERROR' }],
  ])('says unknown of %s', async (_what, more) => {
    await expect(query(signed(200, paidOrder(more)))).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it.each(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'ORDER_NOT_EXISTS'])('calls a signed %s a state', async (code) => {
    expect(await query(signed(404, { code, message: '订单不存在' }))).toEqual({ state: 'not_found' });
  });

  it('believes no "not found" that nobody signed', async () => {
    const content = { code: 'ORDER_NOT_EXIST', message: '订单不存在' };
    await expect(query(bare(404, content))).rejects.toBeInstanceOf(UntrustedMessage);
    await expect(query(signed(404, content, { by: impostor }))).rejects.toBeInstanceOf(UntrustedMessage);
    await expect(query(bare(404))).rejects.toBeInstanceOf(Rejected);
  });

  it('takes no genuine answer about another order or another merchant', async () => {
    await expect(query(signed(200, paidOrder({ out_trade_no: 'att_0002' })))).rejects.toBeInstanceOf(UntrustedMessage);
    await expect(query(signed(200, paidOrder({ mchid: '1900000002' })))).rejects.toBeInstanceOf(UntrustedMessage);
  });
});
