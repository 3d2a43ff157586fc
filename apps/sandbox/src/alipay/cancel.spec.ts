import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';

describe('a scanned sale that is cancelled', () => {
  let merchant: TestMerchant;
  let serial = 0;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const run = (method: string, biz: Record<string, unknown>) =>
    merchant.post(merchant.signed(method, biz, { notify_url: merchant.notifyUrl }));
  const cancel = (out_trade_no: string) => run('alipay.trade.cancel', { out_trade_no });
  const statusOf = async (out_trade_no: string) => (await run('alipay.trade.query', { out_trade_no }))['trade_status'];
  const faults = (rules: unknown[]) => merchant.control('faults', { rules }, 'PUT');

  /** @returns the number of a sale that was paid, or that waits for a password */
  async function sale(payer: string, passwordFirst = false): Promise<string> {
    const wish = { provider: 'alipay', payer, password_first: passwordFirst };
    const { code } = (await (await merchant.control('payer-codes', wish)).json()) as { code: string };
    const out_trade_no = `cancel_${(serial += 1)}`;
    const order = { out_trade_no, total_amount: '10.00', subject: 'Rice', scene: 'bar_code', auth_code: code };
    await run('alipay.trade.pay', order);
    return out_trade_no;
  }
  const balanceOf = (payer: string) => merchant.sandbox.payers.wallet('alipay', payer).balance;

  it('gives the money back, once, and says so each time it is asked', async () => {
    const number = await sale('2088000000000011');
    expect(balanceOf('2088000000000011')).toBe(999_000);
    const undone = await cancel(number);
    expect(undone).toMatchObject({
      code: '10000',
      out_trade_no: number,
      trade_no: expect.stringMatching(/^\d{28}$/),
      retry_flag: 'N',
      action: 'refund',
      gmt_refund_pay: expect.stringMatching(/^\d{4}-\d\d-\d\d /),
    });
    expect(await cancel(number)).toEqual(undone);
    expect(balanceOf('2088000000000011')).toBe(1_000_000);
    expect(await statusOf(number)).toBe('TRADE_CLOSED');
  });

  it('is notified as closed, with what went back', async () => {
    const number = await sale('2088000000000012');
    await merchant.sandbox.settled();
    await cancel(number);
    await merchant.sandbox.settled();
    expect(merchant.notified.at(-1)).toMatchObject({
      out_trade_no: number,
      trade_status: 'TRADE_CLOSED',
      refund_fee: '10.00',
    });
  });

  it('closes while the payer is at the password, who can pay no more', async () => {
    const number = await sale('2088000000000013', true);
    expect(await cancel(number)).toMatchObject({ code: '10000', retry_flag: 'N', action: 'close' });
    expect(await cancel(number)).toMatchObject({ action: 'close' });
    const [trade] = merchant.sandbox.trades.list({ reference: number });
    if (trade === undefined) throw new Error('no trade');
    await expect(merchant.sandbox.cashier.pay(trade)).rejects.toThrow('is closed');
    expect(balanceOf('2088000000000013')).toBe(1_000_000);
  });

  it('gives back what a payer confirmed just before the cancel arrived', async () => {
    const number = await sale('2088000000000014', true);
    await cancel(number);
    const [trade] = merchant.sandbox.trades.list({ reference: number });
    if (trade === undefined) throw new Error('no trade');
    await merchant.sandbox.cashier.pay(trade, { force: true });
    expect(await statusOf(number)).toBe('TRADE_SUCCESS');
    expect(await cancel(number)).toMatchObject({ action: 'refund' });
    expect(balanceOf('2088000000000014')).toBe(1_000_000);
  });

  it('that never arrived has nothing to undo', async () => {
    const answer = await cancel('never');
    expect(answer).toEqual({ code: '10000', msg: 'Success', out_trade_no: 'never', retry_flag: 'N' });
  });

  it('is told to try again only when nothing was decided', async () => {
    const number = await sale('2088000000000015');
    const match = { provider: 'alipay', operation: 'close' };
    await faults([{ match, phase: 'before', action: 'error', code: 'ACQ.SYSTEM_ERROR', times: 1 }]);
    expect(await cancel(number)).toMatchObject({ code: '40004', sub_code: 'ACQ.SYSTEM_ERROR', retry_flag: 'Y' });
    await faults([{ match, phase: 'before', action: 'error', code: 'isp.unknow-error', times: 1 }]);
    expect(await cancel(number)).toMatchObject({ code: '20000', retry_flag: 'Y' });
    expect(await cancel(number)).toMatchObject({ code: '10000', action: 'refund' });
    const old = await sale('2088000000000015');
    await merchant.sandbox.clock.advance(86_400_000);
    expect(await cancel(old)).toMatchObject({ sub_code: 'ACQ.TRADE_CANCEL_TIME_OUT', retry_flag: 'N' });
  });
});
