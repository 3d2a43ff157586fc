import { X509Certificate } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

describe('signatures on the WeChat Pay wire', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(() => sandbox.close());

  const native = '/v3/pay/transactions/native';

  it('answers an unknown path with a bare 404 and a wrong method with a bare 405, before any signature', async () => {
    const unknown = await merchant.send('POST', '/v3/pay/transactions/carrier-pigeon', '{}', { authorization: 'none' });
    expect([unknown.status, unknown.text]).toEqual([404, '']);
    const wrongMethod = await merchant.send('GET', native, undefined, { authorization: 'none' });
    expect([wrongMethod.status, wrongMethod.text, wrongMethod.headers.get('content-length')]).toEqual([405, '', '0']);
  });

  it('refuses a malformed Authorization in the words of the path, unsigned, without Request-ID on payment paths', async () => {
    const order = await merchant.post(native, merchant.order('sig_0001'), { authorization: 'Bearer abc' });
    expect([order.status, order.json]).toEqual([401, { code: 'SIGN_ERROR', message: '签名信息错误，验签失败' }]);
    expect(order.headers.has('wechatpay-signature')).toBe(false);
    expect(order.headers.has('request-id')).toBe(false);

    const certificates = await merchant.get('/v3/certificates', { authorization: 'Bearer abc' });
    expect(certificates.json.message).toContain('Http头Authorization值格式错误');
    expect(certificates.headers.has('request-id')).toBe(true);
  });

  it("puts production's own headers on every answer", async () => {
    for (const answer of [await merchant.place('native', 'sig_0000'), await merchant.query('sig_none')])
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        server: 'nginx',
        'content-type': 'application/json; charset=utf-8',
        'content-language': 'zh-CN',
        'keep-alive': 'timeout=8',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache, must-revalidate',
      });
  });

  it('names a wrong WECHATPAY2 scheme', async () => {
    const authorization = merchant.authorization('GET', '/v3/certificates', '').replace('SHA256', 'SHA1');
    const answer = await merchant.get('/v3/certificates', { authorization });
    expect(answer.json.message).toBe('HTTP头Authorization认证类型不正确');
  });

  it('refuses a timestamp more than five minutes off before it looks at the signature', async () => {
    const timestamp = Math.floor(Date.now() / 1_000) - 301;
    const answer = await merchant.get('/v3/certificates', { timestamp, signedBody: 'not this' });
    expect(answer.status).toBe(401);
    expect(answer.json.message).toContain('不得超过5分钟');
  });

  it("goes by real time for messages, whatever the sandbox's clock says", async () => {
    await sandbox.clock.advance(86_400_000);
    expect((await merchant.get('/v3/certificates')).trusted).toBe(true);
  });

  it('refuses a serial that is not of the merchant certificate, and takes it in lower case', async () => {
    const foreign = await merchant.get('/v3/certificates', { serial: '0'.repeat(40) });
    expect(foreign.json.message).toContain('商户证书序列号有误');
    const lower = await merchant.get('/v3/certificates', { serial: merchant.account.serial_no.toLowerCase() });
    expect(lower.status).toBe(200);
  });

  it('shows a real merchant the string that it built when the signature does not fit', async () => {
    const body = JSON.stringify(merchant.order('sig_0002'));
    const answer = await merchant.post(native, body, { signedBody: `${body} ` });
    expect(answer.status).toBe(401);
    const { sign_information: shown } = answer.json.detail;
    expect(shown).toMatchObject({ method: 'POST', url: native });
    expect(shown.truncated_sign_message.split('\n').slice(-2)).toEqual([body.slice(0, 8), '']);
    expect(answer.trusted).toBe(false);
  });

  it('tells an unknown merchant only that the signature is wrong', async () => {
    const answer = await merchant.get('/v3/certificates', { mchid: '1900000109' });
    expect(answer.json).toEqual({ code: 'SIGN_ERROR', message: '签名错误' });
  });

  it('wants Accept and User-Agent on certificates and refunds before anything else', async () => {
    const answer = await merchant.get('/v3/certificates', { headers: { 'user-agent': '' }, authorization: 'none' });
    expect([answer.status, answer.json.message]).toEqual([400, 'Http头缺少Accept或User-Agent']);
  });

  it('verifies the bytes as sent: odd spacing, a trailing newline, escapes', async () => {
    const body = `{ "mchid" : "${merchant.account.mchid}" }\n`;
    const answer = await merchant.post('/v3/pay/transactions/out-trade-no/A%7CB%2A0001/close', body);
    expect([answer.status, answer.json.code, answer.trusted]).toEqual([404, 'ORDER_NOT_EXIST', true]);
  });

  it('takes an absolute-form request target, as a client behind a proxy setting sends', async () => {
    const path = '/v3/certificates';
    const status = await new Promise((resolve, reject) => {
      request(sandbox.url, {
        path: `http://api.mch.weixin.qq.com${path}`,
        headers: {
          accept: '*/*',
          'user-agent': 'spec',
          authorization: merchant.authorization('GET', path, ''),
        },
      })
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  it('signs business refusals and empty 204s, with every header that SDKs read', async () => {
    await merchant.place('native', 'sig_0003');
    const closed = await merchant.close('sig_0003');
    expect([closed.status, closed.text, closed.trusted]).toEqual([204, '', true]);
    expect(closed.headers.get('content-type')).toContain('application/json');
    expect(closed.headers.get('request-id')).toMatch(/-0$/);
    expect(closed.headers.get('wechatpay-signature-type')).toBe('WECHATPAY2-SHA256-RSA2048');
    const missing = await merchant.query('sig_none');
    expect([missing.status, missing.json.code, missing.trusted]).toEqual([404, 'ORDER_NOT_EXIST', true]);
  });

  it('hands out its certificate, encrypted with the APIv3 key, under the serial that signs', async () => {
    const answer = await merchant.get('/v3/certificates?algorithm_type=RSA');
    const [entry] = answer.json.data;
    const certificate = new X509Certificate(merchant.opened(entry.encrypt_certificate));
    expect(certificate.serialNumber).toBe(entry.serial_no);
    expect(answer.headers.get('wechatpay-serial')).toBe(entry.serial_no);
    expect(Date.parse(entry.expire_time)).toBeGreaterThan(Date.now());
  });

  it('remembers for each request which key and which string decided', async () => {
    await merchant.post(native, merchant.order('sig_0004'), { signedBody: 'another' });
    const last = sandbox.requests.all().at(-1);
    expect(last).toMatchObject({
      verdict: 'refused',
      operation: 'order',
      key: merchant.account.serial_no,
      status: 401,
    });
    expect(last?.signed_string).toContain('"out_trade_no":"sig_0004"');
    expect(last?.references).toContain('sig_0004');
  });
});
