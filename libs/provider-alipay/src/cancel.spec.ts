import { OutcomeUnknown } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { AlipayClient } from './alipay.client.js';
import { cancelTrade } from './cancel.js';
import { FakeAlipay, SETTINGS, type Reply } from './testing/fake-alipay.js';

const REFERENCE = 'pay_000000000001';

function cancel(reply: Reply) {
  return cancelTrade(new AlipayClient(SETTINGS, new FakeAlipay({ 'trade.cancel': reply }).tools), REFERENCE);
}

describe('undoing a trade whose outcome nobody learned', () => {
  it('tells a trade that was closed from one that was paid and given back', async () => {
    expect(await cancel({ retry_flag: 'N', action: 'close' })).toEqual({ action: 'close', retry: false });
    expect(await cancel({ retry_flag: 'N', action: 'refund' })).toEqual({ action: 'refund', retry: false });
  });

  it('finds nothing to undo where there is no trade', async () => {
    expect(await cancel({ out_trade_no: REFERENCE, retry_flag: 'N' })).toEqual({ action: 'none', retry: false });
  });

  it('says when the same call must go again', async () => {
    expect(await cancel({ retry_flag: 'Y' })).toEqual({ action: 'none', retry: true });
  });

  it('takes an action that no document lists for unknown', async () => {
    await expect(cancel({ retry_flag: 'N', action: 'freeze' })).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('calls their misspelt system error unknown, and the day after payment a refusal', async () => {
    await expect(cancel({ code: '40004', sub_code: 'AQC.SYSTEM_ERROR' })).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(cancel({ code: '40004', sub_code: 'ACQ.TRADE_CANCEL_TIME_OUT' })).rejects.toMatchObject({
      reason: 'refund_window_over',
    });
  });
});
