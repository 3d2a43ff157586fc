import { OutcomeUnknown, Rejected, UntrustedMessage, type NextAction, type PrepareRequest } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import {
  APPID,
  bare,
  impostor,
  Line,
  MCHID,
  NOW,
  paidOrder,
  settings,
  signed,
  unpaidOrder,
  type Answer,
} from '../test-platform.js';
import { wechatPay } from '../wechat-pay.js';

const AUTH_CODE = '130061098828009406';
const REQUEST: PrepareRequest = {
  reference: 'att_0001',
  amount: { amount: 1_999, currency: 'CNY' },
  description: '一箱柚子',
  requestedAt: NOW,
  expiresAt: new Date(NOW.getTime() + 15 * 60_000),
  notifyUrl: 'https://pay.example.com/notifications/wechat_pay/acc_1',
  authCode: AUTH_CODE,
  payer: { ip: '203.0.113.9' },
};

async function charge(
  line: Line,
  changes: Partial<PrepareRequest> = {},
  more: Readonly<Record<string, unknown>> = {},
): Promise<NextAction | undefined> {
  return wechatPay.connect(settings(more), line.tools).payments.prepare.payer_code?.({ ...REQUEST, ...changes });
}

const answered = (answer: Answer) => charge(new Line(answer));
const order = (more: Readonly<Record<string, unknown>>) => paidOrder({ trade_type: 'MICROPAY', ...more });

describe("the payer's code", () => {
  it('is charged with what this order knows: no expiry, nowhere to report', async () => {
    const line = new Line(signed(200, order({})));
    await charge(line);
    expect(line.last).toMatchObject({
      method: 'POST',
      url: 'https://api.mch.weixin.qq.com/v3/pay/transactions/codepay',
    });
    expect(line.lastJson).toEqual({
      appid: APPID,
      mchid: MCHID,
      description: '一箱柚子',
      out_trade_no: 'att_0001',
      amount: { total: 1_999, currency: 'CNY' },
      payer: { auth_code: AUTH_CODE },
      scene_info: { device_ip: '203.0.113.9', store_info: { out_id: MCHID } },
    });
  });

  it('is charged in the shop that the account names, from an address even where none is told', async () => {
    for (const payer of [{}, { ip: '' }]) {
      const line = new Line(signed(200, order({})));
      await charge(line, { payer }, { store_out_id: 'A1111' });
      expect(line.lastJson['scene_info']).toEqual({ device_ip: '127.0.0.1', store_info: { out_id: 'A1111' } });
    }
  });

  it.each(['100000000000000000', '159999999999999999'])('is sent when it is one of WeChat: %s', async (authCode) => {
    const line = new Line(signed(200, order({})));
    await charge(line, { authCode });
    expect(line.lastJson['payer']).toEqual({ auth_code: authCode });
  });

  it.each([
    '',
    '13006109882800940',
    '1300610988280094061',
    '090061098828009406',
    '160061098828009406',
    '286061098828009406',
    '13006109882800940x',
    ` ${AUTH_CODE}`,
    `${AUTH_CODE}\n`,
    '１３００６１０９８８２８００９４０６',
  ])('is refused before anything is sent, and not repeated, when it is none: %j', async (authCode) => {
    const line = new Line();
    const error = await charge(line, { authCode }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Rejected);
    expect(error).toMatchObject({ reason: 'invalid_request', code: 'auth_code_unfit', provider: 'wechat_pay' });
    expect(authCode === '' || !(error as Error).message.includes(authCode)).toBe(true);
    expect(line.sent).toHaveLength(0);
  });

  it('is missed before anything is sent', async () => {
    const { authCode: _authCode, ...rest } = REQUEST;
    const line = new Line();
    const prepare = wechatPay.connect(settings(), line.tools).payments.prepare.payer_code;
    await expect(prepare?.(rest)).rejects.toMatchObject({ reason: 'invalid_request' });
    expect(line.sent).toHaveLength(0);
  });
});

