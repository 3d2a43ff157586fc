import { OutcomeUnknown, Rejected, type RejectionReason } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { genuineError } from './wechat-pay.errors.js';

const error = (code: string | undefined, status = 400, message = '') =>
  genuineError({ operation: 'order_jsapi', status, code, message });

describe('a genuine error answer', () => {
  it.each<[string, RejectionReason]>([
    ['PARAM_ERROR', 'invalid_request'],
    ['INVALID_REQUEST', 'invalid_request'],
    ['SIGN_ERROR', 'invalid_configuration'],
    ['APPID_MCHID_NOT_MATCH', 'invalid_configuration'],
    ['MCH_NOT_EXISTS', 'invalid_configuration'],
    ['NO_AUTH', 'not_permitted'],
    ['RULE_LIMIT', 'not_permitted'],
    ['OUT_TRADE_NO_USED', 'order_exists'],
    ['ORDER_PAID', 'order_paid'],
    ['ORDER_CLOSED', 'order_closed'],
    ['ORDER_NOT_EXIST', 'order_not_found'],
    ['RESOURCE_NOT_EXISTS', 'order_not_found'],
    ['USER_ACCOUNT_ABNORMAL', 'payer_unfit'],
    ['OPENID_MISMATCH', 'payer_unfit'],
    ['NOT_ENOUGH', 'merchant_balance_too_low'],
    ['TRADE_OVERDUE', 'refund_window_over'],
    ['FREQUENCY_LIMITED', 'rate_limited'],
  ])('%s is the rejection %s', (code, reason) => {
    expect(error(code)).toBeInstanceOf(Rejected);
    expect(error(code)).toMatchObject({ reason, code, mayHaveHappened: false });
  });

  it.each([
    ['ORDERNOTEXIST', 'ORDER_NOT_EXIST'],
    ['ORDER_NOT_EXISTS', 'ORDER_NOT_EXIST'],
    ['ORDERPAID', 'ORDER_PAID'],
    ['NOTENOUGH', 'NOT_ENOUGH'],
    ['NOAUTH', 'NO_AUTH'],
    ['RULELIMIT', 'RULE_LIMIT'],
    ['RATELIMIT_EXCEEDED', 'FREQUENCY_LIMITED'],
    ['ACCOUNTERROR', 'USER_ACCOUNT_ABNORMAL'],
    ['INVALID_TRANSACTIONID', 'ORDER_NOT_EXIST'],
  ])('%s, an older spelling, means what %s means', (old, current) => {
    expect((error(old) as Rejected).reason).toBe((error(current) as Rejected).reason);
  });

  it.each([
    'SYSTEM_ERROR',
    'SYSTEMERROR',
    'BANKERROR',
    'SERVICE_UNAVAILABLE',
    'TRADE_ERROR',
    'REFUND_FEE_MISMATCH',
    'A_CODE_OF_2031',
    'constructor',
    undefined,
  ])('%s is unknown, never a no', (code) => {
    expect(error(code)).toBeInstanceOf(OutcomeUnknown);
    expect(error(code)).toMatchObject({ mayHaveHappened: true });
  });

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
