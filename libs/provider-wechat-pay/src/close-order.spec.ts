import { OutcomeUnknown, UntrustedMessage, type CloseOutcome } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import {
  APPID,
  bare,
  impostor,
  Line,
  MCHID,
  paidOrder,
  settings,
  signed,
  unpaidOrder,
  type Answer,
} from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

function closeOn(line: Line): Promise<CloseOutcome> | undefined {
  return wechatPay.connect(settings(), line.tools).payments.close?.('att_0001');
}

const close = (...answers: Answer[]) => closeOn(new Line(...answers));

/** Which of an order's doors were knocked at, in order. */
const doors = (line: Line) => line.sent.map(({ url }) => /att_0001\/?(\w*)/.exec(url)?.[1]);

describe('a close', () => {
  it('is closed at a signed 204 only', async () => {
    const line = new Line(signed(204, undefined));
    expect(await closeOn(line)).toBe('closed');
    expect(line.last).toMatchObject({ method: 'POST', body: `{"mchid":"${MCHID}"}` });
    expect(line.last.url).toMatch(/\/v3\/pay\/transactions\/out-trade-no\/att_0001\/close$/);
    await expect(close(bare(204))).rejects.toBeInstanceOf(UntrustedMessage);
    await expect(close(signed(200, {}))).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it.each([
    [400, 'ORDER_PAID', 'already_paid'],
    [400, 'ORDERPAID', 'already_paid'],
    [400, 'ORDER_CLOSED', 'closed'],
    [404, 'ORDER_NOT_EXIST', 'not_found'],
  ])('answers %i %s with %s, and asks nothing more', async (status, code, said) => {
    const line = new Line(signed(status, { code, message: '' }));
    expect(await closeOn(line)).toBe(said);
    expect(doors(line)).toEqual(['close']);
  });

  it.each([
    [bare(401, { code: 'SIGN_ERROR', message: '签名错误' }), 'invalid_configuration'],
    [signed(429, { code: 'FREQUENCY_LIMITED', message: '' }), 'rate_limited'],
    [signed(400, { code: 'MCH_NOT_EXISTS', message: '' }), 'invalid_configuration'],
  ])('asks nothing more when it is the call that is refused, not the order', async (refusal, reason) => {
    const line = new Line(refusal);
    await expect(closeOn(line)).rejects.toMatchObject({ reason });
    expect(line.sent).toHaveLength(1);
  });

  it('asks nothing more when nobody knows what became of it', async () => {
    const line = new Line(bare(500));
    await expect(closeOn(line)).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(line.sent).toHaveLength(1);
  });
});

describe('a close that is refused without a word on the order', () => {
  const ONLY_REVERSE = signed(400, { code: 'INVALID_REQUEST', message: '当前交易不允许进行普通关单(只能撤销)' });
  const REVERSED = signed(200, { appid: APPID, mchid: MCHID, out_trade_no: 'att_0001' });
  const MICROPAY = { trade_type: 'MICROPAY' };
  const numbered = (requestId: string): Answer => ({
    ...ONLY_REVERSE,
    headers: { ...ONLY_REVERSE.headers, 'Request-ID': requestId },
  });

  it.each([
    ['still wants the password', unpaidOrder('USERPAYING')],
    ['still wants the password and says how it is paid', unpaidOrder('USERPAYING', MICROPAY)],
    ['failed', unpaidOrder('PAYERROR')],
    ['is unpaid', unpaidOrder('NOTPAY', MICROPAY)],
  ])("asks first, and then reverses the order of a payer's code that %s", async (_what, order) => {
    const line = new Line(ONLY_REVERSE, signed(200, order), REVERSED);
    expect(await closeOn(line)).toBe('closed');
    expect(doors(line)).toEqual(['close', '', 'reverse']);
    expect(line.last).toMatchObject({ method: 'POST', body: JSON.stringify({ appid: APPID, mchid: MCHID }) });
  });

  it('takes the number of the refusal for the kind of an order whose answer tells neither kind nor state of one', async () => {
    const line = new Line(numbered('08F2E999C90610A4-268449641'), signed(200, unpaidOrder('NOTPAY')), REVERSED);
    expect(await closeOn(line)).toBe('closed');
    expect(doors(line)).toEqual(['close', '', 'reverse']);
  });

  it.each([
    ['a page in WeChat, whatever the number', '08F2-268449641', { trade_type: 'JSAPI' }],
    ['nobody says what, under another number', '08F2-268449538', {}],
    ['nobody says what, with the number elsewhere', '08F2-268449641-0', {}],
  ])('stays refused when the order is of %s', async (_what, requestId, more) => {
    const line = new Line(numbered(requestId), signed(200, unpaidOrder('NOTPAY', more)));
    await expect(closeOn(line)).rejects.toMatchObject({ reason: 'invalid_request', operation: 'close' });
    expect(doors(line)).toEqual(['close', '']);
  });

  it('leaves a paid order alone, whatever the number', async () => {
    const line = new Line(numbered('08F2-268449641'), signed(200, paidOrder(MICROPAY)));
    expect(await closeOn(line)).toBe('already_paid');
    expect(doors(line)).toEqual(['close', '']);
  });

  it.each(['TRADE_ERROR', 'RULE_LIMIT', 'A_CODE_OF_2031'])(
    'reverses whatever the code of the refusal: %s',
    async (code) => {
      const refusal = signed(403, { code, message: '' });
      expect(await close(refusal, signed(200, unpaidOrder('USERPAYING')), REVERSED)).toBe('closed');
    },
  );

  it.each([
    ['already_paid', 'paid', signed(200, paidOrder(MICROPAY))],
    ['already_paid', 'paid and given back', signed(200, paidOrder({ ...MICROPAY, trade_state: 'REFUND' }))],
    ['already_paid', 'paid and reversed', signed(200, paidOrder({ ...MICROPAY, trade_state: 'REVOKED' }))],
    ['closed', 'reversed before it was paid', signed(200, unpaidOrder('REVOKED', MICROPAY))],
    ['closed', 'closed', signed(200, unpaidOrder('CLOSED'))],
    ['not_found', 'not there', signed(404, { code: 'ORDER_NOT_EXIST', message: '' })],
  ])('answers %s of an order that is %s, and never reverses it', async (said, _what, answer) => {
    const line = new Line(ONLY_REVERSE, answer);
    expect(await closeOn(line)).toBe(said);
    expect(doors(line)).toEqual(['close', '']);
  });

  it.each([
    ['a page in WeChat', unpaidOrder('NOTPAY', { trade_type: 'JSAPI' })],
    ['nobody says what', unpaidOrder('NOTPAY')],
  ])('stays refused when the order is of %s: only a payer-presented code is reversed', async (_what, order) => {
    const line = new Line(ONLY_REVERSE, signed(200, order));
    await expect(closeOn(line)).rejects.toMatchObject({ reason: 'invalid_request', operation: 'close' });
    expect(doors(line)).toEqual(['close', '']);
  });

  it.each([
    ['is lost', bare(500), OutcomeUnknown],
    ['is not signed', bare(200, unpaidOrder('USERPAYING')), UntrustedMessage],
    ['is signed by somebody else', signed(200, unpaidOrder('USERPAYING'), { by: impostor }), UntrustedMessage],
    ['is about another order', signed(200, unpaidOrder('USERPAYING', { out_trade_no: 'att_0002' })), UntrustedMessage],
    ['is of an unlisted state', signed(200, unpaidOrder('SETTLED', MICROPAY)), OutcomeUnknown],
    ['contradicts itself', signed(200, paidOrder({ ...MICROPAY, trade_state: 'USERPAYING' })), OutcomeUnknown],
  ])('is not followed by a reverse when the answer to the question %s', async (_what, answer, verdict) => {
    const line = new Line(ONLY_REVERSE, answer);
    await expect(closeOn(line)).rejects.toBeInstanceOf(verdict);
    expect(doors(line)).toEqual(['close', '']);
  });
});

describe('a reverse', () => {
  const reverse = (answer: Answer) =>
    close(signed(403, { code: 'TRADE_ERROR', message: '' }), signed(200, unpaidOrder('USERPAYING')), answer);

  it.each([
    ['ORDER_CLOSED', 'closed'],
    ['ORDER_NOT_EXIST', 'not_found'],
    ['ORDER_PAID', 'already_paid'],
  ])('that is refused with %s says %s', async (code, said) => {
    expect(await reverse(signed(400, { code, message: '' }))).toBe(said);
  });

  it('is no close when it is refused, lost, unsigned, empty or about another order', async () => {
    await expect(reverse(signed(403, { code: 'RULE_LIMIT', message: '' }))).rejects.toMatchObject({
      reason: 'not_permitted',
      operation: 'reverse',
    });
    await expect(reverse(bare(500))).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(reverse(signed(204, undefined))).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(reverse(bare(200, { mchid: MCHID, out_trade_no: 'att_0001' }))).rejects.toBeInstanceOf(
      UntrustedMessage,
    );
    for (const other of [{ out_trade_no: 'att_0002' }, { mchid: '1900000002' }]) {
      const answer = signed(200, { appid: APPID, mchid: MCHID, out_trade_no: 'att_0001', ...other });
      await expect(reverse(answer)).rejects.toBeInstanceOf(UntrustedMessage);
    }
  });
});
