import { constants, createHmac, createPrivateKey, createSign, generateKeyPairSync, sign } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { type Deviation, TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

describe('why a WeChat Pay signature did not hold, in the request log', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;
  let other: TestMerchant;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
    other = await TestMerchant.of(sandbox, 'switching');
  });
  afterAll(() => sandbox.close());

  const native = '/v3/pay/transactions/native';
  const nonce = '593BEC0C930BF1AFEB40B4A08C8FB242';
  const now = (): string => String(Math.floor(Date.now() / 1_000));
  const content = () => merchant.order('why_0001', { description: '一箱柚子 / 2.5 kg' });

  /** The header around any signature, with parts of it replaced. */
  const header = (signature: string, changes: Readonly<Record<string, string>> = {}): string => {
    const { mchid, serial_no } = merchant.account;
    const pairs = { mchid, nonce_str: nonce, timestamp: now(), serial_no, signature, ...changes };
    return `WECHATPAY2-SHA256-RSA2048 ${Object.entries(pairs)
      .map(([name, value]) => `${name}="${value}"`)
      .join(',')}`;
  };

  const lastCause = () => sandbox.requests.all().at(-1)?.cause;

  async function codeOf(authorization: string, body = JSON.stringify(content()), path = native, method = 'POST') {
    const answer = await merchant.send(method, path, method === 'GET' ? undefined : body, { authorization });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('cause');
    return lastCause()?.code;
  }

  /** Signs these lines in place of the right ones. */
  async function codeOfLines(lines: (timestamp: string, body: string) => string, path = native, method = 'POST') {
    const timestamp = now();
    const body = method === 'GET' ? '' : JSON.stringify(content());
    const key = createPrivateKey(merchant.account.private_key);
    const signature = sign('RSA-SHA256', Buffer.from(lines(timestamp, body)), key).toString('base64');
    return codeOf(header(signature, { timestamp }), body, path, method);
  }

  const deviating = async (deviation: Deviation) => {
    await merchant.post(native, content(), deviation);
    return lastCause();
  };

  it('says nothing about a signature that holds', async () => {
    await merchant.place('native', 'why_0000');
    expect(lastCause()).toBeNull();
  });

  it('no Authorization at all', async () => {
    await new Promise((resolve, reject) => {
      request(`${sandbox.url}${native}`, { method: 'POST' }, (answer) => resolve(answer.resume()))
        .on('error', reject)
        .end();
    });
    expect(lastCause()).toMatchObject({ code: 'signature_missing', says: expect.stringContaining('Authorization') });
  });

  it.each([
    ['another scheme', 'Bearer abc', 'the scheme is'],
    ['blanks after commas', 'WECHATPAY2-SHA256-RSA2048 mchid="1", nonce_str="2"', 'blanks after commas'],
    ['a part missing', 'WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="2",timestamp="3"', 'serial_no, signature'],
  ])('a malformed Authorization: %s', async (_, authorization, says) => {
    expect(await codeOf(authorization)).toBe('authorization_malformed');
    expect(lastCause()?.says).toContain(says);
  });

  it('two Authorization headers that a proxy joined', async () => {
    const one = merchant.authorization('POST', native, JSON.stringify(content()));
    expect(await codeOf(`${one}, ${one}`)).toBe('headers_joined');
  });

  it('milliseconds where seconds belong, in the header or in the string only', async () => {
    expect(await codeOf(header('AAAA', { timestamp: String(Date.now()) }))).toBe('timestamp_in_milliseconds');
    expect(await codeOfLines((at, body) => `POST\n${native}\n${at}000\n${nonce}\n${body}\n`)).toBe(
      'timestamp_in_milliseconds',
    );
  });

  it('a clock that is off, and by how much', async () => {
    const cause = await deviating({ timestamp: Math.floor(Date.now() / 1_000) - 400 });
    expect(cause).toMatchObject({ code: 'clock', says: expect.stringMatching(/\(40\d s behind\)/) });
  });

  it('a merchant number that is unknown here', async () => {
    expect(await deviating({ mchid: '1900000109' })).toMatchObject({ code: 'unknown_account' });
  });

  it('a serial number of nobody, of another merchant, of the platform certificate, or a public key id', async () => {
    expect(await deviating({ serial: '0'.repeat(40) })).toMatchObject({ code: 'serial_unknown' });
    expect(await deviating({ serial: other.account.serial_no })).toMatchObject({
      code: 'serial_of_another_account',
      says: expect.stringContaining('switching'),
    });
    const platform = merchant.platform.platform_certificates[0]?.serial_no ?? '';
    expect(await deviating({ serial: platform })).toMatchObject({ code: 'platform_serial' });
    expect(await deviating({ serial: 'PUB_KEY_ID_011' })).toMatchObject({ code: 'platform_serial' });
  });

  it('the private key of another merchant', async () => {
    const signature = other.signed(['POST', native, now(), nonce, JSON.stringify(content())]);
    expect(await codeOf(header(signature))).toBe('key_of_another_account');
  });

  it('a key that nobody here has', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    expect(await codeOf(header(sign('RSA-SHA256', Buffer.from('x'), privateKey).toString('base64')))).toBe(
      'unknown_key',
    );
  });

  it('a key of another size', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1_024 });
    expect(await codeOf(header(sign('RSA-SHA256', Buffer.from('x'), privateKey).toString('base64')))).toBe(
      'another_key_size',
    );
  });

  it('the APIv3 key as an HMAC key, in hexadecimal or Base64', async () => {
    const mac = createHmac('sha256', merchant.account.api_v3_key).update('x').digest();
    expect(await codeOf(header(mac.toString('hex')))).toBe('symmetric_signature');
    expect(await codeOf(header(mac.toString('base64')))).toBe('symmetric_signature');
  });

  it('another encoding of the signature: hexadecimal, URL-safe Base64, quoted or broken lines', async () => {
    const signature = Buffer.from(merchant.signed(['x']), 'base64');
    expect(await codeOf(header(signature.toString('hex')))).toBe('signature_in_hex');
    const urlSafe = `-_${signature.toString('base64url').slice(2)}`;
    expect(await codeOf(header(urlSafe))).toBe('signature_in_base64url');
    expect(await codeOf(header(`'${signature.toString('base64')}'`))).toBe('signature_not_base64');
  });

  it('refuses a URL-safe signature although its bytes are right', async () => {
    const timestamp = now();
    const body = JSON.stringify(content());
    const signatures = Array.from({ length: 8 }, (_, at) => ({
      nonce_str: `${nonce}${at}`,
      signature: merchant.signed(['POST', native, timestamp, `${nonce}${at}`, body]),
    }));
    const { nonce_str, signature } = signatures.find((one) => /[+/]/.test(one.signature)) ?? signatures[0]!;
    const urlSafe = signature.replaceAll('+', '-').replaceAll('/', '_');
    expect(await codeOf(header(urlSafe, { timestamp, nonce_str }), body)).toBe('signature_in_base64url');
  });

  it('PSS in place of PKCS#1 v1.5', async () => {
    const timestamp = now();
    const body = JSON.stringify(content());
    const key = createPrivateKey(merchant.account.private_key);
    const message = Buffer.from(`POST\n${native}\n${timestamp}\n${nonce}\n${body}\n`);
    const signature = sign('sha256', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING });
    expect(await codeOf(header(signature.toString('base64'), { timestamp }), body)).toBe('pss_padding');
  });

  it('SHA-1 in place of SHA-256', async () => {
    const signature = createSign('RSA-SHA1').update('x').sign(merchant.account.private_key, 'base64');
    expect(await codeOf(header(signature))).toBe('another_hash');
    expect(lastCause()?.says).toContain('sha1');
  });

  it.each<[code: string, lines: (timestamp: string, body: string) => string]>([
    ['final_newline_missing', (at, body) => `POST\n${native}\n${at}\n${nonce}\n${body}`],
    ['line_ends_crlf', (at, body) => `POST\r\n${native}\r\n${at}\r\n${nonce}\r\n${body}\r\n`],
    ['method_in_lower_case', (at, body) => `post\n${native}\n${at}\n${nonce}\n${body}\n`],
    ['host_in_url', (at, body) => `POST\nhttps://api.mch.weixin.qq.com${native}\n${at}\n${nonce}\n${body}\n`],
    ['lines_in_another_order', (at, body) => `POST\n${native}\n${nonce}\n${at}\n${body}\n`],
    ['timestamp_taken_twice', (at, body) => `POST\n${native}\n${Number(at) - 1}\n${nonce}\n${body}\n`],
    ['body_left_out', (at) => `POST\n${native}\n${at}\n${nonce}\n\n`],
    ['another_string', (at, body) => `POST\n${native}\n${at}\n${nonce}\n${body.replace('1299', '1')}\n`],
  ])('%s', async (code, lines) => {
    expect(await codeOfLines(lines)).toBe(code);
  });

  it('takes the sandbox for the host in the address too', async () => {
    const lines = (at: string, body: string) => `POST\n${sandbox.url}${native}\n${at}\n${nonce}\n${body}\n`;
    expect(await codeOfLines(lines)).toBe('host_in_url');
  });

  it('a query that was not signed, and an address in another spelling', async () => {
    const query = `/v3/pay/transactions/out-trade-no/A%7C000001?mchid=${merchant.account.mchid}`;
    const bare = query.replace(/\?.*/, '');
    expect(await codeOfLines((at) => `GET\n${bare}\n${at}\n${nonce}\n\n`, query, 'GET')).toBe('query_left_out');
    const decoded = decodeURIComponent(query);
    expect(await codeOfLines((at) => `GET\n${decoded}\n${at}\n${nonce}\n\n`, query, 'GET')).toBe(
      'url_written_otherwise',
    );
  });

  it('an empty object signed for a GET without a body', async () => {
    const path = '/v3/certificates';
    expect(await codeOfLines((at) => `GET\n${path}\n${at}\n${nonce}\n{}\n`, path, 'GET')).toBe('body_signed_for_get');
  });

  it.each<[serialiser: string, write: (content: unknown) => string]>([
    ['Go, with a line feed at the end', (it) => `${JSON.stringify(it)}\n`],
    ['PHP, with escaped slashes', (it) => JSON.stringify(it).replaceAll('/', String.raw`\/`)],
    [
      'Python, with blanks and escaped Chinese',
      (it) =>
        JSON.stringify(it)
          .replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (_, text?: string, mark?: string) => text ?? `${mark} `)
          .replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['a pretty printer', (it) => JSON.stringify(it, null, 2)],
    [
      'one that sorts',
      (it) =>
        JSON.stringify(it, (_, inner: unknown) =>
          typeof inner === 'object' && inner !== null
            ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
            : inner,
        ),
    ],
  ])('a body written anew after signing, by %s', async (_, write) => {
    expect(await deviating({ signedBody: write(content()) })).toMatchObject({ code: 'body_reserialised' });
  });

  it('keeps to a bounded effort over large and deep bodies, and still answers', async () => {
    for (const body of [`"${'x'.repeat(200_000)}"`, '['.repeat(15_000) + ']'.repeat(15_000)]) {
      const answer = await merchant.post(native, body, { signedBody: 'another' });
      expect([answer.status, lastCause()?.code]).toEqual([401, 'another_string']);
    }
  });

  it('shows no key of the merchant', async () => {
    await merchant.post(native, content(), { signedBody: 'another' });
    const shown = JSON.stringify(sandbox.requests.all());
    expect(shown).not.toContain('PRIVATE KEY');
    expect(shown).not.toContain(merchant.account.api_v3_key);
  });
});
