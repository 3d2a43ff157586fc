import { NotReached, UntrustedMessage, type PaymentProvider } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import { ALIPAY, MERCHANT, ROOT_NAME, newAuthority, newCertificate, type Certificate } from './testing/certificates.js';
import {
  ALIPAY_CERT,
  ALIPAY_KEYS,
  APP_KEYS,
  CERTIFICATE_SETTINGS,
  FakeAlipay,
  NOW,
  signedAnswer,
  signedBy,
  STRANGER_KEYS,
  type Reply,
} from './testing/fake-alipay.js';

const DOWNLOAD = 'alipay.open.app.alipaycert.download';
const QUERY = 'alipay.trade.query';
const MINUTE = 60_000;

/** Alipay's next certificate, of the same key; and one of another key, made out to Alipay too. */
const [reissued, renewed] = await Promise.all([
  newCertificate('2b', ALIPAY_KEYS.privatePem),
  newCertificate('2c', STRANGER_KEYS.privatePem),
]);

const member = (sn: string) => `,"alipay_cert_sn":"${sn}"`;
const waiting = JSON.stringify({ code: '10000', out_trade_no: 'ref_000001', trade_status: 'WAIT_BUYER_PAY' });

/** An answer to a query under a certificate's name. */
function named({ sn }: Certificate, privatePem = ALIPAY_KEYS.privatePem): Reply {
  return { raw: signedAnswer(QUERY, waiting, privatePem, member(sn)) };
}

/** An answer that brings a certificate, under that certificate's own name. */
function brings({ sn, pem }: Certificate, privatePem = ALIPAY_KEYS.privatePem, under = sn): Reply {
  const content = JSON.stringify({ code: '10000', alipay_cert_content: Buffer.from(pem).toString('base64') });
  return { raw: signedAnswer(DOWNLOAD, content, privatePem, member(under)) };
}

function account(
  queries: readonly Reply[],
  downloads: readonly Reply[],
): { fake: FakeAlipay; provider: PaymentProvider } {
  const fake = new FakeAlipay({ 'trade.query': queries, 'open.app.alipaycert.download': downloads });
  return { fake, provider: alipay.connect(CERTIFICATE_SETTINGS, fake.tools) };
}

const query = ({ payments }: PaymentProvider) => payments.query('ref_000001').catch((error: unknown) => error);
const asked = (fake: FakeAlipay) => fake.methods.map((method) => method.split('.').at(-1));

