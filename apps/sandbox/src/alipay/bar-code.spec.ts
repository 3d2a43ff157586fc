import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe('a payer whose code is scanned', () => {
  let merchant: TestMerchant;
  let serial = 0;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const run = (method: string, biz: Record<string, unknown>, changes: Record<string, string> = {}) =>
    merchant.post(merchant.signed(method, biz, changes));
  const codeOf = async (wish: Record<string, unknown> = {}): Promise<string> => {
    const answer = await merchant.control('payer-codes', { provider: 'alipay', ...wish });
    return ((await answer.json()) as { code: string }).code;
  };
  const sale = (auth_code: string, other: Record<string, unknown> = {}) => ({
    out_trade_no: `bar_${(serial += 1)}`,
    total_amount: '10.00',
    subject: '豆浆 a/b',
    scene: 'bar_code',
    auth_code,
    ...other,
  });
  const pay = (biz: Record<string, unknown>, changes?: Record<string, string>) => run('alipay.trade.pay', biz, changes);
  const query = (biz: { out_trade_no: string }) => run('alipay.trade.query', { out_trade_no: biz.out_trade_no });
  const confirm = (biz: { out_trade_no: string }, command: object = {}) => {
    const [trade] = merchant.sandbox.trades.list({ reference: biz.out_trade_no });
    if (trade === undefined) throw new Error(`no trade ${biz.out_trade_no}`);
    return merchant.sandbox.cashier.pay(trade, command);
  };

  it('pays at once, and the merchant is notified', async () => {
    const code = await codeOf({ payer: '2088000000000007' });
    expect(code).toMatch(/^28\d{16}$/);
    const biz = sale(code);
    const paid = await pay(biz, { notify_url: merchant.notifyUrl });
    expect(paid).toMatchObject({
      code: '10000',
      msg: 'Success',
      trade_no: expect.stringMatching(/^\d{28}$/),
      out_trade_no: biz.out_trade_no,
      buyer_user_id: '2088000000000007',
      buyer_logon_id: '100****0007',
      total_amount: '10.00',
      receipt_amount: '10.00',
      gmt_payment: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      fund_bill_list: [{ fund_channel: 'ALIPAYACCOUNT', amount: '10.00' }],
    });
    expect(await query(biz)).toMatchObject({ trade_status: 'TRADE_SUCCESS', trade_no: paid['trade_no'] });
    await merchant.sandbox.settled();
    const notified = merchant.notified.at(-1) ?? {};
    expect(notified).toMatchObject({ out_trade_no: biz.out_trade_no, trade_status: 'TRADE_SUCCESS' });
    expect(merchant.sdk.checkNotifySignV2(notified)).toBe(true);
  });

  it.each([
    ['the amount is above ¥1,000', {}, { total_amount: '1000.01' }],
    ['the wallet was told to', { password_first: true }, {}],
  ])('is asked for the password when %s: 10003 until the payer has typed it', async (_, wish, other) => {
    const biz = sale(await codeOf(wish), other);
    const waiting = await pay(biz);
    expect(waiting).toMatchObject({ code: '10003', msg: 'order success pay inprocess', trade_no: expect.any(String) });
    expect(waiting).not.toHaveProperty('gmt_payment');
    expect(await pay(biz)).toEqual(waiting);
    expect(await query(biz)).toMatchObject({ trade_status: 'WAIT_BUYER_PAY', receipt_amount: '0.00' });
    expect(await confirm(biz)).toBe('success');
    expect(await query(biz)).toMatchObject({ trade_status: 'TRADE_SUCCESS', trade_no: waiting['trade_no'] });
    expect(await pay(biz)).toMatchObject({ sub_code: 'ACQ.TRADE_HAS_SUCCESS' });
  });

  it('pays ¥1,000 without a password', async () => {
    expect(await pay(sale(await codeOf({ payer: 'thousand' }), { total_amount: 1000 }))).toMatchObject({
      code: '10000',
    });
  });

  it.each([
    ['declined', 'ACQ.PAYMENT_FAIL'],
    ['cancelled', 'ACQ.PAYMENT_FAIL'],
    ['insufficient_funds', 'ACQ.BUYER_BALANCE_NOT_ENOUGH'],
  ] as const)('who is %s leaves the trade waiting, and the scan asked again says so', async (result, subCode) => {
    const biz = sale(await codeOf({ password_first: true }));
    await pay(biz);
    await confirm(biz, { result });
    expect(await query(biz)).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
    expect(await pay(biz)).toMatchObject({ code: '40004', sub_code: subCode });
    expect(await pay({ ...biz, auth_code: await codeOf() })).toMatchObject({ code: '10000' });
  });

  it('who has too little is told so, and may show another code when there is enough', async () => {
    const biz = sale(await codeOf({ payer: 'spender' }), { total_amount: '900.00' });
    for (let times = 0; times < 11; times += 1)
      await pay({ ...biz, out_trade_no: `spent_${times}`, auth_code: await codeOf({ payer: 'spender' }) });
    expect(await pay(biz)).toMatchObject({ code: '40004', sub_code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' });
    expect(await query(biz)).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
    await run('alipay.trade.refund', { out_trade_no: 'spent_0', refund_amount: '900.00' });
    expect(await pay({ ...biz, auth_code: await codeOf({ payer: 'spender' }) })).toMatchObject({ code: '10000' });
  });

  it('shows each code for one payment only', async () => {
    const code = await codeOf();
    expect(await pay(sale(code))).toMatchObject({ code: '10000' });
    expect(await pay(sale(code))).toMatchObject({ code: '40004', sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
  });

  it('is the only one who may pay what was scanned', async () => {
    const biz = sale(await codeOf({ payer: 'ann', password_first: true }));
    await pay(biz);
    const other = await codeOf({ payer: 'bob' });
    expect(await pay({ ...biz, auth_code: other })).toMatchObject({ sub_code: 'ACQ.TRADE_BUYER_NOT_MATCH' });
    await expect(confirm(biz, { payer: 'bob' })).rejects.toThrow('ACQ.PAYER_UNMATCHED');
    expect(await pay(sale(other))).toMatchObject({ code: '10000' });
  });

  it.each([
    [{ auth_code: '28763443825664394' }, 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
    [{ auth_code: 'fp0' }, 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
    [{ auth_code: undefined }, 'ACQ.INVALID_PARAMETER'],
    [{ scene: undefined }, 'ACQ.INVALID_PARAMETER'],
    [{ scene: 'security_code' }, 'ACQ.INVALID_PARAMETER'],
    [{ product_code: 'QUICK_WAP_WAY' }, 'ACQ.ACCESS_FORBIDDEN'],
    [{ total_amount: '0' }, 'ACQ.TOTAL_FEE_EXCEED'],
  ])('is not charged for %j', async (other, subCode) => {
    const biz = sale(await codeOf(), other);
    expect(await pay(biz)).toMatchObject({ code: '40004', sub_code: subCode });
    expect(merchant.sandbox.trades.list({ reference: biz.out_trade_no })).toEqual([]);
  });

  it('leaves no code in the request log', async () => {
    const code = await codeOf();
    await pay(sale(code));
    expect(JSON.stringify(merchant.sandbox.requests.all())).not.toContain(code);
  });

  it('is not the merchant', async () => {
    const code = await codeOf({ payer: merchant.account.seller_id });
    expect(await pay(sale(code))).toMatchObject({ sub_code: 'ACQ.BUYER_SELLER_EQUAL' });
  });

  it('pays one number once: other content is another order, a closed one is over', async () => {
    const biz = sale(await codeOf({ password_first: true }));
    await pay(biz);
    expect(await pay({ ...biz, total_amount: '10.01' })).toMatchObject({ sub_code: 'ACQ.CONTEXT_INCONSISTENT' });
    await run('alipay.trade.close', { out_trade_no: biz.out_trade_no });
    expect(await pay(biz)).toMatchObject({ sub_code: 'ACQ.TRADE_HAS_CLOSE' });
  });

  it('has three hours for the password unless the order says otherwise', async () => {
    const slow = sale(await codeOf({ password_first: true }));
    const quick = sale(await codeOf({ password_first: true }), { timeout_express: '2m' });
    await pay(slow);
    await pay(quick);
    await merchant.sandbox.clock.advance(121_000);
    expect(await query(quick)).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect(await query(slow)).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' });
    await merchant.sandbox.clock.advance(3 * 3_600_000);
    expect(await query(slow)).toMatchObject({ trade_status: 'TRADE_CLOSED' });
  });

  it('can be charged although the answer is lost: the query tells', async () => {
    const match = { provider: 'alipay', operation: 'order' };
    const rule = { match, phase: 'after', action: 'error', code: 'aop.ACQ.SYSTEM_ERROR', times: 1 };
    await merchant.control('faults', { rules: [rule] }, 'PUT');
    const biz = sale(await codeOf());
    expect(await pay(biz)).toMatchObject({ code: '20000', sub_code: 'aop.ACQ.SYSTEM_ERROR' });
    expect(await query(biz)).toMatchObject({ trade_status: 'TRADE_SUCCESS' });
  });
});

describe('a strict merchant', () => {
  it('takes a code for the minute in which it is shown', async () => {
    const merchant = await TestMerchant.start({ strict: true });
    const answer = await merchant.control('payer-codes', { provider: 'alipay' });
    const { code } = (await answer.json()) as { code: string };
    await merchant.sandbox.clock.advance(61_000);
    const biz = { out_trade_no: 'late', total_amount: '1.00', subject: 'Rice', scene: 'bar_code', auth_code: code };
    expect(await merchant.post(merchant.signed('alipay.trade.pay', biz))).toMatchObject({
      sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID',
    });
    await merchant.stop();
  });
});
