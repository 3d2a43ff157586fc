import { constants, createHash, createPrivateKey, createSign, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeText } from './charset.js';
import { TestMerchant } from './test-merchant.js';

describe('why a signature on /gateway.do did not hold, in the request log', () => {
  let merchant: TestMerchant;
  let certified: TestMerchant;
  beforeAll(async () => {
    [merchant, certified] = await Promise.all([TestMerchant.start(), TestMerchant.start({ sign_mode: 'certificate' })]);
  });
  afterAll(() => Promise.all([merchant.stop(), certified.stop()]));

  const biz = { out_trade_no: 'why_1', subject: '一箱柚子 / 2.5 kg', total_amount: '12.99' };
  const publicParameters = (): Record<string, string> => ({
    app_id: merchant.account.app_id,
    method: 'alipay.trade.query',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: '2026-01-02 03:04:05',
    version: '1.0',
    biz_content: JSON.stringify(biz),
  });
  const joined = (fields: Readonly<Record<string, string>>): string =>
    Object.keys(fields)
      .toSorted()
      .map((name) => `${name}=${fields[name]}`)
      .join('&');
  const mapped = (fields: Record<string, string>, change: (value: string) => string): Record<string, string> =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
  const signed = (text: string | Buffer, algorithm = 'RSA-SHA256'): string =>
    createSign(algorithm).update(text).sign(merchant.account.private_key, 'base64');

  const lastCause = (of = merchant) => of.sandbox.requests.all().at(-1)?.cause;

  async function causeOf(fields: Record<string, string>, of = merchant) {
    const answer = await of.post(fields);
    expect(answer['sub_code']).toMatch(/^isv\./);
    expect(JSON.stringify(answer)).not.toContain('cause');
    return lastCause(of);
  }

  /** What comes back when `text` is signed and `fields` are sent. */
  const codeOf = async (text: string | Buffer, fields = publicParameters()) =>
    (await causeOf({ ...fields, sign: signed(text) }))?.code;

  it('says nothing about a signature that holds, and about refusals that concern no signature', async () => {
    await merchant.post(merchant.signed('alipay.trade.query', biz));
    expect(lastCause()).toBeNull();
    await merchant.post(merchant.signed('alipay.trade.query', biz, { timestamp: 'now' }));
    expect(lastCause()).toBeNull();
  });

  it('an app id that is unknown here', async () => {
    expect(await causeOf({ ...publicParameters(), app_id: '2021000000000000' })).toMatchObject({
      code: 'unknown_account',
    });
  });

  it('no signature, or one of another type', async () => {
    expect(await causeOf(publicParameters())).toMatchObject({ code: 'signature_missing' });
    expect(await causeOf({ ...publicParameters(), sign_type: 'RSA', sign: 'AAAA' })).toMatchObject({
      code: 'sign_type_not_rsa2',
    });
  });

  it('sign_type left out of the string', async () => {
    const { sign_type: _, ...rest } = publicParameters();
    expect(await codeOf(joined(rest))).toBe('sign_type_left_out');
  });

  it('a stray parameter, and which one', async () => {
    const fields = { ...publicParameters(), utm_source: 'mail' };
    expect(await codeOf(joined(publicParameters()), fields)).toBe('stray_parameter');
    expect(lastCause()?.says).toContain('utm_source');
  });

  it('empty values left in', async () => {
    const fields = { ...publicParameters(), notify_url: '' };
    expect(await codeOf(joined(fields), fields)).toBe('empty_values_left_in');
  });

  it('parameters in another order', async () => {
    const fields = publicParameters();
    const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
    expect(await codeOf(text.join('&'))).toBe('not_sorted');
  });

  it('values encoded before signing, with %20 or with +', async () => {
    const fields = publicParameters();
    expect(await codeOf(joined(mapped(fields, encodeURIComponent)))).toBe('values_encoded');
    const form = mapped(fields, (value) => new URLSearchParams({ v: value }).toString().slice(2));
    expect(await codeOf(joined(form))).toBe('values_encoded');
  });

  it('values in quotes', async () => {
    expect(await codeOf(joined(mapped(publicParameters(), (value) => `"${value}"`)))).toBe('values_quoted');
  });

  it('values escaped for HTML, on either side', async () => {
    const escaped = mapped(publicParameters(), (value) => value.replaceAll('"', '&quot;'));
    expect(await codeOf(joined(escaped))).toBe('values_html_escaped');
    expect(await codeOf(joined(publicParameters()), escaped)).toBe('values_html_escaped');
  });

  it('a + that was not encoded for the form, in a value or in the signature', async () => {
    const fields = { ...publicParameters(), biz_content: '{"subject":"1+1"}' };
    expect(await codeOf(joined(fields), { ...fields, biz_content: '{"subject":"1 1"}' })).toBe('plus_became_space');
    const sign = `+${signed('x').slice(1)}`;
    const body = `${new URLSearchParams(publicParameters()).toString()}&sign=${sign.replaceAll('/', '%2F')}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(merchant.gateway, { method: 'POST', body, headers });
    expect(lastCause()).toMatchObject({ code: 'plus_became_space' });
  });

  it('GBK signed and UTF-8 sent', async () => {
    expect(await codeOf(encodeText(joined(publicParameters()), 'gbk'))).toBe('charset_mixed');
  });

  it('biz_content written anew after it was signed', async () => {
    const pretty = { ...publicParameters(), biz_content: JSON.stringify(biz, null, 2) };
    expect(await codeOf(joined(pretty))).toBe('body_reserialised');
    const slashes = { ...publicParameters(), biz_content: JSON.stringify(biz).replaceAll('/', String.raw`\/`) };
    expect(await codeOf(joined(slashes))).toBe('body_reserialised');
  });

  it('another string that no known mistake explains', async () => {
    expect(await codeOf(joined({ ...publicParameters(), timestamp: '2026-01-02 03:04:06' }))).toBe('another_string');
  });

  it('SHA-1 under sign_type=RSA2', async () => {
    const fields = publicParameters();
    expect(await causeOf({ ...fields, sign: signed(joined(fields), 'RSA-SHA1') })).toMatchObject({
      code: 'another_hash',
      says: expect.stringContaining('sha1'),
    });
  });

  it('PSS in place of PKCS#1 v1.5', async () => {
    const key = createPrivateKey(merchant.account.private_key);
    const text = Buffer.from(joined(publicParameters()));
    const pss = sign('sha256', text, { key, padding: constants.RSA_PKCS1_PSS_PADDING }).toString('base64');
    expect(await causeOf({ ...publicParameters(), sign: pss })).toMatchObject({ code: 'pss_padding' });
  });

  it('the MD5 of the older interface', async () => {
    const md5 = createHash('md5').update('x').digest('hex');
    expect(await causeOf({ ...publicParameters(), sign: md5 })).toMatchObject({ code: 'symmetric_signature' });
  });

  it('the key of another app, or one that nobody here has', async () => {
    const other = merchant.sandbox.accounts.shelf<never>('alipay').named('certificate-mode') as unknown as {
      private_key: string;
    };
    const text = joined(publicParameters());
    const theirs = createSign('RSA-SHA256').update(text).sign(other.private_key, 'base64');
    expect(await causeOf({ ...publicParameters(), sign: theirs })).toMatchObject({
      code: 'key_of_another_account',
      says: expect.stringContaining('certificate-mode'),
    });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const strange = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
    expect(await causeOf({ ...publicParameters(), sign: strange })).toMatchObject({ code: 'unknown_key' });
  });

  it('certificate numbers missing, mixed up, or sent in key mode', async () => {
    const call = (changes: Record<string, string>) => certified.signed('alipay.trade.query', biz, changes);
    expect(await causeOf(call({}), certified)).toMatchObject({ code: 'certificate_number_missing' });
    const shown = certified.sandbox.requests.all().at(-1)?.key ?? '';
    const app = /app_cert (\w+)/.exec(shown)?.[1] ?? '';
    expect(await causeOf(call({ app_cert_sn: app }), certified)).toMatchObject({
      code: 'certificate_number_missing',
      says: expect.stringContaining('alipay_root_cert_sn'),
    });
    expect(await causeOf(call({ app_cert_sn: app, alipay_root_cert_sn: app }), certified)).toMatchObject({
      code: 'certificate_number_wrong',
      says: expect.stringContaining('is that of the app certificate'),
    });
    const inKeyMode = merchant.signed('alipay.trade.query', biz, { app_cert_sn: app });
    expect(await causeOf(inKeyMode)).toMatchObject({ code: 'certificate_in_key_mode' });
  });

  it('keeps to a bounded effort over very many or very long parameters', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`p${at}`, 'x']));
    expect(await codeOf('another', { ...publicParameters(), ...many })).toBe('another_string');
    expect(await codeOf('another', { ...publicParameters(), long: 'x'.repeat(200_000) })).toBe('another_string');
  });
});
