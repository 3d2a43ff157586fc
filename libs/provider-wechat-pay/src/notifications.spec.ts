import { UntrustedMessage, type Notification, type Notifications, type RawMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import {
  impostor,
  Line,
  MCHID,
  notification,
  NOW,
  paidOrder,
  platform,
  publicKey,
  publicKeySettings,
  refundObject,
  settings,
  SIGNTEST,
} from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

const { notifications } = wechatPay.connect(settings(), new Line().tools) as { notifications: Notifications };
const ID = '7442f44b-aa13-5a7c-b6a9-51c5c8ace319';
const paid = (deviation?: Parameters<typeof notification>[3]) =>
  notification('TRANSACTION.SUCCESS', 'transaction', paidOrder(), deviation);

function parse(message: RawMessage): Promise<Notification> {
  return notifications.parse(message);
}

/** What was thrown at a message; what it was read as, when nothing was. */
function verdict(message: RawMessage): Promise<unknown> {
  return parse(message).catch((error: unknown) => error);
}

describe('a genuine notification', () => {
  it('of a payment carries the same proof as a query', async () => {
    expect(await parse(paid())).toEqual({
      subject: 'payment',
      id: ID,
      reference: 'att_0001',
      snapshot: {
        state: 'paid',
        amount: { amount: 1_999, currency: 'CNY' },
        paidAt: new Date('2026-11-23T03:59:30.000Z'),
        providerReference: '4200001569202611231234567890',
        payee: MCHID,
        payer: { id: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
      },
    });
  });

  it.each([
    [
      'SUCCESS',
      {
        state: 'succeeded',
        amount: { amount: 333, currency: 'CNY' },
        refundedAt: new Date('2026-11-23T03:59:50.000Z'),
      },
    ],
    ['ABNORMAL', { state: 'stuck', code: 'ABNORMAL' }],
    ['CLOSED', { state: 'failed', code: 'CLOSED' }],
  ])('of a refund that ended with %s says so', async (refund_status, snapshot) => {
    const { status: _status, ...refund } = refundObject({
      mchid: MCHID,
      refund_status,
      amount: { total: 1_999, refund: 333, payer_total: 1_499, payer_refund: 249 },
    });
    expect(await parse(notification(`REFUND.${refund_status}`, 'refund', refund))).toEqual({
      subject: 'refund',
      id: ID,
      reference: 'att_0001',
      refundReference: 'ref_0001',
      payee: MCHID,
      snapshot: { ...snapshot, providerReference: '50000000382019052709732678859' },
    });
  });

  it('of anything else is passed by', async () => {
    expect(await parse(notification('COUPON.USE', 'coupon', { stock_id: '9856000' }))).toEqual({
      subject: 'other',
      id: ID,
      kind: 'COUPON.USE',
    });
  });

  it("to another merchant or app id carries that one's name as payee", async () => {
    const foreign = await parse(notification('TRANSACTION.SUCCESS', 'transaction', paidOrder({ mchid: '1900000002' })));
    expect(foreign).toMatchObject({ snapshot: { state: 'paid', payee: '1900000002' } });
    const otherApp = await parse(notification('TRANSACTION.SUCCESS', 'transaction', paidOrder({ appid: 'wxforeign' })));
    expect(otherApp).toMatchObject({ snapshot: { payee: `${MCHID}/wxforeign` } });
  });

  it('is read by the key that it names while the merchant switches from certificates to the public key', async () => {
    const switching = wechatPay.connect(settings(publicKeySettings(publicKey)), new Line().tools).notifications;
    for (const by of [platform, publicKey]) expect(await switching?.parse(paid({ by }))).toMatchObject({ id: ID });
    expect(await verdict(paid({ by: publicKey }))).toBeInstanceOf(UntrustedMessage);
  });

  it('is read with header names in any case', async () => {
    const { headers, body } = paid();
    const lower = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
    expect(await parse({ headers: lower, body })).toMatchObject({ id: ID });
  });
});

describe('a notification proves nothing', () => {
  it('when any single byte of it was changed', async () => {
    const { headers, body } = paid();
    for (let index = 0; index < body.length; index += 7) {
      const flipped = Uint8Array.from(body);
      flipped[index] = (flipped[index] ?? 0) ^ 1;
      expect(await verdict({ headers, body: flipped })).toBeInstanceOf(UntrustedMessage);
    }
  });

  it.each([0, 1, 2, 3, 4])('without one of its signature headers, with it empty or twice (%i)', async (at) => {
    const { headers, body } = paid();
    const header = headers[at] ?? ['', ''];
    expect(await verdict({ headers: headers.toSpliced(at, 1), body })).toBeInstanceOf(UntrustedMessage);
    expect(await verdict({ headers: headers.with(at, [header[0], '']), body })).toBeInstanceOf(UntrustedMessage);
    expect(await verdict({ headers: [...headers, header], body })).toBeInstanceOf(UntrustedMessage);
    expect(await verdict({ headers: [...headers, [header[0].toLowerCase(), 'x']], body })).toBeInstanceOf(
      UntrustedMessage,
    );
  });

  it('when somebody else signed it, or it is a probe', async () => {
    expect(await verdict(paid({ by: impostor }))).toBeInstanceOf(UntrustedMessage);
    expect(await verdict(paid({ headers: { 'Wechatpay-Signature': SIGNTEST } }))).toBeInstanceOf(UntrustedMessage);
  });

  it('when it is more than five minutes away from our clock, either way', async () => {
    const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
    expect(await verdict(paid({ at: at(-301) }))).toBeInstanceOf(UntrustedMessage);
    expect(await verdict(paid({ at: at(301) }))).toBeInstanceOf(UntrustedMessage);
    expect(await parse(paid({ at: at(-300) }))).toMatchObject({ id: ID });
  });

  it.each([
    ['another algorithm', { resource: { algorithm: 'AEAD_SM4_GCM' } }],
    ['other associated data', { resource: { associated_data: 'refund' } }],
    ['no associated data', { resource: { associated_data: undefined } }],
    ['a short nonce', { resource: { nonce: 'short' } }],
    ['a ciphertext shorter than its tag', { resource: { ciphertext: 'AAAA' } }],
    ['no ciphertext', { resource: { ciphertext: undefined } }],
    ['no resource', { envelope: { resource: undefined } }],
    ['no id', { envelope: { id: undefined } }],
    ['no event type', { envelope: { event_type: undefined } }],
    ['an event that its content is not of', { envelope: { event_type: 'REFUND.SUCCESS' } }],
    ['a content that its event is not of', { resource: { original_type: 'refund' } }],
  ])('with %s, although it is well signed', async (_what, deviation) => {
    expect(await verdict(paid(deviation))).toBeInstanceOf(UntrustedMessage);
  });

  it.each([
    ['a state that no document lists', paidOrder({ trade_state: 'SETTLED' })],
    ['a payment without its date', paidOrder({ success_time: undefined })],
    ['an order without our number', paidOrder({ out_trade_no: undefined })],
    ['no object', ['x']],
  ])('with %s inside', async (_what, content) => {
    expect(await verdict(notification('TRANSACTION.SUCCESS', 'transaction', content))).toBeInstanceOf(UntrustedMessage);
  });

  it.each([
    ['another status than its event', { refund_status: 'CLOSED' }],
    ['no refund number', { out_refund_no: undefined }],
    ['no payment number', { out_trade_no: undefined }],
    ['no merchant', { mchid: undefined }],
    ['no amount', { amount: undefined }],
  ])('as a refund with %s', async (_what, more) => {
    expect(
      await verdict(
        notification('REFUND.SUCCESS', 'refund', refundObject({ mchid: MCHID, refund_status: 'SUCCESS', ...more })),
      ),
    ).toBeInstanceOf(UntrustedMessage);
  });

  it('as a refund whose content says that it is of another kind', async () => {
    const message = notification(
      'REFUND.SUCCESS',
      'transaction',
      refundObject({ mchid: MCHID, refund_status: 'SUCCESS' }),
    );
    expect(await verdict(message)).toBeInstanceOf(UntrustedMessage);
  });
});

describe('an acknowledgement', () => {
  it('says "received" of what is stored and of what does not match, and asks again for the rest', () => {
    expect(notifications.acknowledge('accepted')).toEqual({ status: 204, contentType: 'application/json', body: '' });
    expect(notifications.acknowledge('mismatch')).toMatchObject({ status: 204, body: '' });
    for (const [verdict, status] of [
      ['untrusted', 401],
      ['failed', 500],
    ] as const) {
      const { status: answered, body } = notifications.acknowledge(verdict);
      expect(answered).toBe(status);
      expect(JSON.parse(body)).toMatchObject({ code: 'FAIL', message: expect.stringMatching(/\S/) });
    }
  });
});
