import { describe, expect, it } from 'vitest';
import { compactJson, envelope, responseKey } from './envelope.js';

describe('the answer envelope', () => {
  it('is compact, response first, sign last, slashes escaped in what is signed', () => {
    const response = compactJson({
      code: '10000',
      qr_code: 'https://qr.alipay.com/bax',
      name: '淘特',
      none: null,
      gone: undefined,
    });
    expect(response).toBe('{"code":"10000","qr_code":"https:\\/\\/qr.alipay.com\\/bax","name":"淘特"}');
    expect(envelope('k_response', response, 'AB/C=')).toBe(`{"k_response":${response},"sign":"AB/C="}`);
  });

  it('names the certificate between the response and its signature', () => {
    expect(envelope('k_response', '{}', 'S=', 'abc')).toBe('{"k_response":{},"alipay_cert_sn":"abc","sign":"S="}');
  });

  it('never carries the line separators that break JavaScript clients', () => {
    expect(compactJson({ s: '\u2028' })).toBe('{"s":"\\u2028"}');
  });

  it('names the response by the method, and a non-method by error_response', () => {
    expect(responseKey('alipay.trade.query')).toBe('alipay_trade_query_response');
    expect([responseKey(undefined), responseKey('a"b')]).toEqual(['error_response', 'error_response']);
  });
});
