import { NotReached, Rejected, UntrustedMessage, type PaymentProvider } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import {
  bare,
  certificateList,
  impostor,
  Line,
  networkFailure,
  newHolder,
  notification,
  NOW,
  paidOrder,
  platform,
  publicKey,
  publicKeySettings,
  secondPlatform,
  settings,
  signed,
  type Answer,
  type Holder,
} from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

const BASE = { base_url: 'https://gateway.test' };
const LIST = 'gateway.test/v3/certificates';
const ORDER = 'gateway.test/v3/pay/transactions/out-trade-no/att_0001';
const MINUTE = 60_000;

/** An account that was set up with one certificate, before the second one was made. */
const KNOWS_FIRST = {
  ...BASE,
  platform_certificates: [{ serial_no: platform.serial, certificate: platform.certificate }],
};
const KNOWS_NONE = { ...BASE, platform_certificates: [] };

function connect(line: Line, more: Readonly<Record<string, unknown>> = KNOWS_FIRST): PaymentProvider {
  return wechatPay.connect(settings(more), line.tools);
}

const paid = (by: Holder): Answer => signed(200, paidOrder(), { by });
const NONE = signed(404, { code: 'RESOURCE_NOT_EXISTS', message: '无可用的平台证书' }, { by: publicKey });

async function failure(work: Promise<unknown> | undefined): Promise<unknown> {
  return work?.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

describe('an answer under an unknown serial number', () => {
  it('is read once the certificate has been fetched, and the next one without asking', async () => {
    const line = new Line(paid(secondPlatform), certificateList([secondPlatform, platform]), paid(secondPlatform));
    const provider = connect(line);
    expect(await provider.payments.query('att_0001')).toMatchObject({ state: 'paid' });
    expect(await provider.payments.query('att_0001')).toMatchObject({ state: 'paid' });
    expect(line.route).toEqual([ORDER, LIST, ORDER]);
  });

  it('leaves the key that was known before as good as it was', async () => {
    const line = new Line(paid(secondPlatform), certificateList([secondPlatform]), paid(platform));
    const provider = connect(line);
    await provider.payments.query('att_0001');
    expect(await provider.payments.query('att_0001')).toMatchObject({ state: 'paid' });
  });

  it('is untrusted when the list does not name it either, and says so once a minute only', async () => {
    const list = certificateList([platform]);
    const line = new Line(
      paid(secondPlatform),
      list,
      paid(secondPlatform),
      paid(secondPlatform),
      certificateList([secondPlatform]),
    );
    const provider = connect(line);
    expect(await failure(provider.payments.query('att_0001'))).toBeInstanceOf(UntrustedMessage);
    line.now = new Date(NOW.getTime() + MINUTE - 1);
    expect(await failure(provider.payments.query('att_0001'))).toBeInstanceOf(UntrustedMessage);
    line.now = new Date(NOW.getTime() + MINUTE);
    expect(await provider.payments.query('att_0001')).toMatchObject({ state: 'paid' });
    expect(line.route).toEqual([ORDER, LIST, ORDER, ORDER, LIST]);
  });

  it('is untrusted when the list cannot be had, with the reason beside it', async () => {
    const line = new Line(paid(secondPlatform), networkFailure('ECONNREFUSED'));
    const error = await failure(connect(line).payments.query('att_0001'));
    expect(error).toBeInstanceOf(UntrustedMessage);
    expect((error as Error).cause).toBeInstanceOf(NotReached);
  });

  it('causes one download for many messages at once', async () => {
    const line = new Line(certificateList([secondPlatform]));
    const { notifications } = connect(line);
    const news = (id: string) =>
      notification('TRANSACTION.SUCCESS', 'transaction', paidOrder(), { by: secondPlatform, envelope: { id } });
    const read = await Promise.all(['a', 'b', 'c'].map((id) => notifications?.parse(news(id))));
    expect(read.map((it) => it?.id)).toEqual(['a', 'b', 'c']);
    expect(line.route).toEqual([LIST]);
  });

  it('causes none when the message would not be believed anyway: stale, or named like a public key', async () => {
    const line = new Line();
    const { notifications } = connect(line);
    const stale = notification('TRANSACTION.SUCCESS', 'transaction', paidOrder(), {
      by: secondPlatform,
      at: new Date(0),
    });
    const unheld = notification('TRANSACTION.SUCCESS', 'transaction', paidOrder(), { by: publicKey });
    for (const message of [stale, unheld])
      expect(await failure(notifications?.parse(message))).toBeInstanceOf(UntrustedMessage);
    expect(line.sent).toEqual([]);
  });
});

describe('a list of certificates', () => {
  const after = async (list: Answer) => {
    const line = new Line(paid(secondPlatform), list, paid(secondPlatform));
    const provider = connect(line);
    const first = await failure(provider.payments.query('att_0001'));
    expect(await failure(provider.payments.query('att_0001'))).toBeInstanceOf(UntrustedMessage);
    return (first as Error).cause;
  };

  it('teaches nothing when it is sealed with another APIv3 key, and names the setting', async () => {
    const cause = await after(certificateList([secondPlatform], { apiV3Key: 'v'.repeat(32) }));
    expect(cause).toBeInstanceOf(UntrustedMessage);
    expect((cause as Error).message).toContain('api_v3_key');
  });

  it('teaches nothing when another serial number stands beside a certificate', async () => {
    expect(await after(certificateList([secondPlatform], { entry: { serial_no: 'ABCDEF' } }))).toBeInstanceOf(
      UntrustedMessage,
    );
  });

  it('teaches nothing when it is not signed by a key that it names or that was known', async () => {
    const stranger = { ...impostor, serial: secondPlatform.serial };
    expect(await after(certificateList([secondPlatform], { by: stranger }))).toBeInstanceOf(UntrustedMessage);
    expect(
      await after(certificateList([secondPlatform], { headers: { 'Wechatpay-Signature': undefined } })),
    ).toBeInstanceOf(UntrustedMessage);
    expect(await after(certificateList([secondPlatform], { at: new Date(NOW.getTime() - 301_000) }))).toBeInstanceOf(
      UntrustedMessage,
    );
  });

  it('teaches nothing of a certificate that has ended', async () => {
    const ended = await newHolder('0B57F09EFDC096DE15EBE81A47057A7232F1B8E9', new Date(NOW.getTime() - 1_000));
    const line = new Line(paid(ended), certificateList([platform, ended]));
    expect(await failure(connect(line).payments.query('att_0001'))).toBeInstanceOf(UntrustedMessage);
  });

  it('does not put another certificate in the place of one that was configured', async () => {
    const line = new Line(paid(secondPlatform), certificateList([secondPlatform, impostor]), paid(impostor));
    const provider = connect(line);
    expect(await provider.payments.query('att_0001')).toMatchObject({ state: 'paid' });
    expect(await failure(provider.payments.query('att_0001'))).toBeInstanceOf(UntrustedMessage);
  });
});

describe('an account without any key of WeChat Pay', () => {
  it('fetches the certificates before its first call, which it then verifies', async () => {
    const line = new Line(certificateList([platform]), paid(platform));
    expect(await connect(line, KNOWS_NONE).payments.query('att_0001')).toMatchObject({ state: 'paid' });
    expect(line.route).toEqual([LIST, ORDER]);
  });

  it('sends nothing while it cannot fetch them: not reached, never unknown', async () => {
    const broken = [
      networkFailure('ECONNRESET'),
      bare(500),
      bare(200),
      certificateList([platform], { by: impostor, apiV3Key: 'v'.repeat(32) }),
    ];
    for (const trouble of broken) {
      const line = new Line(trouble, paid(platform));
      expect(await failure(connect(line, KNOWS_NONE).payments.query('att_0001'))).toBeInstanceOf(NotReached);
      expect(line.route).toEqual([LIST]);
    }
  });

  it('takes no refusal of the list for one of its own call, whoever signed it', async () => {
    for (const by of [platform, impostor]) {
      const line = new Line(signed(404, { code: 'ORDER_NOT_EXIST', message: '' }, { by }), NONE);
      expect(await failure(connect(line, KNOWS_NONE).payments.query('att_0001'))).toBeInstanceOf(NotReached);
      expect(line.route).toEqual([LIST]);
    }
  });

  it('is told what is wrong when its credentials are, or when it has only a public key', async () => {
    const refused = bare(401, { code: 'SIGN_ERROR', message: '签名错误' });
    const error = await failure(connect(new Line(refused), KNOWS_NONE).payments.query('att_0001'));
    expect(error).toMatchObject({ reason: 'invalid_configuration', code: 'SIGN_ERROR' });
    const none = await failure(connect(new Line(NONE), KNOWS_NONE).payments.query('att_0001'));
    expect(none).toBeInstanceOf(Rejected);
    expect(none).toMatchObject({ reason: 'invalid_configuration', message: expect.stringContaining('public_key_id') });
  });

  it('verifies a notification as its very first message', async () => {
    const line = new Line(certificateList([platform]));
    const news = notification('TRANSACTION.SUCCESS', 'transaction', paidOrder());
    expect(await connect(line, KNOWS_NONE).notifications?.parse(news)).toMatchObject({ subject: 'payment' });
  });
});

it('a refusal of the list is believed where a known key signed it', async () => {
  const limited = { code: 'FREQUENCY_LIMITED', message: '' };
  const asked = (by: Holder) => failure(connect(new Line(signed(429, limited, { by }))).upkeep?.run());
  expect(await asked(platform)).toMatchObject({ name: 'Rejected', reason: 'rate_limited' });
  expect(await asked(secondPlatform)).toBeInstanceOf(UntrustedMessage);
});

describe('upkeep', () => {
  const HALF_A_DAY = 12 * 60 * MINUTE;

  it('is due at once, then twice a day, and soon again after a failure', async () => {
    const recovered = NOW.getTime() + HALF_A_DAY + 10 * MINUTE;
    const line = new Line(
      certificateList([platform]),
      networkFailure('ECONNREFUSED'),
      certificateList([platform], { at: new Date(recovered) }),
    );
    const { upkeep } = connect(line);
    expect(upkeep?.isDue()).toBe(true);
    await upkeep?.run();
    expect(upkeep?.isDue()).toBe(false);
    line.now = new Date(NOW.getTime() + HALF_A_DAY);
    expect(upkeep?.isDue()).toBe(true);
    expect(await failure(upkeep?.run())).toBeInstanceOf(NotReached);
    expect(upkeep?.isDue()).toBe(false);
    line.now = new Date(recovered);
    expect(upkeep?.isDue()).toBe(true);
    await upkeep?.run();
    expect(upkeep?.isDue()).toBe(false);
  });

  it('learns a successor before anything is signed with it', async () => {
    const line = new Line(certificateList([platform, secondPlatform]), paid(secondPlatform));
    const provider = connect(line);
    await provider.upkeep?.run();
    expect(await provider.payments.query('att_0001')).toMatchObject({ state: 'paid' });
    expect(line.route).toEqual([LIST, ORDER]);
  });

  it('goes on with what is known when there is nothing to fetch', async () => {
    const line = new Line(NONE, paid(platform));
    const provider = connect(line);
    await provider.upkeep?.run();
    expect(await provider.payments.query('att_0001')).toMatchObject({ state: 'paid' });
  });

  it('is nothing that a merchant with the public key alone needs', () => {
    const alone = { ...BASE, ...publicKeySettings(publicKey), platform_certificates: [] };
    expect(connect(new Line(), alone).upkeep).toBeUndefined();
    expect(
      connect(new Line(), { ...alone, platform_certificates: KNOWS_FIRST.platform_certificates }).upkeep,
    ).toBeDefined();
  });
});
