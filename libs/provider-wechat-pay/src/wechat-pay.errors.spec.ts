import { OutcomeUnknown, type Rejected, type RejectionReason } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, genuineError } from './wechat-pay.errors.js';

/** Every code of the interface's error tables with the status it comes with, and its class: written down from them. */
const DOCUMENTED: readonly [status: number, code: keyof typeof ERROR_CODES, meaning: RejectionReason | 'unknown'][] = [
  [202, 'USERPAYING', 'unknown'],
  [400, 'PARAM_ERROR', 'invalid_request'],
  [400, 'INVALID_REQUEST', 'invalid_request'],
  [400, 'APPID_MCHID_NOT_MATCH', 'invalid_configuration'],
  [400, 'MCH_NOT_EXISTS', 'invalid_configuration'],
  [400, 'ORDER_CLOSED', 'order_closed'],
  [400, 'ORDER_PAID', 'order_paid'],
  [400, 'NO_STATEMENT_EXIST', 'unavailable'],
  [400, 'STATEMENT_CREATING', 'unavailable'],
  [400, 'REFUND_FEE_MISMATCH', 'unknown'],
  [400, 'TRADE_OVERDUE', 'refund_window_over'],
  [401, 'SIGN_ERROR', 'invalid_configuration'],
  [403, 'NO_AUTH', 'not_permitted'],
  [403, 'OUT_TRADE_NO_USED', 'order_exists'],
  [403, 'RULE_LIMIT', 'not_permitted'],
  [403, 'TRADE_ERROR', 'unknown'],
  [403, 'NOT_ENOUGH', 'merchant_balance_too_low'],
  [403, 'USER_ACCOUNT_ABNORMAL', 'payer_unfit'],
  [404, 'ORDER_NOT_EXIST', 'order_not_found'],
  [404, 'RESOURCE_NOT_EXISTS', 'order_not_found'],
  [404, 'MCH_NOT_EXISTS', 'invalid_configuration'],
  [429, 'FREQUENCY_LIMITED', 'rate_limited'],
  [429, 'RATELIMIT_EXCEEDED', 'rate_limited'],
  [500, 'SYSTEM_ERROR', 'unknown'],
  [500, 'BANKERROR', 'unknown'],
  [500, 'OPENID_MISMATCH', 'payer_unfit'],
  [503, 'SERVICE_UNAVAILABLE', 'unknown'],
];

/** Spellings of 2020 and of the older interface, beside the ones of today. */
const OLDER: readonly (readonly [old: keyof typeof ERROR_CODES, today: keyof typeof ERROR_CODES])[] = [
  ['ORDERNOTEXIST', 'ORDER_NOT_EXIST'],
  ['ORDER_NOT_EXISTS', 'ORDER_NOT_EXIST'],
  ['INVALID_TRANSACTIONID', 'ORDER_NOT_EXIST'],
  ['ORDERPAID', 'ORDER_PAID'],
  ['ORDERCLOSED', 'ORDER_CLOSED'],
  ['NOTENOUGH', 'NOT_ENOUGH'],
  ['NOAUTH', 'NO_AUTH'],
  ['RULELIMIT', 'RULE_LIMIT'],
  ['SYSTEMERROR', 'SYSTEM_ERROR'],
  ['ACCOUNTERROR', 'USER_ACCOUNT_ABNORMAL'],
];

const error = (code: string | undefined, status = 400, message = '') =>
  genuineError({ operation: 'order_jsapi', status, code, message });

/** The class of an error; a rejection that something may have happened after would be none. */
function verdict(thrown: Rejected | OutcomeUnknown): string {
  if (thrown instanceof OutcomeUnknown) return 'unknown';
  return thrown.mayHaveHappened ? 'contradicts itself' : thrown.reason;
}

describe('a genuine error answer', () => {
  it.each(DOCUMENTED)('%i %s is %s', (status, code, meaning) => {
    expect(ERROR_CODES, 'in the table by name, not by falling through it').toHaveProperty(code);
    expect(verdict(error(code, status))).toBe(meaning);
  });

  it('has no code in its table that no document lists', () => {
    const listed: string[] = [...DOCUMENTED.map(([, code]) => code), ...OLDER.map(([code]) => code)];
    expect(Object.keys(ERROR_CODES).toSorted()).toEqual([...new Set(listed)].toSorted());
  });

  it.each(OLDER)('%s, an older spelling, means what %s means', (old, current) => {
    expect(ERROR_CODES[old]).toBe(ERROR_CODES[current]);
    expect(error(old).constructor).toBe(error(current).constructor);
  });

  it.each(['A_CODE_OF_2031', 'constructor', undefined])(
    '%s, which no document lists, is unknown, never a no',
    (code) => {
      expect(error(code)).toBeInstanceOf(OutcomeUnknown);
      expect(error(code)).toMatchObject({ mayHaveHappened: true });
    },
  );

  it('means to one call what that call says of it, and to every other what the table says', () => {
    const answer = { operation: 'order_codepay', status: 403, code: 'NOT_ENOUGH', message: undefined };
    expect(genuineError(answer, { NOT_ENOUGH: 'insufficient_funds' })).toMatchObject({ reason: 'insufficient_funds' });
    expect(genuineError(answer, { PARAM_ERROR: 'payer_unfit' })).toMatchObject({ reason: 'merchant_balance_too_low' });
  });

  it('is rate limited at 429 whatever its code says, because nothing was done', () => {
    expect(error('SOMETHING_NEW', 429)).toMatchObject({ reason: 'rate_limited' });
    expect(error(undefined, 429)).toMatchObject({ reason: 'rate_limited', code: 'HTTP_429' });
  });

  it('quotes what WeChat Pay said on one line of bounded length', () => {
    const { message } = error('PARAM_ERROR', 400, `输入源\n“/body/amount”${'长'.repeat(500)}`);
    expect(message).toContain('PARAM_ERROR 输入源 “/body/amount”');
    expect(message).not.toContain('\n');
    expect(Buffer.byteLength(message)).toBeLessThan(400);
  });
});
