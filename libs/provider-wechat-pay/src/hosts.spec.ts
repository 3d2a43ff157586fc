import { NotReached, OutcomeUnknown, Rejected, type PaymentProvider } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import {
  bare,
  Line,
  merchantSigned,
  networkFailure,
  NOW,
  paidOrder,
  refundObject,
  settings,
  signed,
  unpaidOrder,
  type Answer,
} from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

const MAIN = 'api.mch.weixin.qq.com';
const REMOTE = 'api2.mch.weixin.qq.com';

function connect(line: Line, more: Readonly<Record<string, unknown>> = {}): PaymentProvider {
  return wechatPay.connect(settings(more), line.tools);
}

const REQUEST = {
  reference: 'att_0001',
  amount: { amount: 1_999, currency: 'CNY' },
  description: '春笋',
  requestedAt: NOW,
  expiresAt: new Date(NOW.getTime() + 900_000),
  notifyUrl: 'https://pay.test/n',
} as const;
const REFUND = {
  reference: 'ref_0001',
  paymentReference: 'att_0001',
  paymentProviderReference: '4200001569202611231234567890',
  amount: { amount: 333, currency: 'CNY' },
  total: { amount: 1_999, currency: 'CNY' },
  notifyUrl: 'https://pay.test/n',
} as const;

const hostsOf = (line: Line) => line.sent.map(({ url }) => new URL(url).host);
const failure = (work: Promise<unknown> | undefined) =>
  work?.then(
    () => 'no failure',
    (error: unknown) => error,
  );

const PAID = signed(200, paidOrder());
const REFUSED = networkFailure('ECONNREFUSED');
const RESET = networkFailure('ECONNRESET');
const TIMEOUT = new DOMException('The operation was aborted due to timeout', 'TimeoutError');

/** What makes a call go on to the second host. */
const UNANSWERED: readonly [what: string, first: Answer | Error][] = [
  ['was not reached', REFUSED],
  ['reset the connection', RESET],
  ['did not answer in time', TIMEOUT],
  ['answered 502', bare(502)],
  ['answered 503', signed(503, { code: 'SERVICE_UNAVAILABLE' })],
];

describe('when the main host', () => {
  it.each(UNANSWERED)('%s, the remote one is asked the same, signed afresh', async (_what, first) => {
    const line = new Line(first, PAID);
    expect(await connect(line).payments.query('att_0001')).toMatchObject({ state: 'paid' });
    expect(hostsOf(line)).toEqual([MAIN, REMOTE]);
    const [before, after] = line.sent.map(({ url }) => new URL(url));
    expect([after?.pathname, after?.search]).toEqual([before?.pathname, before?.search]);
    const authorization = line.last.headers.get('authorization') ?? '';
    const [, signature = '', timestamp] = /signature="([^"]+)",timestamp="(\d+)"/.exec(authorization) ?? [];
    const text = `GET\n${after?.pathname}${after?.search}\n${timestamp}\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n`;
    expect(merchantSigned(text, signature)).toBe(true);
  });

  it.each(UNANSWERED)(
    '%s, orders, closes and refunds go to the remote one with their own numbers',
    async (_what, first) => {
      const order = new Line(first, signed(200, { code_url: 'weixin://wxpay/bizpayurl?pr=p4lpSuKzz' }));
      await connect(order).payments.prepare.qr_code?.(REQUEST);
      const close = new Line(first, signed(204, undefined));
      expect(await connect(close).payments.close?.('att_0001')).toBe('closed');
      const refund = new Line(first, signed(200, refundObject()));
      expect(await connect(refund).refunds?.refund(REFUND)).toMatchObject({ state: 'succeeded' });
      for (const line of [order, close, refund]) {
        expect(hostsOf(line)).toEqual([MAIN, REMOTE]);
        expect(line.sent[1]?.body).toBe(line.sent[0]?.body);
      }
    },
  );

  it('answers, the remote one is left alone, whatever the answer is', async () => {
    for (const answer of [
      PAID,
      bare(500),
      signed(404, { code: 'ORDER_NOT_EXIST' }),
      bare(401, { code: 'SIGN_ERROR' }),
    ]) {
      const line = new Line(answer, PAID);
      await failure(connect(line).payments.query('att_0001'));
      expect(hostsOf(line)).toEqual([MAIN]);
    }
  });
});

