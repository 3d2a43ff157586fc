import { OutcomeUnknown, REJECTION_REASONS, Rejected, UntrustedMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { businessCode, refusal, unsignedAnswer } from './alipay.errors.js';
import { fieldsOf } from './message-fields.js';

const CONTEXT = { provider: 'alipay', operation: 'alipay.trade.refund' } as const;

function judged(code: string, sub_code?: string, sub_msg?: string): Rejected | OutcomeUnknown {
  return refusal(CONTEXT, fieldsOf({ code, sub_code, sub_msg }));
}

describe("Alipay's codes in our words", () => {
  it('are one code with either prefix, the typing slip, or none', () => {
    for (const subCode of [
      'ACQ.TRADE_NOT_EXIST',
      'AQC.TRADE_NOT_EXIST',
      'aop.ACQ.TRADE_NOT_EXIST',
      'TRADE_NOT_EXIST',
    ]) {
      expect(businessCode(subCode)).toBe('TRADE_NOT_EXIST');
      expect(judged('40004', subCode)).toMatchObject({ reason: 'order_not_found', code: subCode });
    }
  });

  it.each([
    ['40004', 'ACQ.INVALID_PARAMETER', 'invalid_request'],
    ['40004', 'ACQ.CONTEXT_INCONSISTENT', 'order_exists'],
    ['40004', 'ACQ.TRADE_HAS_SUCCESS', 'order_paid'],
    ['40004', 'ACQ.TRADE_HAS_CLOSE', 'order_closed'],
    ['40004', 'ACQ.BUYER_BALANCE_NOT_ENOUGH', 'insufficient_funds'],
    ['40004', 'ACQ.TRADE_BUYER_NOT_MATCH', 'payer_unfit'],
    ['40004', 'ACQ.SELLER_BALANCE_NOT_ENOUGH', 'merchant_balance_too_low'],
    ['40004', 'ACQ.REASON_TRADE_REFUND_FEE_ERR', 'refund_exceeds_payment'],
    ['40004', 'ACQ.TRADE_HAS_FINISHED', 'refund_window_over'],
    ['40004', 'ACQ.ACCESS_FORBIDDEN', 'not_permitted'],
    ['40004', 'ACQ.PARTNER_ERROR', 'invalid_configuration'],
    ['40001', 'isv.missing-signature', 'invalid_configuration'],
    ['40002', 'isv.invalid-signature', 'invalid_configuration'],
    ['40002', 'isv.invalid-parameter', 'invalid_request'],
    ['40003', 'isv.missing-signature-config', 'invalid_configuration'],
    ['40005', 'isv.app-call-limited', 'rate_limited'],
    ['40006', 'isv.insufficient-isv-permissions', 'not_permitted'],
    ['20001', 'aop.invalid-app-auth-token', 'not_permitted'],
  ] as const)('%s %s is a no: %s', (code, subCode, reason) => {
    const error = judged(code, subCode);
    expect(error).toBeInstanceOf(Rejected);
    expect(error).toMatchObject({ reason, mayHaveHappened: false });
    expect(REJECTION_REASONS).toContain(reason);
  });

  it.each([
    ['20000', 'isp.unknow-error'],
    ['20000', 'aop.unknow-error'],
    ['20000', 'aop.ACQ.SYSTEM_ERROR'],
    ['20000', undefined],
    ['40004', 'ACQ.SYSTEM_ERROR'],
    ['40004', 'AQC.SYSTEM_ERROR'],
    ['40004', 'aop.unknow-error'],
    ['40002', 'aop.unknow-error'],
    ['40004', 'ACQ.DISCORDANT_REPEAT_REQUEST'],
    ['40004', 'ACQ.SOMETHING_NEW'],
    ['40004', 'toString'],
    ['40004', undefined],
    ['10003', undefined],
    ['99999', 'isv.invalid-parameter'],
    ['', undefined],
  ])('%s %s is unknown, never a no', (code, subCode) => {
    const error = judged(code, subCode);
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect(error.mayHaveHappened).toBe(true);
  });

  it('show the text of a business refusal, never that of the gateway, which quotes the whole request', () => {
    expect(judged('40004', 'ACQ.TRADE_HAS_CLOSE', '交易已经关闭').message).toContain('交易已经关闭');
    const quoted = judged('40002', 'isv.invalid-signature', '验签字符串为：app_id=2021&biz_content={"buyer":"x"}');
    expect(quoted.message).not.toContain('biz_content');
    expect(quoted.message).toContain('应用公钥');
  });
});

describe('an answer without a signature', () => {
  const unsigned = (code: string, sub_code?: string) => unsignedAnswer(CONTEXT, fieldsOf({ code, sub_code }));

  it('is a no only when the gateway does not know who asks', () => {
    for (const code of ['40001', '40002', '40003', '40006']) {
      expect(unsigned(code, 'isv.invalid-app-id')).toMatchObject({ name: 'Rejected', reason: 'invalid_configuration' });
    }
  });

  it.each([
    ['10000', undefined],
    ['10000', 'isv.invalid-app-id'],
    ['40004', 'ACQ.TRADE_NOT_EXIST'],
    ['40004', 'isv.invalid-app-id'],
    ['40002', 'ACQ.TRADE_NOT_EXIST'],
    ['40002', `isv.${'x'.repeat(500)}`],
    ['40005', 'isv.app-call-limited'],
    ['20000', 'isp.unknow-error'],
    ['', undefined],
  ])('proves nothing with %s %s', (code, subCode) => {
    expect(unsigned(code, subCode)).toBeInstanceOf(UntrustedMessage);
  });
});
