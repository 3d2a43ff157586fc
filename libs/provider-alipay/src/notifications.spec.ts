import { money, UntrustedMessage, type Notification, type RawMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import { newCertificate } from './testing/certificates.js';
import {
  ALIPAY_KEYS,
  APP_KEYS,
  CERTIFICATE_SETTINGS,
  FakeAlipay,
  SETTINGS,
  signedBy,
  STRANGER_KEYS,
} from './testing/fake-alipay.js';

const PAID = {
  notify_time: '2026-11-23 12:00:00',
  notify_type: 'trade_status_sync',
  notify_id: 'ac05099524730693a8b330c5ecf72da9786',
  app_id: SETTINGS.app_id,
  charset: 'utf-8',
  version: '1.0',
  trade_no: '2026112322001400000000000001',
  out_trade_no: 'pay_000000000001',
  buyer_id: '2088102146225135',
  seller_id: SETTINGS.seller_id,
  trade_status: 'TRADE_SUCCESS',
  total_amount: '19.99',
  receipt_amount: '18.00',
  subject: '新鲜番茄 100% + 鸡蛋 & 糖',
  gmt_create: '2026-11-23 11:59:00',
  gmt_payment: '2026-11-23 11:59:30',
  fund_bill_list: '[{"amount":"19.99","fundChannel":"ALIPAYACCOUNT"}]',
};
const PARTLY_REFUNDED = {
  ...PAID,
  out_biz_no: 'ref_000000000001',
  refund_fee: '3.33',
  gmt_refund: '2026-11-24 10:00:00.123',
};

type Form = Readonly<Record<string, string>>;

/** Signs as Alipay does: without sign and sign_type, names in ASCII order, in the bytes of the message's charset. */
function sign(form: Form, privatePem = ALIPAY_KEYS.privatePem, charset: BufferEncoding = 'utf8'): string {
  const names = Object.keys(form)
    .filter((name) => name !== 'sign_type')
    .toSorted();
  const text = names.map((name) => `${name}=${form[name] ?? ''}`).join('&');
  return signedBy(privatePem, Buffer.from(text, charset));
}

function raw(body: string | Buffer, type = 'application/x-www-form-urlencoded; charset=utf-8'): RawMessage {
  return { headers: [['Content-Type', type]], body: Buffer.from(body) };
}

function bodyOf(form: Form, signature = sign(form)): string {
  return new URLSearchParams({ ...form, sign_type: 'RSA2', sign: signature }).toString();
}

function parse(message: RawMessage, settings: unknown = SETTINGS): Promise<Notification> {
  const { notifications } = alipay.connect(settings, new FakeAlipay().tools);
  if (notifications === undefined) throw new Error('No notifications.');
  return notifications.parse(message);
}

const told = (form: Form) => parse(raw(bodyOf(form)));

/** Whether it is refused, and with the one error that says "proves nothing". */
function untrusted(message: RawMessage): Promise<boolean> {
  return parse(message).then(
    () => false,
    (error: unknown) => error instanceof UntrustedMessage,
  );
}

describe('a notification of a payment', () => {
  it('is read exactly, with the payee that it names', async () => {
    expect(await told(PAID)).toEqual({
      subject: 'payment',
      id: PAID.notify_id,
      reference: PAID.out_trade_no,
      snapshot: {
        state: 'paid',
        amount: money(1_999),
        paidAt: new Date('2026-11-23T03:59:30Z'),
        providerReference: PAID.trade_no,
        payee: SETTINGS.seller_id,
        payer: { id: PAID.buyer_id },
      },
    });
  });

  it("is verified with the certificate's key in certificate mode, even after the certificates have ended", async () => {
    const message = raw(bodyOf(PAID));
    expect(await parse(message, CERTIFICATE_SETTINGS)).toEqual(await parse(message));
    const ended = new Date('2026-11-22T12:00:00Z');
    const [app, alipayCert] = await Promise.all([
      newCertificate('0a', APP_KEYS.privatePem, { notAfter: ended }),
      newCertificate('0b', ALIPAY_KEYS.privatePem, { notAfter: ended }),
    ]);
    const old = { ...CERTIFICATE_SETTINGS, app_cert: app.pem, alipay_cert: alipayCert.pem };
    expect(await parse(message, old)).toMatchObject({ subject: 'payment', snapshot: { state: 'paid' } });
    const forged = raw(bodyOf(PAID, sign(PAID, STRANGER_KEYS.privatePem)));
    await expect(parse(forged, CERTIFICATE_SETTINGS)).rejects.toBeInstanceOf(UntrustedMessage);
  });

  it('may say that nothing went back: 0.00 is no refund', async () => {
    expect(await told({ ...PAID, refund_fee: '0.00' })).toMatchObject({ snapshot: { state: 'paid' } });
  });

  it('tells a payer who is still waited for, and an order that ended unpaid', async () => {
    const { gmt_payment: _, ...unpaid } = PAID;
    expect(await told({ ...unpaid, trade_status: 'WAIT_BUYER_PAY' })).toMatchObject({
      snapshot: { state: 'awaiting_payer' },
    });
    expect(await told({ ...unpaid, trade_status: 'TRADE_CLOSED' })).toMatchObject({ snapshot: { state: 'closed' } });
  });

  it.each([
    ['another app', { app_id: '2021000000000002' }],
    ['another seller', { seller_id: '2088000000000002' }],
    ['no seller', { seller_id: '' }],
    ['an app that calls itself our seller', { app_id: '', seller_id: SETTINGS.seller_id }],
  ])('for %s never names our payee', async (_, change) => {
    const form = Object.fromEntries(Object.entries({ ...PAID, ...change }).filter(([, value]) => value !== ''));
    const read = await told(form);
    expect(read).toMatchObject({ subject: 'payment', snapshot: { state: 'paid' } });
    expect(read).not.toMatchObject({ snapshot: { payee: SETTINGS.seller_id } });
  });

  it('that an order ended is not taken from another account: nothing in it could be compared later', async () => {
    const { gmt_payment: _, ...unpaid } = PAID;
    await expect(told({ ...unpaid, trade_status: 'TRADE_CLOSED', app_id: '2021000000000002' })).rejects.toBeInstanceOf(
      UntrustedMessage,
    );
  });
});

describe('a notification of a refund', () => {
  it('comes as another TRADE_SUCCESS and is not a payment; its sum is cumulative, so the refund is to be asked about', async () => {
    expect(await told(PARTLY_REFUNDED)).toEqual({
      subject: 'refund',
      id: PAID.notify_id,
      reference: PAID.out_trade_no,
      refundReference: 'ref_000000000001',
      payee: SETTINGS.seller_id,
      snapshot: { state: 'processing' },
    });
  });

  it('that empties the trade comes as TRADE_CLOSED and is not a closed order', async () => {
    const full = {
      ...PARTLY_REFUNDED,
      trade_status: 'TRADE_CLOSED',
      refund_fee: '19.99',
      gmt_close: '2026-11-24 10:00:00',
    };
    expect(await told(full)).toMatchObject({ subject: 'refund', snapshot: { state: 'processing' } });
    const { gmt_payment: _, ...undated } = full;
    expect(await told(undated)).toMatchObject({ subject: 'refund' });
  });

  it('is known by either mark alone', async () => {
    const { gmt_refund: _g, ...byFee } = PARTLY_REFUNDED;
    const { refund_fee: _f, ...byDate } = PARTLY_REFUNDED;
    for (const form of [byFee, byDate]) expect(await told(form)).toMatchObject({ subject: 'refund' });
  });

  it('that we did not ask for carries no number of ours, and moves nothing', async () => {
    const { out_biz_no: _, ...elsewhere } = PARTLY_REFUNDED;
    expect(await told(elsewhere)).toMatchObject({ subject: 'other' });
    expect(await told({ ...elsewhere, out_biz_no: PAID.trade_no })).toMatchObject({ subject: 'other' });
  });
});

describe('any other notification', () => {
  it('is verified all the same, then left alone', async () => {
    const other = { ...PAID, notify_type: 'dut_user_sign' };
    expect(await told(other)).toEqual({ subject: 'other', id: PAID.notify_id, kind: 'dut_user_sign' });
    expect(await untrusted(raw(bodyOf(other, sign(PAID))))).toBe(true);
  });

  it('with a status that no document lists moves nothing', async () => {
    expect(await told({ ...PAID, trade_status: 'TRADE_PENDING' })).toMatchObject({ subject: 'other' });
  });
});

describe('a notification that does not hold', () => {
  const genuine = bodyOf(PAID);

  it.each(['total_amount', 'out_trade_no', 'seller_id', 'app_id', 'trade_status', 'notify_id', 'charset'] as const)(
    'is refused when %s was changed after signing',
    async (name) => {
      expect(await untrusted(raw(bodyOf({ ...PAID, [name]: `${PAID[name]}1` }, sign(PAID))))).toBe(true);
    },
  );

  it('is refused when something was added or left out', async () => {
    expect(await untrusted(raw(`${genuine}&refund_fee=19.99`))).toBe(true);
    const { subject: _, ...shorter } = PAID;
    expect(await untrusted(raw(bodyOf(shorter, sign(PAID))))).toBe(true);
  });

  it('is refused without a signature, and with that of another key or of nothing', async () => {
    expect(await untrusted(raw(new URLSearchParams({ ...PAID, sign_type: 'RSA2' }).toString()))).toBe(true);
    for (const signature of ['', 'x', sign(PAID, STRANGER_KEYS.privatePem), sign({})]) {
      expect(await untrusted(raw(bodyOf(PAID, signature))), signature).toBe(true);
    }
  });

  it('is refused when it names another algorithm, or none', async () => {
    for (const signType of ['RSA', 'rsa2', 'MD5', '']) {
      const body = new URLSearchParams({ ...PAID, sign_type: signType, sign: sign(PAID) }).toString();
      expect(await untrusted(raw(body)), signType).toBe(true);
    }
    expect(await untrusted(raw(new URLSearchParams({ ...PAID, sign: sign(PAID) }).toString())), 'absent').toBe(true);
  });

  it('is refused when it says anything twice, in either spelling', async () => {
    expect(await untrusted(raw(`${genuine}&total_amount=19.99`))).toBe(true);
    expect(await untrusted(raw(`total_amount=0.01&${genuine}`))).toBe(true);
    expect(await untrusted(raw(`${genuine}&%74otal_amount=0.01`))).toBe(true);
  });

  it('is refused when it is no form, or comes with two content types', async () => {
    expect(await untrusted(raw(genuine, 'application/json'))).toBe(true);
    expect(await untrusted({ headers: [], body: Buffer.from(genuine) })).toBe(true);
    const type = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
    await expect(parse({ headers: [type], body: Buffer.from(genuine) })).resolves.toBeDefined();
    expect(await untrusted({ headers: [type, type], body: Buffer.from(genuine) })).toBe(true);
  });

  it('is refused when it is not well encoded', async () => {
    for (const body of ['', '&', `${genuine}&`, `${genuine}&x`, `${genuine}&=x`, genuine.replace('%', '%zz')]) {
      expect(await untrusted(raw(body)), body.slice(-20)).toBe(true);
    }
  });

  it('is refused when it is genuine but unreadable', async () => {
    for (const change of [{ total_amount: '19.999' }, { gmt_payment: 'yesterday' }, { charset: 'big5' }]) {
      await expect(told({ ...PAID, ...change }), JSON.stringify(change)).rejects.toBeInstanceOf(UntrustedMessage);
    }
    const { notify_id: _, ...nameless } = PAID;
    await expect(told(nameless)).rejects.toBeInstanceOf(UntrustedMessage);
  });
});

describe('the spelling of a notification', () => {
  it('is decoded exactly once: a percent sign in a value stays one', async () => {
    expect(await told({ ...PAID, subject: '100%25 %zz' })).toMatchObject({ subject: 'payment' });
  });

  it('holds with empty values signed, and with empty values left out of the signature', async () => {
    const withEmpty = { ...PAID, passback_params: '' };
    expect(await parse(raw(bodyOf(withEmpty, sign(withEmpty))))).toMatchObject({ subject: 'payment' });
    expect(await parse(raw(bodyOf(withEmpty, sign(PAID))))).toMatchObject({ subject: 'payment' });
  });

  it('is verified in the bytes of its own charset: GBK', async () => {
    // 商品 in GBK, one latin1 character per byte.
    const gbk = { ...PAID, charset: 'GBK', subject: '\u00c9\u00cc\u00c6\u00b7', buyer_open_id: '\u00c9\u00cc' };
    const signature = sign(gbk, ALIPAY_KEYS.privatePem, 'latin1');
    const escaped = (text: string) =>
      Buffer.from(text, 'latin1')
        .toString('hex')
        .replace(/../g, (byte) => `%${byte.toUpperCase()}`);
    const pairs = Object.entries({ ...gbk, sign_type: 'RSA2', sign: signature });
    const body = pairs.map(([name, value]) => `${name}=${escaped(value)}`).join('&');
    const message = raw(body, 'application/x-www-form-urlencoded; charset=GBK');
    expect(await parse(message)).toMatchObject({ snapshot: { state: 'paid', payer: { id: '商' } } });
  });
});

describe('the answer to a notification', () => {
  it('is "success" only for what is committed', () => {
    const { notifications } = alipay.connect(SETTINGS, new FakeAlipay().tools);
    const answers = (['accepted', 'mismatch', 'untrusted', 'failed'] as const).map((verdict) => {
      const { status, contentType, body } = notifications?.acknowledge(verdict) ?? {};
      expect(contentType).toMatch(/^text\/plain/);
      return [status, body];
    });
    expect(answers).toEqual([
      [200, 'success'],
      [200, 'fail'],
      [401, 'fail'],
      [500, 'fail'],
    ]);
  });
});