describe("a payer's code", () => {
  const charge = (line: Line) =>
    failure(connect(line).payments.prepare.payer_code?.({ ...REQUEST, authCode: '130000000000000000' }));

  it.each(UNANSWERED.slice(1))(
    'is charged once only: the first host %s, the outcome is unknown',
    async (_what, first) => {
      const line = new Line(first, PAID);
      expect(await charge(line)).toBeInstanceOf(OutcomeUnknown);
      expect(hostsOf(line)).toEqual([MAIN]);
    },
  );

  it('is charged by the remote host when not a byte of it left us', async () => {
    const line = new Line(REFUSED, signed(200, { ...unpaidOrder('USERPAYING'), trade_type: 'MICROPAY' }));
    await charge(line);
    expect(hostsOf(line)).toEqual([MAIN, REMOTE]);
  });
});

describe('a reverse, which gives back what is paid', () => {
  it('is not sent again later: nobody has asked since whether the payer was faster', async () => {
    const refused = signed(403, { code: 'TRADE_ERROR', message: '' });
    const line = new Line(refused, signed(200, { ...unpaidOrder('USERPAYING') }), TIMEOUT, signed(200, {}));
    expect(await failure(connect(line).payments.close?.('att_0001'))).toBeInstanceOf(OutcomeUnknown);
    expect(line.sent.map(({ url }) => /att_0001\/?(\w*)/.exec(url)?.[1])).toEqual(['close', '', 'reverse']);
  });
});

describe('after both hosts', () => {
  const refundAfter = (...answers: (Answer | Error)[]) =>
    failure(connect(new Line(...answers)).refunds?.refund(REFUND));

  it('were not reached, nothing was sent', async () => {
    expect(await refundAfter(REFUSED, networkFailure('ENOTFOUND'))).toBeInstanceOf(NotReached);
  });

  it.each([
    ['the first may have got it, the second not', RESET, REFUSED],
    ['the second may have got it, the first not', REFUSED, RESET],
    ['both may have got it', TIMEOUT, bare(502)],
  ])('how it ended is unknown: %s', async (_what, first, second) => {
    expect(await refundAfter(first, second)).toBeInstanceOf(OutcomeUnknown);
  });

  it('the second one speaks for both when it has looked the number up', async () => {
    const notEnough = signed(403, { code: 'NOT_ENOUGH', message: '余额不足' });
    expect(await refundAfter(RESET, notEnough)).toMatchObject({ reason: 'merchant_balance_too_low' });
  });

  it.each([
    ['too many calls', signed(429, { code: 'FREQUENCY_LIMITED' })],
    ['credentials', bare(401, { code: 'SIGN_ERROR' })],
    ['no such route', bare(404)],
  ])(
    'the second one speaks for itself when it refuses because of %s: unknown, if the first may have got it',
    async (_what, second) => {
      expect(await refundAfter(RESET, second)).toBeInstanceOf(OutcomeUnknown);
      const order = connect(new Line(RESET, second)).payments.prepare.qr_code?.(REQUEST);
      expect(await failure(order)).toBeInstanceOf(OutcomeUnknown);
      const unsent = connect(new Line(REFUSED, second)).payments.prepare.qr_code?.(REQUEST);
      expect(await failure(unsent)).toBeInstanceOf(Rejected);
    },
  );
});

describe('the host that answered in place of the other', () => {
  it('goes first for a minute, and then the main one again', async () => {
    const line = new Line(REFUSED, PAID, PAID, PAID);
    const { payments } = connect(line);
    await payments.query('att_0001');
    line.now = new Date(NOW.getTime() + 59_999);
    expect(await failure(payments.query('att_0001'))).toBe('no failure');
    line.now = new Date(NOW.getTime() + 60_000);
    await payments.query('att_0001');
    expect(hostsOf(line)).toEqual([MAIN, REMOTE, REMOTE, MAIN]);
  });

  it('has the main one for its own stand-in meanwhile', async () => {
    const line = new Line(REFUSED, PAID, REFUSED, PAID, PAID);
    const { payments } = connect(line);
    for (let call = 0; call < 3; call += 1) await payments.query('att_0001');
    expect(hostsOf(line)).toEqual([MAIN, REMOTE, REMOTE, MAIN, MAIN]);
  });
});

describe('which hosts', () => {
  it.each([
    ['the main host has the remote one', {}, [MAIN, REMOTE]],
    ['any other host stands alone', { base_url: 'http://127.0.0.1:4000' }, ['127.0.0.1:4000']],
    [
      'a second one can be named',
      { base_url: 'https://a.test', backup_base_url: 'https://b.test' },
      ['a.test', 'b.test'],
    ],
    ['and the remote one can be waived', { backup_base_url: `https://${MAIN}` }, [MAIN]],
  ])('%s', async (_what, more, hosts) => {
    const line = new Line(REFUSED, REFUSED);
    expect(await failure(connect(line, more).payments.query('att_0001'))).toBeInstanceOf(NotReached);
    expect(hostsOf(line)).toEqual(hosts);
  });
});