describe('an answer under a certificate that is not alipay_cert', () => {
  it('is believed once that certificate has been fetched, and the next one without asking', async () => {
    const { fake, provider } = account([named(reissued), named(reissued)], [brings(reissued)]);
    expect(await query(provider)).toEqual({ state: 'awaiting_payer' });
    expect(await query(provider)).toEqual({ state: 'awaiting_payer' });
    expect(asked(fake)).toEqual(['query', 'download', 'query']);
    expect(fake.calls[1]?.content).toEqual({ alipay_cert_sn: reissued.sn });
  });

  it('is believed under a new key too, beside the old one', async () => {
    const news = named(renewed, STRANGER_KEYS.privatePem);
    const { provider } = account([news, named(ALIPAY_CERT), news], [brings(renewed, STRANGER_KEYS.privatePem)]);
    for (let time = 0; time < 3; time += 1) expect(await query(provider)).toEqual({ state: 'awaiting_payer' });
  });

  it('is believed when the list of authorities in between came with the certificate', async () => {
    const authority = await newAuthority('c1');
    const leaf = await newCertificate('2d', ALIPAY_KEYS.privatePem, { by: authority });
    const chained = { sn: leaf.sn, pem: `${leaf.pem}${authority.pem}` };
    expect(await query(account([named(leaf)], [brings(chained)]).provider)).toEqual({ state: 'awaiting_payer' });
    const alone = account([named(leaf)], [brings(leaf)]);
    expect(await query(alone.provider)).toBeInstanceOf(UntrustedMessage);
  });

  it('is untrusted while the certificate cannot be had, with the reason beside it; once a minute only', async () => {
    const missing = { code: '40002', sub_code: 'isv.alipay-cert-not-exist' };
    const queries = [named(reissued), named(reissued), named(reissued)];
    const { fake, provider } = account(queries, [missing, brings(reissued)]);
    expect(await query(provider)).toMatchObject({
      name: 'UntrustedMessage',
      cause: { code: 'isv.alipay-cert-not-exist' },
    });
    fake.now = new Date(NOW.getTime() + MINUTE - 1);
    expect(await query(provider)).toBeInstanceOf(UntrustedMessage);
    fake.now = new Date(NOW.getTime() + MINUTE);
    expect(await query(provider)).toEqual({ state: 'awaiting_payer' });
    expect(asked(fake)).toEqual(['query', 'download', 'query', 'query', 'download']);
  });

  it('is fetched once for many answers at once', async () => {
    const { fake, provider } = account([named(reissued), named(reissued), named(reissued)], [brings(reissued)]);
    const answers = await Promise.all([query(provider), query(provider), query(provider)]);
    for (const answer of answers) expect(answer).toEqual({ state: 'awaiting_payer' });
    expect(asked(fake).filter((method) => method === 'download')).toHaveLength(1);
  });

  it('says that Alipay could not be reached for it, where that is so', async () => {
    const { fake } = account([named(reissued)], []);
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (fake.calls.length > 0)
        throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
      return fake.tools.fetch(input, init);
    };
    const error = await query(alipay.connect(CERTIFICATE_SETTINGS, { ...fake.tools, fetch }));
    expect(error).toBeInstanceOf(UntrustedMessage);
    expect((error as Error).cause).toBeInstanceOf(NotReached);
  });
});

describe('a certificate that is fetched teaches nothing', () => {
  const after = async (query_: Reply, download: Reply) => {
    const { provider } = account([query_, query_], [download]);
    const first = await query(provider);
    expect(first).toBeInstanceOf(UntrustedMessage);
    expect(await query(provider)).toBeInstanceOf(UntrustedMessage);
    return String((first as Error).cause);
  };

  it('when no root of ours vouches for it', async () => {
    const stranger = await newAuthority('c2');
    const orphan = { name: 'C=CN, CN=Nobody', keys: stranger.keys };
    const forged = await newCertificate('2e', STRANGER_KEYS.privatePem, { by: orphan });
    expect(await after(named(forged, STRANGER_KEYS.privatePem), brings(forged, STRANGER_KEYS.privatePem))).toContain(
      'root_cert',
    );
    const inRootsName = { name: ROOT_NAME, keys: stranger.keys };
    const namesake = await newCertificate('2f', STRANGER_KEYS.privatePem, { by: inRootsName });
    expect(
      await after(named(namesake, STRANGER_KEYS.privatePem), brings(namesake, STRANGER_KEYS.privatePem)),
    ).toContain('root_cert');
  });

  it('when what stands between it and the root may not issue any', async () => {
    const merchant = await newAuthority('c3', { mayIssue: false });
    const leaf = await newCertificate('30', STRANGER_KEYS.privatePem, { by: merchant });
    const chained = { sn: leaf.sn, pem: `${leaf.pem}${merchant.pem}` };
    expect(await after(named(leaf, STRANGER_KEYS.privatePem), brings(chained, STRANGER_KEYS.privatePem))).toContain(
      'root_cert',
    );
  });

  it("when it is another merchant's, which the same root vouches for", async () => {
    const merchants = await newCertificate('31', STRANGER_KEYS.privatePem, { to: MERCHANT.replace('胡同', '别人') });
    expect(
      await after(named(merchants, STRANGER_KEYS.privatePem), brings(merchants, STRANGER_KEYS.privatePem)),
    ).toContain('somebody else');
  });

  it('when it has ended', async () => {
    const ended = await newCertificate('32', ALIPAY_KEYS.privatePem, {
      to: ALIPAY,
      notAfter: new Date(NOW.getTime() - 1_000),
    });
    expect(await after(named(ended), brings(ended))).toContain('root_cert');
  });

  it('when it is another than was asked for, or none at all', async () => {
    expect(await after(named(reissued), brings(renewed, ALIPAY_KEYS.privatePem, ALIPAY_CERT.sn))).toContain(
      'another certificate',
    );
    expect(await after(named(reissued), brings({ ...reissued, pem: 'no certificate' }))).toContain('no certificate');
    expect(await after(named(reissued), { code: '10000' })).toContain('no certificate');
  });

  it('when its key did not sign the answer that brings it, nor a known one', async () => {
    expect(await after(named(reissued), brings(reissued, STRANGER_KEYS.privatePem))).toContain('signature');
    expect(await after(named(reissued), brings(reissued, ALIPAY_KEYS.privatePem, 'f'.repeat(32)))).toContain(
      'signature',
    );
  });

  it('any more once it has ended', async () => {
    const short = await newCertificate('33', STRANGER_KEYS.privatePem, { notAfter: new Date(NOW.getTime() + MINUTE) });
    const news = named(short, STRANGER_KEYS.privatePem);
    const { fake, provider } = account(
      [news, news],
      [brings(short, STRANGER_KEYS.privatePem), { code: '40002', sub_code: 'isv.alipay-cert-not-exist' }],
    );
    expect(await query(provider)).toEqual({ state: 'awaiting_payer' });
    fake.now = new Date(NOW.getTime() + MINUTE + 1_000);
    expect(await query(provider)).toBeInstanceOf(UntrustedMessage);
  });
});

