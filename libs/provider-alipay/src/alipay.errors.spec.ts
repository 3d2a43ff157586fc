import { OutcomeUnknown, REJECTION_REASONS, UntrustedMessage, type Rejected } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { BUSINESS_REASONS, businessCode, refusal, unsignedAnswer } from './alipay.errors.js';
import { fieldsOf } from './message-fields.js';
import { BUSINESS_CODES, GATEWAY_CODES, MEANINGS } from './testing/documented-codes.js';

const CONTEXT = { provider: 'alipay', operation: 'alipay.trade.refund' } as const;

function judged(code: string, sub_code?: string, sub_msg?: string): Rejected | OutcomeUnknown {
  return refusal(CONTEXT, fieldsOf({ code, sub_code, sub_msg }));
}

/** The class of an error; a rejection that something may have happened after would be none. */
function verdict(error: Rejected | OutcomeUnknown): string {
  if (error instanceof OutcomeUnknown) return 'unknown';
  return error.mayHaveHappened ? 'contradicts itself' : error.reason;
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

  const meant = Object.entries(MEANINGS).flatMap(([meaning, codes]) => codes.map((code) => [code, meaning] as const));

  it.each(Object.entries(BUSINESS_CODES))('say what every code of %s means, by name', (_call, codes) => {
    expect(codes.filter((code) => !Object.hasOwn(BUSINESS_REASONS, code))).toEqual([]);
    expect(codes.filter((code) => !meant.some(([one]) => one === code))).toEqual([]);
  });

  it('list no code that no call documents, and each once', () => {
    const documented = new Set(Object.values(BUSINESS_CODES).flat());
    expect(meant.map(([code]) => code).toSorted()).toEqual([...documented].toSorted());
    expect(Object.keys(BUSINESS_REASONS).toSorted()).toEqual([...documented].toSorted());
  });

  it.each(meant)('ACQ.%s is %s', (code, meaning) => {
    expect(verdict(judged('40004', `ACQ.${code}`))).toBe(meaning);
    expect([...REJECTION_REASONS, 'unknown']).toContain(meaning);
  });

  const FROM_THE_GATEWAY: Readonly<Record<string, string>> = {
    '20000': 'unknown',
    '20001': 'not_permitted',
    '40001': 'invalid_configuration',
    '40002': 'invalid_configuration',
    '40003': 'invalid_configuration',
    '40005': 'rate_limited',
    '40006': 'not_permitted',
  };
  const ABOUT_THE_ORDER = ['isv.invalid-parameter', 'isv.illegal-json', 'isv.suspected-attack'];
  const said = Object.entries(GATEWAY_CODES).flatMap(([code, subCodes]) => subCodes.map((one) => [code, one] as const));

  it.each(said)('%s %s is what the gateway means by it', (code, subCode) => {
    const meaning = ABOUT_THE_ORDER.includes(subCode) ? 'invalid_request' : FROM_THE_GATEWAY[code];
    expect(verdict(judged(code, subCode))).toBe(meaning);
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
