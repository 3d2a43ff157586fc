import { NotReached, OutcomeUnknown, Rejected, UntrustedMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { AlipayClient } from './alipay.client.js';
import {
  appSigned,
  FakeAlipay,
  NOW,
  parametersOf,
  SETTINGS,
  signedAnswer,
  STRANGER_KEYS,
} from './testing/fake-alipay.js';

const METHOD = 'alipay.trade.query';

function callWith(raw: string, status = 200): Promise<unknown> {
  const fake = new FakeAlipay({ 'trade.query': { raw, status } });
  return new AlipayClient(SETTINGS, fake.tools).call(METHOD, { out_trade_no: 'ref_000001' });
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
