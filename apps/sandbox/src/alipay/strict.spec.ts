import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatBeijing } from './beijing-time.js';
import { TestMerchant } from './test-merchant.js';

describe('a strict account', () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start({ strict: true });
  });
  afterAll(() => merchant.stop());

  const precreate = (number: string, biz: object = {}, changes: Record<string, string> = {}) =>
    merchant.post(
      merchant.signed(
        'alipay.trade.precreate',
        { out_trade_no: number, total_amount: '1.00', subject: 'Rice', ...biz },
        changes,
      ),
    );

  it('gives one code per number', async () => {
    expect(await precreate('s_1')).toMatchObject({ code: '10000' });
    expect(await precreate('s_1')).toMatchObject({ sub_code: 'ACQ.APPLY_PC_MERCHANT_CODE_ERROR' });
  });

  it.each([
    [{ subject: 'a=b' }, {}],
    [{ time_expire: formatBeijing(Date.now() + 30_000) }, {}],
    [{}, { notify_url: 'http://127.0.0.1:3000/n' }],
  ])('refuses what a friendly one lets pass: %#', async (biz, changes) => {
    expect(await precreate('s_2', biz, changes)).toMatchObject({ sub_code: 'ACQ.INVALID_PARAMETER' });
  });
});
