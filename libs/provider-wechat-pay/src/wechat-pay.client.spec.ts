import { OutcomeUnknown, Rejected, UntrustedMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { merchantOf } from './merchant.js';
import {
  bare,
  impostor,
  Line,
  MCHID,
  merchant,
  merchantSigned,
  newHolder,
  NOW,
  paidOrder,
  platform,
  publicKey,
  publicKeySettings,
  secondPlatform,
  secondPublicKey,
  settings,
  signed,
  SIGNTEST,
  type Answer,
  type Holder,
} from './test-platform.js';
import { WechatPayClient } from './wechat-pay.client.js';
import type { WechatPaySettings } from './wechat-pay.config.js';

const QUERY = {
  operation: 'query',
  method: 'GET',
  path: '/v3/pay/transactions/out-trade-no/att_0001?mchid=1900000001',
} as const;
const CLOSE = {
  operation: 'close',
  method: 'POST',
  path: '/v3/pay/transactions/out-trade-no/att_0001/close',
  body: { mchid: MCHID },
} as const;

function clientOn(line: Line, more: Readonly<Record<string, unknown>> = {}): WechatPayClient {
  const base = { base_url: 'https://api.mch.weixin.qq.com' };
  return new WechatPayClient(merchantOf({ ...base, ...settings(more) } as unknown as WechatPaySettings), line.tools);
}

function outcome(answer: Answer): Promise<unknown> {
  return clientOn(new Line(answer))
    .call(CLOSE)
    .catch((error: unknown) => error);
}

function authorizationOf(line: Line): Record<string, string> {
  const [scheme, pairs] = line.last.headers.get('authorization')?.split(/ (.*)/) ?? [];
  expect(scheme).toBe('WECHATPAY2-SHA256-RSA2048');
  return Object.fromEntries(
    (pairs ?? '').split(',').map((pair) => /^(\w+)="(.*)"$/.exec(pair)?.slice(1) as [string, string]),
  );
}

describe('a request', () => {
  it('is signed over method, path with query, timestamp, nonce and an empty line for no body', async () => {
    const line = new Line(signed(200, paidOrder()));
    await clientOn(line).call(QUERY);
    const { mchid, nonce_str, timestamp, serial_no, signature = '' } = authorizationOf(line);
    expect({ mchid, nonce_str, timestamp, serial_no }).toEqual({
      mchid: '1900000001',
      nonce_str: '593BEC0C930BF1AFEB40B4A08C8FB242',
      timestamp: '1795406400',
      serial_no: merchant.serial,
    });
    const vector =
      'GET\n/v3/pay/transactions/out-trade-no/att_0001?mchid=1900000001\n1795406400\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n';
    expect(merchantSigned(vector, signature)).toBe(true);
    expect(line.last).toMatchObject({ method: 'GET', url: `https://api.mch.weixin.qq.com${QUERY.path}`, body: '' });
  });

  it('is signed over the very body that is sent', async () => {
    const line = new Line(signed(204, undefined));
    await clientOn(line).call(CLOSE);
    const vector =
      'POST\n/v3/pay/transactions/out-trade-no/att_0001/close\n1795406400\n593BEC0C930BF1AFEB40B4A08C8FB242\n{"mchid":"1900000001"}\n';
    expect(merchantSigned(vector, authorizationOf(line)['signature'] ?? '')).toBe(true);
    expect(line.last.body).toBe('{"mchid":"1900000001"}');
  });

  it('says what it accepts and who asks, without which some endpoints refuse it', async () => {
    const line = new Line(signed(204, undefined));
    await clientOn(line).call(CLOSE);
    expect(line.last.headers.get('accept')).toBe('application/json');
    expect(line.last.headers.get('user-agent')).toBe('Hutong/0.1');
    expect(line.last.headers.get('content-type')).toBe('application/json');
  });
});

describe('an answer', () => {
  it('is read when the key that it names signed it, whichever of ours that is', async () => {
    expect(await outcome(signed(204, undefined))).toMatchObject({ status: 204, content: undefined });
    expect(await outcome(signed(200, { a: 1 }, { by: secondPlatform }))).toMatchObject({
      status: 200,
      content: { a: 1 },
      signedBy: secondPlatform.serial,
    });
    const spelledOtherwise = secondPlatform.serial.toLowerCase().replace(/^0/, '');
    expect(await outcome(signed(200, { a: 1 }, { by: { ...secondPlatform, serial: spelledOtherwise } }))).toMatchObject(
      { status: 200 },
    );
  });

  it('proves nothing when a single byte of its body was changed', async () => {
    const answer = signed(200, paidOrder());
    expect(await outcome({ ...answer, body: answer.body.replace('1999', '1998') })).toBeInstanceOf(UntrustedMessage);
  });

  it('proves nothing when somebody else signed it, or another of our keys than it names', async () => {
    expect(await outcome(signed(200, paidOrder(), { by: impostor }))).toBeInstanceOf(UntrustedMessage);
    expect(
      await outcome(signed(200, paidOrder(), { by: { ...secondPlatform, serial: platform.serial } })),
    ).toBeInstanceOf(UntrustedMessage);
    expect(await outcome(signed(200, paidOrder(), { by: { ...platform, serial: 'ABCDEF' } }))).toBeInstanceOf(
      UntrustedMessage,
    );
  });

  it('proves nothing when its key belongs to a certificate that has ended', async () => {
    const ended = await newHolder('77', new Date(NOW.getTime() - 1_000));
    const client = (line: Line) =>
      clientOn(line, {
        platform_certificates: [ended, platform].map(({ serial, certificate }) => ({ serial_no: serial, certificate })),
      });
    await expect(client(new Line(signed(204, undefined, { by: ended }))).call(CLOSE)).rejects.toBeInstanceOf(
      UntrustedMessage,
    );
  });

  it.each([-301, 301])('proves nothing when it was signed %i seconds from now', async (seconds) => {
    expect(await outcome(signed(204, undefined, { at: new Date(NOW.getTime() + seconds * 1_000) }))).toBeInstanceOf(
      UntrustedMessage,
    );
  });

  it.each([-300, 300])('is still read when it was signed %i seconds from now', async (seconds) => {
    expect(await outcome(signed(204, undefined, { at: new Date(NOW.getTime() + seconds * 1_000) }))).toMatchObject({
      status: 204,
    });
  });

  it.each([
    'Wechatpay-Timestamp',
    'Wechatpay-Nonce',
    'Wechatpay-Signature',
    'Wechatpay-Serial',
    'Wechatpay-Signature-Type',
  ])('proves nothing without %s, or with it twice', async (name) => {
    const good = signed(204, undefined);
    expect(await outcome({ ...good, headers: { ...good.headers, [name]: '' } })).toBeInstanceOf(UntrustedMessage);
    expect(await outcome(signed(204, undefined, { headers: { [name]: undefined } }))).toBeInstanceOf(UntrustedMessage);
    const twice = `${good.headers[name]}, ${good.headers[name]}`;
    expect(await outcome({ ...good, headers: { ...good.headers, [name]: twice } })).toBeInstanceOf(UntrustedMessage);
  });

  it.each(['0', '-1', '1e9', 'NaN', '1795406400000', ' 1795406400.0', '0x6b035f00'])(
    'takes no timestamp %j',
    async (timestamp) => {
      expect(await outcome(signed(204, undefined, { headers: { 'Wechatpay-Timestamp': timestamp } }))).toBeInstanceOf(
        UntrustedMessage,
      );
    },
  );

  it("takes WeChat's probe with a wrong signature for what it is: untrusted, not a crash", async () => {
    expect(await outcome(signed(200, paidOrder(), { headers: { 'Wechatpay-Signature': SIGNTEST } }))).toBeInstanceOf(
      UntrustedMessage,
    );
  });

  it('lets no sender choose the kind of signature', async () => {
    const headers = { 'Wechatpay-Signature-Type': 'WECHATPAY2-SM2-WITH-SM3' };
    expect(await outcome(signed(204, undefined, { headers }))).toBeInstanceOf(UntrustedMessage);
  });

  it.each([500, 502, 503])('is unknown at HTTP %i, signed or not, whatever its code says', async (status) => {
    const content = { code: 'OPENID_MISMATCH', message: '系统繁忙' };
    expect(await outcome(signed(status, content))).toBeInstanceOf(OutcomeUnknown);
    expect(await outcome(bare(status, content))).toBeInstanceOf(OutcomeUnknown);
    expect(await outcome(bare(status))).toBeInstanceOf(OutcomeUnknown);
  });

  it('is unknown when it is genuine but no JSON object', async () => {
    expect(await outcome(signed(200, ['x']))).toBeInstanceOf(OutcomeUnknown);
    await expect(clientOn(new Line(signed(200, undefined))).ask(QUERY)).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('is read by its code when an error comes as HTTP 200', async () => {
    expect(await outcome(signed(200, { code: 'NO_AUTH', message: '无权限' }))).toMatchObject({
      reason: 'not_permitted',
    });
    expect(await outcome(signed(200, { code: 'SYSTEM_ERROR', message: '系统错误' }))).toBeInstanceOf(OutcomeUnknown);
  });
});

describe('an account with a public key', () => {
  const GOOD = { status: 200, content: { a: 1 } };
  const by = (holder: Holder) => signed(200, { a: 1 }, { by: holder });
  const outcomeWith = (answer: Answer, more: Readonly<Record<string, unknown>>) =>
    clientOn(new Line(answer), { ...publicKeySettings(publicKey), ...more })
      .call(CLOSE)
      .catch((error: unknown) => error);

  it('asks for answers signed with it; one without asks for nothing', async () => {
    const [line, plain] = [new Line(by(publicKey)), new Line(by(platform))];
    await clientOn(line, publicKeySettings(publicKey)).call(QUERY);
    await clientOn(plain).call(QUERY);
    expect(line.last.headers.get('wechatpay-serial')).toBe(publicKey.serial);
    expect(plain.last.headers.has('wechatpay-serial')).toBe(false);
  });

  it('reads what the key that the message names has signed, of both as long as it has both', async () => {
    for (const holder of [publicKey, platform, secondPlatform])
      expect(await outcomeWith(by(holder), {})).toMatchObject(GOOD);
  });

  it('reads nothing of a certificate that it no longer has, nor of a public key that it never had', async () => {
    const more = { platform_certificates: [] };
    expect(await outcomeWith(by(publicKey), more)).toMatchObject(GOOD);
    for (const holder of [platform, secondPublicKey, { ...platform, serial: publicKey.serial }])
      expect(await outcomeWith(by(holder), more)).toBeInstanceOf(UntrustedMessage);
  });

  it('lets neither key sign in the name of the other', async () => {
    expect(await outcomeWith(by({ ...publicKey, serial: platform.serial }), {})).toBeInstanceOf(UntrustedMessage);
    expect(await outcomeWith(by({ ...platform, serial: publicKey.serial }), {})).toBeInstanceOf(UntrustedMessage);
  });

  it('keeps its public key however late it is: only certificates end', async () => {
    const at = new Date('2099-01-01T00:00:00Z');
    const line = new Line(signed(204, undefined, { by: publicKey, at }));
    const tools = { ...line.tools, clock: { now: () => at } };
    const merchantThen = merchantOf(settings(publicKeySettings(publicKey)) as unknown as WechatPaySettings);
    const client = new WechatPayClient({ ...merchantThen, origins: ['https://api.mch.weixin.qq.com'] }, tools);
    expect(await client.call(CLOSE)).toMatchObject({ status: 204 });
  });
});

describe('a 4xx without a signature', () => {
  it.each([
    ['the signature does not hold', '签名错误'],
    ['our clock is wrong', 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟'],
    ['the serial number is wrong', '商户证书序列号有误。请使用签名私钥匹配的证书序列号'],
    ['the certificate has ended', '商户证书已过期'],
    ['no APIv3 key is set', '商户未设置APIv3密钥。'],
  ])('is a rejected configuration when %s (401)', async (_cause, message) => {
    const error = await outcome(bare(401, { code: 'SIGN_ERROR', message }));
    expect(error).toBeInstanceOf(Rejected);
    expect(error).toMatchObject({ reason: 'invalid_configuration', code: 'SIGN_ERROR', mayHaveHappened: false });
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toContain('serial_no');
  });

  it('is a rejected configuration where nothing answers on that path, or a header is missing', async () => {
    expect(await outcome(bare(404))).toMatchObject({ reason: 'invalid_configuration', code: 'HTTP_404' });
    expect(await outcome(bare(405))).toMatchObject({ reason: 'invalid_configuration' });
    expect(
      await outcome(bare(400, { code: 'INVALID_REQUEST', message: 'Http头缺少Accept或User-Agent' })),
    ).toMatchObject({ reason: 'invalid_configuration' });
  });

  it.each([
    [400, 'PARAM_ERROR'],
    [403, 'NO_AUTH'],
    [404, 'ORDER_NOT_EXIST'],
    [429, 'FREQUENCY_LIMITED'],
  ])('otherwise proves nothing: %i %s', async (status, code) => {
    expect(await outcome(bare(status, { code, message: '' }))).toBeInstanceOf(UntrustedMessage);
  });

  it('proves nothing either when there is a signature that does not hold', async () => {
    for (const status of [400, 401, 404]) {
      expect(await outcome(signed(status, { code: 'SIGN_ERROR', message: '' }, { by: impostor }))).toBeInstanceOf(
        UntrustedMessage,
      );
    }
  });
});
