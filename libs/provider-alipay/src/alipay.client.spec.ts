import { NotReached, OutcomeUnknown, Rejected, UntrustedMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { AlipayClient } from './alipay.client.js';
import type { AlipaySettings } from './alipay.config.js';
import { newCertificate } from './testing/certificates.js';
import {
  ALIPAY_CERT,
  ALIPAY_KEYS,
  APP_CERT,
  APP_KEYS,
  appSigned,
  CERTIFICATE_SETTINGS,
  FakeAlipay,
  NOW,
  parametersOf,
  ROOT_CERT,
  SETTINGS,
  signedAnswer,
  STRANGER_KEYS,
} from './testing/fake-alipay.js';

const METHOD = 'alipay.trade.query';

function callWith(raw: string, status = 200, settings: AlipaySettings = SETTINGS): Promise<unknown> {
  const fake = new FakeAlipay({ 'trade.query': { raw, status } });
  return new AlipayClient(settings, fake.tools).call(METHOD, { out_trade_no: 'ref_000001' });
}

function answer(response: Readonly<Record<string, unknown>>, privatePem?: string): string {
  return signedAnswer(METHOD, JSON.stringify(response), privatePem);
}

describe('a call', () => {
  it('carries the public parameters, signed together with the business content', async () => {
    const fake = new FakeAlipay({ 'trade.query': {} });
    await new AlipayClient(SETTINGS, fake.tools).call(METHOD, {
      out_trade_no: 'ref_000001',
      subject: 'a b+c&d=e/番茄',
    });
    const [call] = fake.calls;
    expect(call?.url).toBe('https://gateway.test/gateway.do?charset=utf-8');
    expect(call?.parameters).toMatchObject({
      app_id: SETTINGS.app_id,
      method: METHOD,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      version: '1.0',
    });
    expect(call?.content).toEqual({ out_trade_no: 'ref_000001', subject: 'a b+c&d=e/番茄' });
  });

  it('is stamped in GMT+8, whatever the zone of this process', async () => {
    const fake = new FakeAlipay({ 'trade.query': {} }, new Date('2026-12-31T16:30:05.999Z'));
    await new AlipayClient(SETTINGS, fake.tools).call(METHOD, {});
    expect(fake.calls[0]?.parameters['timestamp']).toBe('2027-01-01 00:30:05');
  });

  it('answers fields that are texts; numbers, nulls and empty texts count as absent', async () => {
    const fake = new FakeAlipay({ 'trade.query': { a: 'x', b: 7, c: null, d: '' } });
    const fields = await new AlipayClient(SETTINGS, fake.tools).call(METHOD, {});
    expect(['a', 'b', 'c', 'd', 'toString'].map(fields)).toEqual(['x', undefined, undefined, undefined, undefined]);
  });
});

describe('an answer', () => {
  it('of success is refused without a signature, with another key, or changed', async () => {
    const genuine = answer({ code: '10000', total_amount: '19.99' });
    await expect(callWith(genuine)).resolves.toBeDefined();
    const forged = [
      '{"alipay_trade_query_response":{"code":"10000","total_amount":"19.99"}}',
      '{"alipay_trade_query_response":{"code":"10000","total_amount":"19.99"},"sign":""}',
      answer({ code: '10000', total_amount: '19.99' }, STRANGER_KEYS.privatePem),
      genuine.replace('19.99', '0.01'),
    ];
    for (const raw of forged) await expect(callWith(raw), raw).rejects.toBeInstanceOf(UntrustedMessage);
  });

  it('of failure is refused just the same', async () => {
    const notFound = { code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' };
    await expect(callWith(answer(notFound))).rejects.toBeInstanceOf(Rejected);
    await expect(callWith(answer(notFound, STRANGER_KEYS.privatePem))).rejects.toBeInstanceOf(UntrustedMessage);
    const unsigned = JSON.stringify({ alipay_trade_query_response: notFound });
    await expect(callWith(unsigned)).rejects.toBeInstanceOf(UntrustedMessage);
  });

  it('that is unsigned because the app is unknown is a refusal of our settings', async () => {
    const raw =
      '{"alipay_trade_query_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-app-id"}}';
    await expect(callWith(raw)).rejects.toMatchObject({ name: 'Rejected', reason: 'invalid_configuration' });
  });

  it('about another order is not taken, however genuine; nor is a genuine "does not exist" about another', async () => {
    const other = { code: '10000', out_trade_no: 'ref_000002' };
    await expect(callWith(answer(other))).rejects.toBeInstanceOf(UntrustedMessage);
    const missing = { code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST', out_trade_no: 'ref_000002' };
    await expect(callWith(answer(missing))).rejects.toBeInstanceOf(UntrustedMessage);
  });

  it('of trouble, another HTTP status, or no sense is unknown', async () => {
    const unknown: [string, number][] = [
      [answer({ code: '20000', sub_code: 'aop.unknow-error' }), 200],
      [answer({ code: '40004', sub_code: 'ACQ.SYSTEM_ERROR' }), 200],
      [answer({ code: '10000' }), 502],
      ['<html>', 200],
      ['', 200],
      [signedAnswer(METHOD, '"Q0lQSEVS"'), 200],
      [`{"alipay_trade_query_response":${' '.repeat(1_048_577)}{}}`, 200],
    ];
    for (const [raw, status] of unknown) {
      await expect(callWith(raw, status), raw.slice(0, 80)).rejects.toBeInstanceOf(OutcomeUnknown);
    }
  });

  it('that never came because nothing was sent is "not reached"', async () => {
    const fetch = () =>
      Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) }),
      );
    const client = new AlipayClient(SETTINGS, { ...new FakeAlipay().tools, fetch });
    await expect(client.call(METHOD, {})).rejects.toBeInstanceOf(NotReached);
  });
});