describe('a charged code', () => {
  it.each(['SUCCESS', 'REFUND', 'REVOKED'])(
    'leaves nothing to do when the order is %s and was paid',
    async (trade_state) => {
      expect(await answered(signed(200, order({ trade_state })))).toEqual({
        type: 'none',
        expiresAt: REQUEST.expiresAt,
      });
    },
  );

  it.each([
    ['200 with that state', signed(200, unpaidOrder('USERPAYING', { trade_type: 'MICROPAY' }))],
    ['202 with that state', signed(202, unpaidOrder('USERPAYING'))],
    ['202 with that code', signed(202, { code: 'USERPAYING', message: '需要用户输入支付密码' })],
    ['200 with that code', signed(200, { code: 'USERPAYING', message: '需要用户输入支付密码' })],
    ['an order that is not paid yet', signed(200, unpaidOrder('NOTPAY'))],
  ])('waits for the password: %s', async (_what, answer) => {
    expect(await answered(answer)).toEqual({
      type: 'await_payer',
      pollAfterMs: 5_000,
      expiresAt: new Date(NOW.getTime() + 45_000),
    });
  });

  it('waits no longer than the payment itself', async () => {
    const expiresAt = new Date(NOW.getTime() + 20_000);
    const action = await charge(new Line(signed(200, unpaidOrder('USERPAYING'))), { expiresAt });
    expect(action).toMatchObject({ expiresAt });
  });

  it.each([
    [403, 'NOT_ENOUGH', 'insufficient_funds'],
    [403, 'NOTENOUGH', 'insufficient_funds'],
    [400, 'AUTH_CODE_INVALID', 'payer_unfit'],
    [400, 'AUTHCODEEXPIRE', 'payer_unfit'],
    [400, 'BUYER_MISMATCH', 'order_exists'],
    [403, 'OUT_TRADE_NO_USED', 'order_exists'],
    [400, 'ORDER_PAID', 'order_paid'],
    [403, 'RULE_LIMIT', 'not_permitted'],
    [400, 'PARAM_ERROR', 'invalid_request'],
    [429, 'FREQUENCY_LIMITED', 'rate_limited'],
  ])('is refused by %i %s: %s', async (status, code, reason) => {
    const error = await answered(signed(status, { code, message: '' })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Rejected);
    expect(error).toMatchObject({ reason, code, operation: 'order_codepay' });
  });

  it.each([
    ['PAYERROR', 'payer_declined'],
    ['REVOKED', 'order_closed'],
    ['CLOSED', 'order_closed'],
  ])('is refused by an order that is %s: %s', async (trade_state, reason) => {
    const answer = signed(200, unpaidOrder(trade_state, { trade_state_desc: '支付失败' }));
    await expect(answered(answer)).rejects.toMatchObject({ reason, code: trade_state });
  });

  it.each([
    ['a server error', bare(500)],
    ['their system error', signed(400, { code: 'SYSTEM_ERROR', message: '' })],
    ["a bank's error", signed(400, { code: 'BANKERROR', message: '' })],
    ['TRADE_ERROR, which says what it means in its message only', signed(403, { code: 'TRADE_ERROR', message: '' })],
    ['a password that is awaited by an error', signed(400, { code: 'USERPAYING', message: '' })],
    ['an unlisted code', signed(400, { code: 'A_CODE_OF_2031', message: '' })],
    ['an unlisted state', signed(200, order({ trade_state: 'SETTLED' }))],
    ['a payment without its proof', signed(200, unpaidOrder('SUCCESS'))],
    ['no object', signed(202, undefined)],
  ])('is of unknown outcome after %s', async (_what, answer) => {
    await expect(answered(answer)).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it.each([
    ['another order', signed(200, order({ out_trade_no: 'att_0002' }))],
    ['another merchant', signed(200, order({ mchid: '1900000002' }))],
    ['a password, unsigned', bare(202, { code: 'USERPAYING', message: '' })],
    ['a password, signed by somebody else', signed(202, { code: 'USERPAYING', message: '' }, { by: impostor })],
    ['an empty balance, unsigned', bare(403, { code: 'NOT_ENOUGH', message: '' })],
  ])('is told nothing by an answer about %s', async (_what, answer) => {
    await expect(answered(answer)).rejects.toBeInstanceOf(UntrustedMessage);
  });
});
