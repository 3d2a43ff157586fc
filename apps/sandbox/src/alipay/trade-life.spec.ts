import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatBeijing } from './beijing-time.js';
import { TestMerchant } from './test-merchant.js';

type State = 'none' | 'waiting' | 'paid' | 'closed' | 'refunded' | 'finished';

const MONTH_MS = 31 * 86_400_000;

const order = (number: string, other: object = {}) => ({
  out_trade_no: number,
  total_amount: '10.00',
  subject: 'Rice',
  buyer_id: '2088000000000007',
  ...other,
});

const codeOf = async (answer: Promise<Record<string, string>>): Promise<string> => {
  const { code, sub_code: subCode } = await answer;
  return subCode ?? code ?? '';
};

describe("a trade's life", () => {
  let merchant: TestMerchant;
  let serial = 0;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const run = (method: string, biz: Record<string, unknown>) => merchant.post(merchant.signed(method, biz));
  const tradeOf = (reference: string) => {
    const [trade] = merchant.sandbox.trades.list({ reference });
    if (trade === undefined) throw new Error(`no trade ${reference}`);
    return trade;
  };
  const pay = (reference: string, command: object = {}) => merchant.sandbox.cashier.pay(tradeOf(reference), command);

  /** A fresh order number in `state`. */
  async function inState(state: State): Promise<string> {
    const number = `t_${(serial += 1)}`;
    if (state === 'none') return number;
    await run('alipay.trade.create', order(number));
    if (state === 'closed') await run('alipay.trade.close', { out_trade_no: number });
    if (state === 'paid' || state === 'refunded' || state === 'finished') await pay(number);
    if (state === 'refunded') await run('alipay.trade.refund', { out_trade_no: number, refund_amount: '10.00' });
    if (state === 'finished') await merchant.sandbox.clock.advance(12 * MONTH_MS);
    return number;
  }

  const create = (number: string, other: object = {}) => codeOf(run('alipay.trade.create', order(number, other)));

  it.each<[State, string]>([
    ['waiting', '10000'],
    ['paid', 'ACQ.TRADE_HAS_SUCCESS'],
    ['closed', 'ACQ.TRADE_HAS_CLOSE'],
    ['refunded', 'ACQ.TRADE_HAS_CLOSE'],
  ])('the same order again while %s: %s; other content always CONTEXT_INCONSISTENT', async (state, expected) => {
    const number = await inState(state);
    expect(await create(number)).toBe(expected);
    expect(await create(number, { total_amount: '10.01' })).toBe('ACQ.CONTEXT_INCONSISTENT');
    expect(await create(number, { subject: 'Tea' })).toBe('ACQ.CONTEXT_INCONSISTENT');
  });

  it('gives one number to one buyer', async () => {
    expect(await create(await inState('waiting'), { buyer_id: '2088000000000008' })).toBe('ACQ.TRADE_BUYER_NOT_MATCH');
  });

  it.each<[State, string]>([
    ['none', 'ACQ.TRADE_NOT_EXIST'],
    ['waiting', '10000'],
    ['paid', 'ACQ.TRADE_STATUS_ERROR'],
    ['closed', 'ACQ.TRADE_STATUS_ERROR'],
    ['finished', 'ACQ.TRADE_STATUS_ERROR'],
  ])('close while %s: %s', async (state, expected) => {
    expect(await codeOf(run('alipay.trade.close', { out_trade_no: await inState(state) }))).toBe(expected);
  });

  it.each<[State, string]>([
    ['none', 'ACQ.TRADE_NOT_EXIST'],
    ['waiting', 'ACQ.TRADE_STATUS_ERROR'],
    ['paid', '10000'],
    ['closed', 'ACQ.TRADE_HAS_CLOSE'],
    ['refunded', 'ACQ.TRADE_HAS_CLOSE'],
    ['finished', 'ACQ.TRADE_HAS_FINISHED'],
  ])('refund while %s: %s', async (state, expected) => {
    const wish = { out_trade_no: await inState(state), refund_amount: '1.00', out_request_no: 'new' };
    expect(await codeOf(run('alipay.trade.refund', wish))).toBe(expected);
  });

  it.each<[State, object]>([
    ['none', { code: '10000', retry_flag: 'N' }],
    ['waiting', { code: '10000', action: 'close' }],
    ['paid', { code: '10000', action: 'refund' }],
    ['closed', { code: '10000', action: 'close' }],
    ['finished', { sub_code: 'ACQ.TRADE_HAS_FINISHED' }],
  ])('cancel while %s', async (state, expected) => {
    const answer = await run('alipay.trade.cancel', { out_trade_no: await inState(state) });
    expect(answer).toMatchObject(expected);
    expect('action' in answer).toBe('action' in expected);
  });

  it('cancels only on the day of payment, and nothing that is partly refunded', async () => {
    const partly = await inState('paid');
    await run('alipay.trade.refund', { out_trade_no: partly, refund_amount: '1.00', out_request_no: 'r' });
    expect(await codeOf(run('alipay.trade.cancel', { out_trade_no: partly }))).toBe('ACQ.REASON_TRADE_REFUND_FEE_ERR');
    const yesterday = await inState('paid');
    await merchant.sandbox.clock.advance(86_400_000);
    expect(await codeOf(run('alipay.trade.cancel', { out_trade_no: yesterday }))).toBe('ACQ.TRADE_CANCEL_TIME_OUT');
  });

  it('refunds up to the total, once per request number', async () => {
    const number = await inState('paid');
    const refund = (amount: string, request?: string) =>
      run('alipay.trade.refund', {
        out_trade_no: number,
        refund_amount: amount,
        ...(request && { out_request_no: request }),
      });
    expect(await codeOf(refund('3.00'))).toBe('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
    expect(await codeOf(refund('10.01', 'r0'))).toBe('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
    expect(await refund('3.00', 'r1')).toMatchObject({ fund_change: 'Y', refund_fee: '3.00' });
    expect(await refund('3.00', 'r1')).toMatchObject({ fund_change: 'N', refund_fee: '3.00' });
    expect(await codeOf(refund('3.01', 'r1'))).toBe('ACQ.DISCORDANT_REPEAT_REQUEST');
    expect(await codeOf(refund('7.01', 'r2'))).toBe('ACQ.REASON_TRADE_REFUND_FEE_ERR');
    expect(await refund('7.00', 'r3')).toMatchObject({ fund_change: 'Y', refund_fee: '10.00' });
    expect(await refund('7.00', 'r3')).toMatchObject({ code: '10000', fund_change: 'N' });
    const after = await run('alipay.trade.query', { out_trade_no: number });
    expect(after).toMatchObject({ trade_status: 'TRADE_CLOSED', send_pay_date: expect.any(String) });
  });

  it('answers 10000 without refund fields for an unknown refund', async () => {
    const number = await inState('paid');
    const answer = await run('alipay.trade.fastpay.refund.query', { out_trade_no: number, out_request_no: 'never' });
    expect(answer).toEqual({ code: '10000', msg: 'Success' });
  });

  it.each([
    [{ total_amount: '0' }, 'ACQ.TOTAL_FEE_EXCEED'],
    [{ total_amount: '100000000.01' }, 'ACQ.TOTAL_FEE_EXCEED'],
    [{ total_amount: '1.001' }, 'ACQ.INVALID_PARAMETER'],
    [{ subject: ' ' }, 'ACQ.INVALID_PARAMETER'],
    [{ subject: '长'.repeat(257) }, 'ACQ.INVALID_PARAMETER'],
    [{ out_trade_no: 'a'.repeat(65) }, 'ACQ.INVALID_PARAMETER'],
    [{ out_trade_no: 'a b' }, 'ACQ.INVALID_PARAMETER'],
    [{ product_code: 'QUICK_WAP_WAY' }, 'ACQ.ACCESS_FORBIDDEN'],
    [{ product_code: 'JSAPI_PAY' }, 'ACQ.INVALID_PARAMETER'],
    [{ buyer_id: undefined }, 'ACQ.INVALID_PARAMETER'],
    [{ buyer_id: '1' }, 'ACQ.BUYER_NOT_EXIST'],
    [{ seller_id: '2088000000000000' }, 'ACQ.SELLER_NOT_EXIST'],
  ])('refuses an order with %j', async (other, subCode) => {
    expect(await create(`bad_${(serial += 1)}`, other)).toBe(subCode);
  });

  it('closes an unpaid trade when its time is over', async () => {
    const number = `late_${(serial += 1)}`;
    const end = formatBeijing(merchant.sandbox.clock.now().getTime() + 120_000);
    await run('alipay.trade.create', order(number, { time_expire: end }));
    await merchant.sandbox.clock.advance(121_000);
    const answer = await run('alipay.trade.query', { out_trade_no: number });
    expect(answer).toMatchObject({ trade_status: 'TRADE_CLOSED', receipt_amount: '0.00' });
    expect(answer).not.toHaveProperty('send_pay_date');
    await expect(pay(number)).rejects.toThrow('is closed');
    await pay(number, { force: true });
    expect(await run('alipay.trade.query', { out_trade_no: number })).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
  });

  it('lets nobody open a code whose time is over, and gives the living one again', async () => {
    const qr = { out_trade_no: `qr_${(serial += 1)}`, total_amount: '10.00', subject: 'Rice', timeout_express: '5m' };
    const first = await run('alipay.trade.precreate', qr);
    expect(await run('alipay.trade.precreate', qr)).toEqual(first);
    expect(tradeOf(qr.out_trade_no)).toMatchObject({ state: 'not_opened' });
    expect(await codeOf(run('alipay.trade.close', { out_trade_no: qr.out_trade_no }))).toBe('ACQ.TRADE_NOT_EXIST');
    await merchant.sandbox.clock.advance(301_000);
    const answer = await merchant.control('open', { next_action: { type: 'show_qr_code', content: first['qr_code'] } });
    expect(answer.status).toBe(409);
    await expect(pay(qr.out_trade_no)).rejects.toThrow('expired');
    expect((await run('alipay.trade.precreate', qr))['qr_code']).not.toBe(first['qr_code']);
    await pay(qr.out_trade_no);
    expect(await run('alipay.trade.query', { out_trade_no: qr.out_trade_no })).toMatchObject({
      trade_status: 'TRADE_SUCCESS',
    });
  });

  it.each(['declined', 'insufficient_funds', 'password_first', 'cancelled'] as const)(
    'waits on when the payer is %s',
    async (result) => {
      const number = await inState('waiting');
      expect(await pay(number, { result })).toBe(result);
      expect(await run('alipay.trade.query', { out_trade_no: number })).toMatchObject({
        trade_status: 'WAIT_BUYER_PAY',
      });
    },
  );

  it('takes no payment from anyone but the buyer it was made for', async () => {
    await expect(pay(await inState('waiting'), { payer: 'payer-9' })).rejects.toThrow('ACQ.PAYER_UNMATCHED');
  });

  it('finds an order by trade_no, which wins over out_trade_no', async () => {
    const { out_trade_no: number, trade_no: tradeNo } = await run('alipay.trade.query', {
      out_trade_no: await inState('paid'),
    });
    const answer = await run('alipay.trade.query', {
      trade_no: tradeNo,
      out_trade_no: 'other',
      query_options: ['fund_bill_list'],
    });
    expect(answer).toMatchObject({
      out_trade_no: number,
      fund_bill_list: [{ fund_channel: 'ALIPAYACCOUNT', amount: '10.00' }],
    });
  });

  it('leaves an order that the wallet cannot pay waiting', async () => {
    const number = `big_${(serial += 1)}`;
    await run('alipay.trade.create', order(number, { total_amount: '10000.01', buyer_id: '2088000000000099' }));
    expect(await pay(number)).toBe('insufficient_funds');
  });
});