describe('an order for the payer’s device', () => {
  const client = new AlipayClient(SETTINGS, new FakeAlipay({}, NOW).tools);

  it('is a URL whose signature verifies, and does not when anything in it is changed', async () => {
    const url = await client.pageUrl(
      'alipay.trade.page.pay',
      { subject: '番茄 & 鸡蛋' },
      { return_url: 'https://m.test/?a=1&b=2' },
    );
    expect(appSigned(parametersOf(url))).toBe(true);
    expect(appSigned({ ...parametersOf(url), return_url: 'https://evil.test/' })).toBe(false);
    expect(appSigned(parametersOf(url), STRANGER_KEYS.publicPem)).toBe(false);
  });

  it('is a text for the SDK with %20 for a blank, because the SDK reads no +', async () => {
    const text = await client.orderString('alipay.trade.app.pay', { subject: 'a b+c' }, {});
    expect(text).toContain('a%20b%2Bc');
    expect(appSigned(parametersOf(`https://x.test/?${text}`))).toBe(true);
  });
});

describe('in certificate mode', () => {
  const NUMBERS = { app_cert_sn: APP_CERT.sn, alipay_root_cert_sn: ROOT_CERT.sn };
  const certified = new AlipayClient(CERTIFICATE_SETTINGS, new FakeAlipay().tools);
  const OK = '{"code":"10000"}';

  /** An answer that names a certificate; none when it is empty. */
  function naming(sn: string, response = OK, privatePem = ALIPAY_KEYS.privatePem): Promise<unknown> {
    const member = sn === '' ? '' : `,"alipay_cert_sn":"${sn}"`;
    return callWith(signedAnswer(METHOD, response, privatePem, member), 200, CERTIFICATE_SETTINGS);
  }

  it('every call, page and order text names the certificates, and signs that it does', async () => {
    const fake = new FakeAlipay({ 'trade.query': {} });
    await new AlipayClient(CERTIFICATE_SETTINGS, fake.tools).call(METHOD, {});
    const page = await certified.pageUrl('alipay.trade.wap.pay', {}, {});
    const text = await certified.orderString('alipay.trade.app.pay', {}, {});
    for (const parameters of [fake.calls[0]?.parameters, parametersOf(page), parametersOf(`https://x.test/?${text}`)]) {
      expect(parameters).toMatchObject(NUMBERS);
      expect(appSigned({ ...parameters })).toBe(true);
      expect(appSigned({ ...parameters, app_cert_sn: 'f'.repeat(32) })).toBe(false);
    }
  });

  it('key mode names none, and asks for none', async () => {
    const fake = new FakeAlipay({ 'trade.query': {} });
    await new AlipayClient(SETTINGS, fake.tools).call(METHOD, {});
    for (const name of Object.keys(NUMBERS)) expect(fake.calls[0]?.parameters).not.toHaveProperty(name);
  });

  it('an answer under another certificate is not taken while that one cannot be fetched, even though it holds the same key', async () => {
    await expect(naming(ALIPAY_CERT.sn)).resolves.toBeDefined();
    const reissued = await newCertificate('2b', ALIPAY_KEYS.privatePem);
    await expect(naming(reissued.sn)).rejects.toMatchObject({
      name: 'UntrustedMessage',
      message: expect.stringMatching(new RegExp(`${reissued.sn}.*could not be fetched`)),
    });
  });

  it('an answer that names no certificate is not taken, and what it says instead is not repeated', async () => {
    await expect(naming('')).rejects.toBeInstanceOf(UntrustedMessage);
    const error = await naming('<script>').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UntrustedMessage);
    expect(String(error)).not.toContain('script');
  });

  it('naming the certificate is no proof: its key must have signed', async () => {
    await expect(naming(ALIPAY_CERT.sn, OK, STRANGER_KEYS.privatePem)).rejects.toThrow(/alipay_cert/);
  });

  it('a refusal to know the certificate may come without a signature', async () => {
    const response = { code: '40001', sub_code: 'isv.missing-app-cert-sn' };
    const raw = JSON.stringify({ alipay_trade_query_response: response });
    await expect(callWith(raw)).rejects.toMatchObject({
      reason: 'invalid_configuration',
      message: expect.stringContaining('app_cert, alipay_cert and root_cert'),
    });
  });

  it('an ended app certificate signs nothing, from the second after its last', async () => {
    const { pem } = await newCertificate('2c', APP_KEYS.privatePem, { notAfter: new Date('2026-11-23T04:00:00Z') });
    const settings = { ...CERTIFICATE_SETTINGS, app_cert: pem };
    const at = (time: string) => new AlipayClient(settings, new FakeAlipay({}, new Date(time)).tools);
    await expect(at('2026-11-23T04:00:00Z').pageUrl('alipay.trade.wap.pay', {}, {})).resolves.toBeDefined();
    const late = at('2026-11-23T04:00:01Z');
    const refused = { name: 'Rejected', reason: 'invalid_configuration', code: 'app-cert-expired' };
    await expect(late.pageUrl('alipay.trade.wap.pay', {}, {})).rejects.toMatchObject(refused);
    await expect(late.call(METHOD, {})).rejects.toMatchObject(refused);
  });
});
