import { constants, createHmac, createPublicKey, createSign, sign } from 'node:crypto';
import type { FailingMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import {
  API_V3_KEY,
  MCHID,
  NOW,
  SIGNTEST,
  impostor,
  merchant,
  notification,
  paidOrder,
  platform,
  publicKey,
  publicPem,
  secondPlatform,
  settings,
  signatureHeaders,
  type Deviation,
  type Holder,
} from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

const seconds = String(NOW.getTime() / 1_000);
const nonce = '593BEC0C930BF1AFEB40B4A08C8FB242';
const target = '/v3/pay/transactions/native';
const content = { mchid: MCHID, description: '一箱柚子 / 2.5 kg', amount: { total: 1 } };
const body = JSON.stringify(content);

const signedBy = (holder: Holder, text: string | Buffer): string =>
  sign('sha256', Buffer.from(text), holder.privateKey).toString('base64');
const rightLines = `POST\n${target}\n${seconds}\n${nonce}\n${body}\n`;

function diagnose(message: FailingMessage, more: Readonly<Record<string, unknown>> = {}, now = NOW) {
  const diagnosis = wechatPay.diagnostics?.diagnose(message, settings(more), now);
  if (diagnosis === undefined) throw new Error('no diagnostics');
  const shown = JSON.stringify(diagnosis);
  expect(shown).not.toContain(API_V3_KEY);
  expect(shown).not.toContain(merchant.privatePem.slice(40, 80));
  return diagnosis;
}

const causes = (...args: Parameters<typeof diagnose>) => diagnose(...args).findings.map(({ cause }) => cause);

interface RequestChange {
  readonly parts?: Readonly<Record<string, string>>;
  readonly header?: string;
  readonly method?: string;
  readonly target?: string;
  readonly body?: string;
  readonly more?: readonly (readonly [string, string])[];
}

function requestOf(signature: string, change: RequestChange = {}): FailingMessage {
  const parts = {
    mchid: MCHID,
    nonce_str: nonce,
    timestamp: seconds,
    serial_no: merchant.serial,
    signature,
    ...change.parts,
  };
  const pairs = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
  const header = change.header ?? `WECHATPAY2-SHA256-RSA2048 ${pairs.join(',')}`;
  return {
    kind: 'request',
    method: change.method ?? 'POST',
    target: change.target ?? target,
    headers: [['Authorization', header], ...(change.more ?? [])],
    body: Buffer.from(change.body ?? body),
  };
}

describe('what WeChat Pay would say to a request of ours', () => {
  it('finds nothing in a right one, and shows the string', () => {
    expect(diagnose(requestOf(signedBy(merchant, rightLines)))).toEqual({
      holds: true,
      findings: [],
      expected: rightLines,
    });
  });

  it.each<[cause: string, signed: string, change?: RequestChange]>([
    ['final_newline_missing', rightLines.slice(0, -1)],
    ['body_left_out', `POST\n${target}\n${seconds}\n${nonce}\n\n`],
    ['body_signed_for_get', `GET\n${target}\n${seconds}\n${nonce}\n{}\n`, { method: 'GET', body: '' }],
    ['method_in_lower_case', rightLines.replace('POST', 'post')],
    ['host_in_url', rightLines.replace(target, `https://api.mch.weixin.qq.com${target}`)],
    ['query_left_out', rightLines, { target: `${target}?mchid=1` }],
    ['url_written_otherwise', rightLines.replace(target, '/v3/a|b'), { target: '/v3/a%7Cb' }],
    ['lines_in_another_order', `POST\n${target}\n${nonce}\n${seconds}\n${body}\n`],
    ['line_ends_crlf', rightLines.replaceAll('\n', '\r\n')],
    ['timestamp_taken_twice', rightLines.replace(seconds, String(Number(seconds) - 1))],
    ['timestamp_in_milliseconds', rightLines.replace(seconds, `${seconds}000`)],
    ['body_reserialised', rightLines.replace(body, JSON.stringify(content, null, 2))],
    ['body_reserialised', rightLines.replace(body, body.replaceAll('/', String.raw`\/`))],
    ['body_reserialised', rightLines.replace(body, `${body}\n`)],
    ['another_string', rightLines.replace('"total":1', '"total":2')],
  ])('%s', (cause, signed, change) => {
    expect(causes(requestOf(signedBy(merchant, signed), change))).toEqual([cause]);
  });

  it('sees an Authorization that is missing, joined, malformed, of another type, or in milliseconds', () => {
    const right = requestOf(signedBy(merchant, rightLines));
    const [, header = ''] = right.headers[0] ?? [];
    expect(causes({ ...right, headers: [] })).toEqual(['signature_missing']);
    expect(causes(requestOf('', { header: `${header}, ${header}` }))).toEqual(['headers_joined']);
    expect(causes(requestOf('', { header, more: [['authorization', header]] }))).toEqual(['headers_joined']);
    expect(causes(requestOf('', { header: header.replaceAll(',', ', ') }))).toEqual(['authorization_malformed']);
    expect(causes(requestOf('', { header: header.replace('SHA256', 'SM3') }))).toEqual(['signature_type']);
    expect(causes(requestOf('x', { parts: { timestamp: `${seconds}000` } }))).toEqual(['timestamp_in_milliseconds']);
    expect(causes({ kind: 'request', headers: right.headers, body: right.body })).toEqual(['message_unreadable']);
  });

  it('sees another merchant, a foreign serial number, and one of the platform', () => {
    const signature = signedBy(merchant, rightLines);
    expect(causes(requestOf(signature, { parts: { mchid: '1900000109' } }))).toEqual(['account_differs']);
    expect(causes(requestOf(signature, { parts: { serial_no: '00AA' } }))).toEqual(['serial_differs']);
    expect(causes(requestOf(signature, { parts: { serial_no: platform.serial } }))).toEqual(['platform_serial']);
    expect(causes(requestOf(signature, { parts: { serial_no: publicKey.serial } }))).toEqual(['platform_serial']);
  });

  it('sees a clock that was off, and believes --at', () => {
    const message = requestOf(signedBy(merchant, rightLines));
    const later = new Date(NOW.getTime() + 301_000);
    expect(diagnose(message, {}, later).findings).toMatchObject([
      { cause: 'clock', says: expect.stringContaining('301 s old') },
    ]);
    expect(causes(message, {}, NOW)).toEqual([]);
  });

  it('sees what kind of signature it is', () => {
    const right = Buffer.from(signedBy(merchant, rightLines), 'base64');
    expect(causes(requestOf(signedBy(impostor, rightLines)))).toEqual(['unknown_key']);
    expect(causes(requestOf(createHmac('sha256', API_V3_KEY).update('x').digest('hex')))).toEqual([
      'symmetric_signature',
    ]);
    expect(causes(requestOf(right.toString('hex')))).toEqual(['signature_in_hex']);
    expect(causes(requestOf(`-_${right.toString('base64url').slice(2)}`))).toEqual(['signature_in_base64url']);
    expect(causes(requestOf(`${right.toString('base64')}!`))).toEqual(['signature_not_base64']);
    expect(causes(requestOf(right.subarray(1).toString('base64')))).toEqual(['another_key_size']);
    const sha1 = createSign('RSA-SHA1').update(rightLines).sign(merchant.privateKey, 'base64');
    expect(causes(requestOf(sha1))).toEqual(['another_hash']);
    const pss = { key: merchant.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };
    expect(causes(requestOf(sign('sha256', Buffer.from(rightLines), pss).toString('base64')))).toEqual(['pss_padding']);
  });

  it("masks the payer's code in the string it shows", () => {
    const scanned = '{"payer":{"auth_code":"130061098828009406"}}';
    const lines = rightLines.replace(body, scanned);
    expect(diagnose(requestOf(signedBy(merchant, lines), { body: scanned })).expected).toContain('"auth_code":"***"');
  });

  it('sees a certificate beside the key that is of another key, or of another serial number', () => {
    const message = requestOf(signedBy(merchant, rightLines));
    expect(causes(message, { certificate: merchant.certificate })).toEqual([]);
    expect(causes(message, { certificate: impostor.certificate })).toEqual([
      'certificate_of_another_key',
      'serial_differs',
    ]);
    expect(causes(message, { certificate: publicPem(merchant) })).toEqual(['key_of_wrong_kind']);
  });

  it('needs no more of the settings than the message does', () => {
    const diagnosis = (message: FailingMessage, alone: Readonly<Record<string, unknown>>) =>
      wechatPay.diagnostics?.diagnose(message, alone, NOW).findings.map(({ cause }) => cause);
    const message = requestOf(signedBy(merchant, rightLines));
    expect(diagnosis(message, { private_key: merchant.privatePem })).toEqual([]);
    expect(diagnosis(message, {})).toEqual(['key_unreadable']);
    const answer = {
      kind: 'answer',
      headers: Object.entries(signatureHeaders(body)),
      body: Buffer.from(body),
    } as const;
    const certificates = [{ serial_no: platform.serial, certificate: platform.certificate }];
    expect(diagnosis(answer, { platform_certificates: certificates })).toEqual([]);
    expect(diagnosis(answer, {})).toEqual(['serial_unknown']);
  });

  it('names the field of a key that is unreadable, and how', () => {
    const message = requestOf(signedBy(merchant, rightLines));
    const pkcs1 = merchant.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    expect(causes(message, { private_key: pkcs1 })).toEqual([]);
    const mislabelled = pkcs1.replaceAll('RSA PRIVATE KEY', 'PRIVATE KEY');
    expect(causes(message, { private_key: mislabelled })).toEqual(['pem_label_wrong']);
    const halfOf = createPublicKey(publicPem(publicKey)).export({ type: 'pkcs1', format: 'pem' }).toString();
    const wrongHalf = { public_key_id: publicKey.serial, public_key: halfOf.replaceAll('RSA PUBLIC', 'PUBLIC') };
    expect(causes(message, wrongHalf)).toEqual(['pem_label_wrong']);
    const flat = merchant.privatePem.replaceAll('\n', String.raw`\n`);
    expect(causes(message, { private_key: flat })).toEqual(['pem_line_breaks_lost']);
    expect(causes(message, { private_key: merchant.certificate })).toEqual(['key_of_wrong_kind']);
    expect(causes(message, { private_key: publicPem(merchant) })).toEqual(['key_of_wrong_kind']);
    expect(causes(message, { private_key: 'nothing' })).toEqual(['key_unreadable']);
    const pem = { serial_no: platform.serial, certificate: publicPem(platform) };
    expect(causes(message, { platform_certificates: [pem] })).toEqual(['key_of_wrong_kind']);
  });
});

describe('why a message of WeChat Pay does not verify here', () => {
  const received = (text: string, deviation: Deviation = {}, sent = text): FailingMessage => ({
    kind: 'answer',
    headers: Object.entries(signatureHeaders(text, deviation)),
    body: Buffer.from(sent),
  });
  const notified = (deviation = {}): FailingMessage => ({
    kind: 'notification',
    ...notification('TRANSACTION.SUCCESS', 'transaction', paidOrder(), deviation),
  });

  it('finds nothing in a right answer, a right 204 and a right notification', () => {
    for (const message of [received(body), received(''), notified()]) expect(causes(message)).toEqual([]);
  });

  it("the merchant's own certificate where the platform's belongs", () => {
    const own = [{ serial_no: merchant.serial, certificate: merchant.certificate }];
    expect(causes(received(body), { platform_certificates: own })).toEqual([
      'own_key_as_provider_key',
      'serial_unknown',
    ]);
    const ownKey = { public_key_id: publicKey.serial, public_key: publicPem(merchant) };
    expect(causes(received(body), ownKey)).toEqual(['own_key_as_provider_key']);
  });

  it('a key that the account does not hold: a rotated certificate, or the public key before the switch', () => {
    const first = [{ serial_no: platform.serial, certificate: platform.certificate }];
    expect(causes(received(body, { by: secondPlatform }), { platform_certificates: first })).toEqual([
      'serial_unknown',
    ]);
    expect(causes(received(body, { by: publicKey }))).toEqual(['serial_unknown']);
  });

  it('a serial number that stands beside another certificate', () => {
    const message = received(body, { headers: { 'Wechatpay-Serial': secondPlatform.serial } });
    expect(causes(message)).toEqual(['serial_names_another_key']);
    const unknown = received(body, { headers: { 'Wechatpay-Serial': '00AA' } });
    expect(causes(unknown)).toEqual(['serial_names_another_key']);
  });

  it("a forgery under the right name, and one made with the merchant's own key", () => {
    expect(causes(received(body, { by: impostor }))).toEqual(['unknown_key']);
    const own = { ...merchant, serial: platform.serial };
    expect(causes(received(body, { by: own }))).toEqual(['signed_with_own_key']);
  });

  it('headers that are missing, joined, or of another type', () => {
    expect(causes(received(body, { headers: { 'Wechatpay-Nonce': undefined } }))).toEqual(['signature_missing']);
    expect(causes(received(body, { headers: { 'Wechatpay-Nonce': 'a, b' } }))).toEqual(['headers_joined']);
    const twice = received(body);
    expect(causes({ ...twice, headers: [...twice.headers, ...twice.headers] })).toEqual(['headers_joined']);
    expect(causes(received(body, { headers: { 'Wechatpay-Signature-Type': 'SM2' } }))).toEqual(['signature_type']);
  });

  it('a SIGNTEST probe', () => {
    expect(causes(received(body, { headers: { 'Wechatpay-Signature': SIGNTEST } }))).toEqual(['signtest_probe']);
  });

  it('a stale message', () => {
    expect(causes(received(body, { at: new Date(NOW.getTime() - 600_000) }))).toEqual(['clock']);
  });

  it('a body that was parsed and written anew, lost, or read in another charset', () => {
    expect(causes(received(body, {}, JSON.stringify(content, null, 2)))).toEqual(['body_reserialised']);
    expect(causes(received(JSON.stringify(content, null, 4), {}, body))).toEqual(['body_reserialised']);
    const mojibake = Buffer.from(body, 'utf8').toString('latin1');
    expect(causes(received(body, {}, mojibake))).toEqual(['charset_mixed']);
    expect(causes(received('', {}, body))).toEqual(['body_left_out']);
    expect(causes(received(body, {}, body.replace('1}', '2}')))).toEqual(['another_string']);
  });

  it('an APIv3 key that does not open what the right signature covers', () => {
    expect(causes(notified(), { api_v3_key: 'x'.repeat(32) })).toEqual(['api_v3_key_wrong']);
    expect(causes(notified(), { api_v3_key: 'short' })).toEqual(['api_v3_key_wrong']);
  });

  it('never throws, whatever the message and the settings are', () => {
    for (const kind of ['request', 'answer', 'notification'] as const) {
      for (const text of ['', '{', '['.repeat(20_000) + ']'.repeat(20_000), '\0\uFFFD']) {
        const message = { ...received(text, {}, `${text} `), kind, method: 'POST', target: '%' };
        expect(causes(message, { platform_certificates: [null, 1], private_key: 7 }).length).toBeGreaterThan(0);
      }
    }
  });
});

describe('an account that is examined', () => {
  const examine = (
    more: Readonly<Record<string, unknown>> = {},
    notifyUrl = 'https://pay.example.com/notifications/x',
  ) => wechatPay.diagnostics?.examine(settings(more), { notifyUrl, now: NOW }) ?? [];
  const wrong = (...args: Parameters<typeof examine>) => examine(...args).flatMap(({ name, ok }) => (ok ? [] : [name]));

  it('is right when keys, certificates and notify URL are', () => {
    expect(wrong()).toEqual([]);
    expect(examine().map(({ name }) => name)).toEqual(expect.arrayContaining(['keys', 'api_v3_key', 'notify_url']));
  });

  it.each<[name: string, more: Readonly<Record<string, unknown>>]>([
    ['keys', { private_key: merchant.certificate }],
    ['keys', { platform_certificates: [{ serial_no: merchant.serial, certificate: merchant.certificate }] }],
    ['api_v3_key', { api_v3_key: 'short' }],
  ])('%s', (name, more) => {
    expect(wrong(more)).toEqual([name]);
  });

  it('says when a platform certificate is about to end', () => {
    const late = new Date('2031-11-01T00:00:00Z');
    const checks =
      wechatPay.diagnostics?.examine(settings(), { notifyUrl: 'https://pay.example.com/n', now: late }) ?? [];
    expect(checks.filter(({ ok }) => !ok)).toHaveLength(2);
  });

  it('refuses a notify URL that WeChat Pay could not reach, but not that of a sandbox', () => {
    expect(wrong({}, 'http://127.0.0.1:3000/notifications/x')).toEqual(['notify_url']);
    expect(wrong({ base_url: 'http://127.0.0.1:4000' }, 'http://127.0.0.1:3000/notifications/x')).toEqual([]);
  });
});
