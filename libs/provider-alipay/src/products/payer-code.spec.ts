import { money, OutcomeUnknown, UntrustedMessage, type PrepareRequest } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from '../alipay.js';
import { FakeAlipay, NOW, SETTINGS, type Reply } from '../testing/fake-alipay.js';

const REQUEST: PrepareRequest = {
  reference: 'pay_000000000001',
  amount: money(1_999),
  description: '新鲜番茄 2kg',
  requestedAt: NOW,
  expiresAt: new Date(NOW.getTime() + 5 * 60_000),
  notifyUrl: 'https://pay.test/notifications/alipay/acc_1',
  authCode: '28763443825664394',
};
const CHARGED = {
  out_trade_no: REQUEST.reference,
  trade_no: '2026112322001400000000000001',
  total_amount: '19.99',
  gmt_payment: '2026-11-23 12:00:01',
};
const PASSWORD_ASKED = { code: '10003', msg: ' order success pay inprocess', out_trade_no: REQUEST.reference };

function charging(reply: Reply | undefined, change: Partial<PrepareRequest> = {}) {
  const fake = new FakeAlipay(reply === undefined ? {} : { 'trade.pay': reply });
  const charge = alipay.connect(SETTINGS, fake.tools).payments.prepare.payer_code;
  if (charge === undefined) throw new Error('No payer_code.');
  return { fake, action: charge({ ...REQUEST, ...change }) };
}

describe('charging a code that the payer shows', () => {
  it('sends the code as a bar code, face to face', async () => {
    const { fake, action } = charging(CHARGED);
    await action;
    expect(fake.calls[0]?.content).toMatchObject({
      scene: 'bar_code',
      auth_code: REQUEST.authCode,
      product_code: 'FACE_TO_FACE_PAYMENT',
    });
  });

  it('leaves nothing to do once charged, and takes the word of the answer for no proof: no amount, no date', async () => {
    expect(await charging(CHARGED).action).toEqual({ type: 'none', expiresAt: REQUEST.expiresAt });
  });

  it('waits for a payer who is asked for the password, and asks again after five seconds', async () => {
    expect(await charging(PASSWORD_ASKED).action).toEqual({
      type: 'await_payer',
      pollAfterMs: 5_000,
      expiresAt: new Date(REQUEST.requestedAt.getTime() + 50_000),
    });
  });

  it('is unknown when Alipay is in trouble or says what no document lists: the money may have moved', async () => {
    const unknown: Reply[] = [
      { code: '20000', sub_code: 'aop.unknow-error' },
      { code: '20000', sub_code: 'aop.ACQ.SYSTEM_ERROR' },
      { code: '40004', sub_code: 'ACQ.SYSTEM_ERROR' },
      { code: '40004', sub_code: 'ACQ.SOMETHING_NEW' },
      { code: '10004' },
      { raw: '<html>', status: 502 },
    ];
    for (const reply of unknown) await expect(charging(reply).action).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it.each([
    ['ACQ.PAYMENT_AUTH_CODE_INVALID', 'payer_unfit'],
    ['ACQ.PULL_MOBILE_CASHIER_FAIL', 'payer_unfit'],
    ['ACQ.MOBILE_PAYMENT_SWITCH_OFF', 'payer_unfit'],
    ['ACQ.USER_FACE_PAYMENT_SWITCH_OFF', 'payer_unfit'],
    ['ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT', 'payer_unfit'],
    ['ACQ.PAYMENT_FAIL', 'payer_declined'],
    ['ACQ.BUYER_BALANCE_NOT_ENOUGH', 'insufficient_funds'],
    ['ACQ.TRADE_HAS_SUCCESS', 'order_paid'],
    ['ACQ.CONTEXT_INCONSISTENT', 'order_exists'],
    ['ACQ.ACCESS_FORBIDDEN', 'not_permitted'],
  ])('%s is a no: %s', async (code, reason) => {
    await expect(charging({ code: '40004', sub_code: code }).action).rejects.toMatchObject({
      name: 'Rejected',
      reason,
      code,
    });
  });

  it('takes no answer about another order, whether charged or waiting', async () => {
    for (const reply of [CHARGED, PASSWORD_ASKED]) {
      const { action } = charging({ ...reply, out_trade_no: 'pay_000000000002' });
      await expect(action).rejects.toBeInstanceOf(UntrustedMessage);
    }
  });

  it('waits here only: 10003 is no success of a query or a close', async () => {
    const inProcess = { code: '10003', out_trade_no: REQUEST.reference, trade_status: 'TRADE_SUCCESS' };
    const fake = new FakeAlipay({ 'trade.query': inProcess, 'trade.close': inProcess });
    const { query, close } = alipay.connect(SETTINGS, fake.tools).payments;
    await expect(query(REQUEST.reference)).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(close?.(REQUEST.reference)).rejects.toBeInstanceOf(OutcomeUnknown);
  });
});

describe('the code that the payer shows', () => {
  it.each([
    '2500000000000000',
    '250000000000000000000000',
    '28763443825664394',
    '3099999999999999',
    '309999999999999999999999',
  ])('may be %s', async (authCode) => {
    const { fake, action } = charging(CHARGED, { authCode });
    await action;
    expect(fake.calls[0]?.content).toMatchObject({ auth_code: authCode });
  });

  it.each([
    ['of WeChat Pay', '134567890123456789'],
    ['below 25', '2499999999999999'],
    ['above 30', '3100000000000000'],
    ['too short', '250000000000000'],
    ['too long', '2500000000000000000000000'],
    ['with a line break', '28763443825664394\n'],
    ['with a blank', ' 28763443825664394'],
    ['in other digits', '２８763443825664394'],
    ['for a face', `fp${'0'.repeat(33)}`],
  ])('%s is refused before any call, and not repeated', async (_, authCode) => {
    const { fake, action } = charging(undefined, { authCode });
    const error: unknown = await action.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'Rejected', reason: 'payer_unfit', code: 'auth_code_invalid' });
    expect(String(error)).not.toContain(authCode);
    expect(fake.calls).toHaveLength(0);
  });

  it('cannot be left out', async () => {
    const { authCode: _, ...codeless } = REQUEST;
    const fake = new FakeAlipay();
    const charge = alipay.connect(SETTINGS, fake.tools).payments.prepare.payer_code;
    await expect(charge?.(codeless)).rejects.toMatchObject({ name: 'Rejected', code: 'auth_code_missing' });
    await expect(charge?.({ ...codeless, authCode: '' })).rejects.toMatchObject({ code: 'auth_code_invalid' });
    expect(fake.calls).toHaveLength(0);
  });
});