describe('a notification', () => {
  const FIELDS = {
    notify_type: 'trade_status_sync',
    notify_id: 'ac05',
    app_id: CERTIFICATE_SETTINGS.app_id,
    seller_id: CERTIFICATE_SETTINGS.seller_id,
    out_trade_no: 'ref_000001',
    trade_status: 'WAIT_BUYER_PAY',
  };

  /** `signs`: whether the name of the certificate is under the signature as well. */
  function message(privatePem: string, certSn?: string, signs = true) {
    const name = certSn === undefined ? {} : { alipay_cert_sn: certSn };
    const text = Object.entries({ ...FIELDS, ...(signs ? name : {}) }).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const sign = signedBy(privatePem, text.map(([field, value]) => `${field}=${value}`).join('&'));
    const body = new URLSearchParams({ ...FIELDS, ...name, sign_type: 'RSA2', sign }).toString();
    return { headers: [['content-type', 'application/x-www-form-urlencoded'] as const], body: Buffer.from(body) };
  }
  const parse = (provider: PaymentProvider, sent: ReturnType<typeof message>) =>
    provider.notifications?.parse(sent).then(
      ({ subject }) => subject,
      (error: unknown) => error,
    );

  it('of the same key asks for nothing, whatever it names', async () => {
    const { fake, provider } = account([], []);
    for (const sn of [undefined, ALIPAY_CERT.sn, reissued.sn])
      expect(await parse(provider, message(ALIPAY_KEYS.privatePem, sn))).toBe('payment');
    expect(fake.calls).toEqual([]);
  });

  it.each([true, false])(
    'of a new key is believed once its certificate has been fetched; its name signed: %s',
    async (signs) => {
      const { fake, provider } = account([], [brings(renewed, STRANGER_KEYS.privatePem)]);
      expect(await parse(provider, message(STRANGER_KEYS.privatePem, renewed.sn, signs))).toBe('payment');
      expect(await parse(provider, message(STRANGER_KEYS.privatePem))).toBe('payment');
      expect(asked(fake)).toEqual(['download']);
    },
  );

  it('that anybody made up cannot use up what an answer may ask for', async () => {
    const missing = { code: '40002', sub_code: 'isv.alipay-cert-not-exist' };
    const { fake, provider } = account([named(reissued)], [missing, brings(reissued)]);
    for (const sn of ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)])
      expect(await parse(provider, message(APP_KEYS.privatePem, sn))).toBeInstanceOf(UntrustedMessage);
    expect(asked(fake)).toEqual(['download']);
    expect(await query(provider)).toEqual({ state: 'awaiting_payer' });
  });
});
