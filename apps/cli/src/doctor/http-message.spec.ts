import { describe, expect, it } from 'vitest';
import { providerOf, readHttpMessage } from './http-message.js';

const read = (text: string) => readHttpMessage(Buffer.from(text));

describe('readHttpMessage', () => {
  it('reads a request, whatever its line ends are, and keeps the bytes of the body', () => {
    const message = read(
      'POST /v3/pay/transactions/native?a=1 HTTP/1.1\r\nAuthorization:  x: y \r\nHost: h\r\n\r\n{"a":\r\n1}\n',
    );
    expect(message).toMatchObject({ kind: 'request', method: 'POST', target: '/v3/pay/transactions/native?a=1' });
    expect(message.headers).toEqual([
      ['Authorization', 'x: y'],
      ['Host', 'h'],
    ]);
    expect(Buffer.from(message.body).toString()).toBe('{"a":\r\n1}\n');
    expect(read('GET http://h/v3/certificates HTTP/1.1\nHost: h\n\n')).toMatchObject({ target: '/v3/certificates' });
  });

  it('ends the body where Content-Length says, not where the editor did', () => {
    expect(read('POST / HTTP/1.1\nContent-Length: 2\n\n{}\n').body).toHaveLength(2);
    expect(() => read('POST / HTTP/1.1\nContent-Length: 9\n\n{}\n')).toThrow('the message was cut off');
  });

  it('asks for the body as it is signed: neither chunked nor compressed', () => {
    expect(() => read('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\n{}')).toThrow('neither chunked');
    expect(() => read('HTTP/1.1 200 OK\nContent-Encoding: gzip\n\nx')).toThrow('neither chunked');
  });

  it.each([
    ['answer', 'HTTP/1.1 200 OK\nWechatpay-Signature: x\n\n{}'],
    ['notification', 'POST /notify HTTP/1.1\nWechatpay-Signature: x\n\n{}'],
    ['notification', 'POST /notify HTTP/1.1\n\nnotify_id=1&sign=2'],
    ['notification', 'notify_id=1&sign=2\n'],
    ['answer', '{"alipay_trade_query_response":{},"sign":""}'],
    ['request', 'app_id=1&method=2&sign=3'],
    ['request', 'https://openapi.alipay.com/gateway.do?app_id=1'],
  ])('takes for a %s: %s', (kind, text) => {
    expect(read(text).kind).toBe(kind);
    expect(readHttpMessage(Buffer.from(text), 'request').kind).toBe('request');
  });

  it('says what it wants when it is given something else', () => {
    expect(() => read('hello')).toThrow('as they travelled');
    expect(() => read('GET / HTTP/1.1\nno header\n\n')).toThrow('This is no header');
  });

  it.each([
    ['wechat_pay', 'HTTP/1.1 200 OK\nWechatpay-Serial: x\n\n{}'],
    ['wechat_pay', 'GET /v3/certificates HTTP/1.1\nauthorization: WECHATPAY2-SHA256-RSA2048 x\n\n'],
    ['alipay', 'GET /gateway.do?app_id=1 HTTP/1.1\n\n'],
    ['alipay', 'a=1&notify_id=2'],
    ['alipay', '{"alipay_trade_query_response":{}}'],
    [undefined, 'GET / HTTP/1.1\n\n'],
  ])('sees that it is of %s: %s', (provider, text) => {
    expect(providerOf(read(text))).toBe(provider);
  });
});
