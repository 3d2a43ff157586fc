import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeText, encodeText, formEncode } from './charset.js';
import { verifyRsa2 } from './rsa2.js';
import { overTheLine } from '../frame/test-socket.js';
import { TestMerchant } from './test-merchant.js';
import { createPublicKey, createSign } from 'node:crypto';
import { connect } from 'node:net';

describe('/gateway.do', () => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start();
  });
  afterAll(() => merchant.stop());

  const query = (changes: Record<string, string> = {}) =>
    merchant.signed('alipay.trade.query', { out_trade_no: 'none' }, changes);

  it('answers an unknown app first of all, and unsigned', async () => {
    const answer = await fetch(merchant.gateway, {
      method: 'POST',
      body: new URLSearchParams({ app_id: '2021', method: 'alipay.trade.query' }),
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8']);
    expect(answer.headers.get('trace_id')).toMatch(/^[0-9a-f]{32}$/);
    expect(await answer.text()).toBe(
      '{"alipay_trade_query_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-app-id","sub_msg":"无效的AppID参数"}}',
    );
  });

  it('signs a refused signature, and shows its own string to sign with &amp;', async () => {
    const answer = await fetch(merchant.gateway, {
      method: 'POST',
      body: new URLSearchParams({ ...query(), version: '1.0', extra: 'x' }),
    });
    const text = await answer.text();
    const [, response = '', sign = ''] = /^\{"alipay_trade_query_response":(.*),"sign":"([^"]+)"\}$/.exec(text) ?? [];
    expect(verifyRsa2(Buffer.from(response), sign, createPublicKey(merchant.account.alipay_public_key))).toBe(true);
    expect(JSON.parse(response)).toMatchObject({
      code: '40002',
      sub_code: 'isv.invalid-signature',
      sub_msg: expect.stringContaining('charset=utf-8&amp;extra=x&amp;method='),
    });
  });

  it.each([
    [{ sign_type: 'RSA' }, 'isv.invalid-signature-type'],
    [{ sign_type: '' }, 'isv.missing-signature-type'],
    [{ charset: 'latin1' }, 'isv.invalid-charset'],
    [{ timestamp: '2026-01-02T03:04:05Z' }, 'isv.invalid-timestamp'],
    [{ timestamp: '' }, 'isv.missing-timestamp'],
    [{ version: '' }, 'isv.missing-version'],
    [{ format: 'xml' }, 'isv.invalid-format'],
    [{ method: '' }, 'isv.missing-method'],
    [{ method: 'alipay.trade.royalty.relation.bind' }, 'isv.invalid-method'],
    [{ method: 'alipay.trade.app.pay' }, 'isv.invalid-method'],
    [{ biz_content: '{' }, 'isv.illegal-json'],
    [{ biz_content: '' }, 'ACQ.INVALID_PARAMETER'],
  ])('refuses %j', async (changes, subCode) => {
    expect(await merchant.post(query(changes))).toMatchObject({ sub_code: subCode });
  });

  it('looks at the method before all that is signed', async () => {
    const unsigned = { ...query(), timestamp: 'now', sign: 'x' };
    expect(await merchant.post({ ...unsigned, method: 'alipay.no.such' })).toMatchObject({
      sub_code: 'isv.invalid-method',
    });
    expect(await merchant.post({ ...unsigned, method: '' })).toMatchObject({ sub_code: 'isv.missing-method' });
  });

  it('looks at the shape of public parameters before the signature', async () => {
    expect(await merchant.post({ ...query(), timestamp: 'now', sign: 'x' })).toMatchObject({
      sub_code: 'isv.invalid-timestamp',
    });
    expect(await merchant.post({ ...query(), sign: '' })).toMatchObject({ sub_code: 'isv.missing-signature' });
  });

  it('takes parameters from a GET, from the body alone, from multipart, and from an absolute-form target', async () => {
    const fields = query();
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const got = await (await fetch(`${merchant.gateway}?${new URLSearchParams(fields)}`)).text();
    const multipart = await (await fetch(merchant.gateway, { method: 'POST', body: form })).text();
    const absolute = await rawGet(`${merchant.gateway}?${new URLSearchParams(fields)}`);
    for (const text of [got, multipart, absolute]) expect(text).toContain('"sub_code":"ACQ.TRADE_NOT_EXIST"');
  });

  it('takes a POST of an absolute-form target with half of it in the body, whatever Content-Type says or not', async () => {
    const { biz_content = '', ...rest } = query();
    const target = `${merchant.gateway}?${new URLSearchParams(rest)}`;
    const body = Buffer.from(new URLSearchParams({ biz_content }).toString());
    for (const headers of [[], [['Content-Type', 'text/plain']], [['Content-Type', 'application/json']]] as const) {
      const answer = await overTheLine(merchant.sandbox.url, { method: 'POST', target, headers, body });
      expect(answer.body).toContain('"sub_code":"ACQ.TRADE_NOT_EXIST"');
    }
  });

  it('lets the body win over the query', async () => {
    const fields = query();
    const target = `${merchant.gateway}?${new URLSearchParams({ ...fields, biz_content: '{}' })}`;
    const answer = await fetch(target, { method: 'POST', body: new URLSearchParams(fields) });
    expect(await answer.text()).toContain('"sub_code":"ACQ.TRADE_NOT_EXIST"');
  });

  it('signs the text fields of a multipart call, its files not', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(query())) form.set(name, value);
    form.set('image', new Blob(['\r\n--not the end']), 'a.png');
    const answer = await fetch(merchant.gateway, { method: 'POST', body: form });
    expect(await answer.text()).toContain('"sub_code":"ACQ.TRADE_NOT_EXIST"');
  });

  it('speaks GBK to who speaks GBK: values, signatures and answers', async () => {
    const fields: Record<string, string> = {
      app_id: merchant.account.app_id,
      method: 'alipay.trade.create',
      charset: 'gbk',
      sign_type: 'RSA2',
      timestamp: '2026-01-02 03:04:05',
      version: '1.0',
      biz_content: JSON.stringify({
        out_trade_no: 'gbk_1',
        total_amount: 1,
        subject: '淘特',
        buyer_id: '2088000000000001',
      }),
    };
    const text = Object.keys(fields)
      .toSorted()
      .map((name) => `${name}=${fields[name]}`)
      .join('&');
    const sign = createSign('RSA-SHA256').update(encodeText(text, 'gbk')).sign(merchant.account.private_key, 'base64');
    const body = Object.entries({ ...fields, sign })
      .map(([name, value]) => `${name}=${formEncode(value, 'gbk')}`)
      .join('&');
    const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=gbk' };
    const made = await fetch(merchant.gateway, { method: 'POST', body, headers });
    expect(made.headers.get('content-type')).toBe('text/html;charset=gbk');
    expect(decodeText(Buffer.from(await made.arrayBuffer()), 'gbk')).toContain('"code":"10000"');
    expect(merchant.sandbox.trades.list({ reference: 'gbk_1' })[0]).toMatchObject({ description: '淘特', amount: 100 });
  });

  it('logs the verdict with the string it checked', async () => {
    await merchant.post({ ...query(), sign: 'AAAA' });
    expect(merchant.sandbox.requests.all().at(-1)).toMatchObject({
      verdict: 'refused',
      account: 'shop',
      references: ['none'],
      signed_string: expect.stringContaining(`app_id=${merchant.account.app_id}&biz_content={`),
    });
  });

  it.each([
    [{ action: 'bad_signature' }, /"sign":"[A-Za-z0-9+/]{342}==/],
    [{ action: 'no_signature' }, /\}\}$/],
    [{ action: 'error', code: 'isp.unknow-error' }, /"code":"20000"/],
    [{ action: 'error', code: 'ACQ.SYSTEM_ERROR' }, /"code":"40004".*ACQ\.SYSTEM_ERROR/],
  ])('can be told to fail: %j', async (rule, shape) => {
    const match = { provider: 'alipay', operation: 'query' };
    await merchant.control('faults', { rules: [{ match, phase: 'before', times: 1, ...rule }] }, 'PUT');
    const answer = await fetch(merchant.gateway, { method: 'POST', body: new URLSearchParams(query()) });
    expect(await answer.text()).toMatch(shape);
    if (rule.action === 'error') return;
    await merchant.control('faults', { rules: [{ match, phase: 'before', times: 1, ...rule }] }, 'PUT');
    await expect(merchant.call('alipay.trade.query', { out_trade_no: 'none' })).rejects.toThrow(/sign|index/i);
  });
});

/** A request whose target is a whole URL, as the official Python SDK writes it. */
function rawGet(target: string): Promise<string> {
  const { port } = new URL(target);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
    socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
}
