import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberSpans } from './json-spans.js';
import { envelopeHolds, openEnvelope, readResponse } from './signed-envelope.js';
import { ALIPAY_KEYS, signedAnswer, signedBy, STRANGER_KEYS } from './testing/fake-alipay.js';

const METHOD = 'alipay.trade.query';
const KEY = createPublicKey(ALIPAY_KEYS.publicPem);

function open(text: string): ReturnType<typeof openEnvelope> {
  return openEnvelope(Buffer.from(text), METHOD);
}

function holds(text: string): boolean {
  const envelope = open(text);
  return envelope !== undefined && envelopeHolds(KEY, envelope);
}

describe('finding what was signed', () => {
  it.each([
    ['nested braces', '{"a":{"b":[{"c":{}}]},"d":[[],[{}]]}'],
    ['braces inside texts', '{"subject":"}{]["}'],
    ['quotes and backslashes inside texts', String.raw`{"subject":"a\"},\"sign\":\"x","path":"c:\\"}`],
    ['a text that looks like the end', String.raw`{"body":"{\"code\":\"10000\"},\"sign\":\"AAAA\"}"}`],
    ['blanks as sent', '{ "code" : "10000" ,\n "n" : -1.5e3 }'],
    ['letters beyond ASCII', '{"subject":"新鲜番茄 🍅"}'],
  ])('takes the value byte for byte: %s', (_, response) => {
    const text = signedAnswer(METHOD, response);
    expect(open(text)?.response.toString()).toBe(response);
    expect(holds(text)).toBe(true);
  });

  it('takes the value whatever stands around it', () => {
    const response = '{"code":"10000"}';
    const sign = signedBy(ALIPAY_KEYS.privatePem, response);
    const text = ` { "alipay_cert_sn" : null , "sign" : "${sign}" , "alipay_trade_query_response" : ${response} } \n`;
    expect(open(text)?.response.toString()).toBe(response);
    expect(holds(text)).toBe(true);
  });

  it('finds any JSON value again, however it is nested (property)', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (value, other) => {
        const response = JSON.stringify(value);
        const text = `{"before":${JSON.stringify(other)},"alipay_trade_query_response":${response},"sign":"QUJD"}`;
        expect(open(text)?.response.toString()).toBe(response);
        expect(open(text)?.sign).toBe('QUJD');
      }),
    );
  });

  it('never falls over what is no JSON (property)', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'a', '1', ' ') }),
        (text) => {
          const members = memberSpans(Buffer.from(text));
          for (const { start, end } of members?.values() ?? []) expect(end).toBeGreaterThan(start);
        },
      ),
    );
  });

  it('takes the name error_response too', () => {
    expect(open('{"error_response":{"code":"40002"}}')?.response.toString()).toBe('{"code":"40002"}');
  });

  it.each([
    ['two responses', '{"alipay_trade_query_response":{},"error_response":{}}'],
    ['the same response twice', '{"alipay_trade_query_response":{},"alipay_trade_query_response":{"code":"10000"}}'],
    [
      'the same response twice, once escaped',
      '{"alipay_trade_query_response":{},"\\u0061lipay_trade_query_response":{}}',
    ],
    ['two signatures', '{"alipay_trade_query_response":{},"sign":"QQ==","sign":"QUI="}'],
    ["another method's response", '{"alipay_trade_close_response":{"code":"10000"}}'],
    ['a response one level deeper', '{"a":{"alipay_trade_query_response":{}}}'],
    ['something behind the end', '{"alipay_trade_query_response":{}} {}'],
    ['an end that is missing', '{"alipay_trade_query_response":{"code":"10000"}'],
    ['a comma too many', '{"alipay_trade_query_response":{},}'],
    ['an HTML page', '<html>{"alipay_trade_query_response":{}}</html>'],
    ['nothing', ''],
    ['an empty object', '{}'],
  ])('refuses %s', (_, text) => {
    expect(open(text)).toBeUndefined();
  });

  it('reads a response that is no object as nothing', () => {
    for (const value of ['"BASE64=="', '[]', 'null', '{"a":}']) {
      const envelope = open(`{"alipay_trade_query_response":${value},"sign":"QUJD"}`);
      expect(envelope && readResponse(envelope), value).toBeUndefined();
    }
  });
});

describe('believing it', () => {
  const plain = '{"qr_code":"https://qr.alipay.com/bax1"}';
  const escaped = plain.replaceAll('/', String.raw`\/`);

  it('holds when the slash is spelt the other way than it was signed, in both directions', () => {
    const sent = (body: string, signed: string) =>
      `{"alipay_trade_query_response":${body},"sign":"${signedBy(ALIPAY_KEYS.privatePem, signed)}"}`;
    expect(holds(sent(plain, escaped))).toBe(true);
    expect(holds(sent(escaped, plain))).toBe(true);
  });

  it('never takes the slash behind an escaped backslash for an escaped slash', () => {
    const received = String.raw`{"a":"\\/"}`;
    const sign = signedBy(ALIPAY_KEYS.privatePem, String.raw`{"a":"\/"}`);
    expect(holds(`{"alipay_trade_query_response":${received},"sign":"${sign}"}`)).toBe(false);
  });

  it('takes a signature whose own slashes are escaped', () => {
    const response = '{"code":"10000"}';
    const sign = signedBy(ALIPAY_KEYS.privatePem, response).replaceAll('/', String.raw`\/`);
    expect(holds(`{"alipay_trade_query_response":${response},"sign":"${sign}"}`)).toBe(true);
  });

  it('does not hold when a single byte is different, or the key is', () => {
    const genuine = signedAnswer(METHOD, '{"total_amount":"19.99"}');
    expect(holds(genuine)).toBe(true);
    expect(holds(genuine.replace('19.99', '19.98'))).toBe(false);
    expect(holds(signedAnswer(METHOD, '{"total_amount":"19.99"}', STRANGER_KEYS.privatePem))).toBe(false);
  });

  it.each(['null', '""', '7', '{}', '["QUJD"]'])('takes %s for no signature at all', (sign) => {
    const envelope = open(`{"alipay_trade_query_response":{},"sign":${sign}}`);
    expect(envelope).toBeDefined();
    expect(envelope?.sign).toBeUndefined();
    expect(envelope && envelopeHolds(KEY, envelope)).toBe(false);
  });
});
