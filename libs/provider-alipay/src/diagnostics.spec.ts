import { constants, createHash, createPrivateKey, createSign, sign } from 'node:crypto';
import type { FailingMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import { gbkBytes } from './gbk-text.js';
import {
  ALIPAY_CERT,
  ALIPAY_KEYS,
  APP_CERT,
  APP_KEYS,
  CERTIFICATE_SETTINGS,
  NOW,
  ROOT_CERT,
  SETTINGS,
  STRANGER_KEYS,
  signedAnswer,
  signedBy,
} from './testing/fake-alipay.js';

type Fields = Readonly<Record<string, string>>;

function diagnose(message: FailingMessage, settings: Readonly<Record<string, unknown>> = SETTINGS) {
  const diagnosis = alipay.diagnostics?.diagnose(message, settings, NOW);
  if (diagnosis === undefined) throw new Error('no diagnostics');
  expect(JSON.stringify(diagnosis)).not.toContain(APP_KEYS.privatePem.slice(40, 80));
  return diagnosis;
}
const causes = (...args: Parameters<typeof diagnose>) => diagnose(...args).findings.map(({ cause }) => cause);

const joined = (fields: Fields): string =>
  Object.keys(fields)
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
const mapped = (fields: Fields, change: (value: string) => string): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));

describe('what Alipay would say to a call of ours', () => {
  const biz = { out_trade_no: 'att_1', subject: '一箱柚子 / 2.5 kg' };
  const call: Fields = {
    version: '1.0',
    app_id: SETTINGS.app_id,
    method: 'alipay.trade.query',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: '2026-11-23 12:00:00',
    biz_content: JSON.stringify(biz),
  };
  const requestOf = (fields: Fields): FailingMessage => ({
    kind: 'request',
    method: 'POST',
    target: '/gateway.do?charset=utf-8',
    headers: [],
    body: Buffer.from(new URLSearchParams(fields).toString()),
  });
  /** `text` is signed, `fields` are sent. */
  const causesOf = (text: string | Buffer, fields = call, settings?: Readonly<Record<string, unknown>>) =>
    causes(requestOf({ ...fields, sign: signedBy(APP_KEYS.privatePem, text) }), settings);

  it('finds nothing in a right one, wherever its parameters travel, and shows the string', () => {
    const fields = { ...call, sign: signedBy(APP_KEYS.privatePem, joined(call)) };
    expect(diagnose(requestOf(fields))).toEqual({ holds: true, findings: [], expected: joined(call) });
    const { biz_content = '', ...query } = fields as Record<string, string>;
    const target = `/gateway.do?${new URLSearchParams(query).toString()}`;
    expect(causes({ ...requestOf({ biz_content }), target })).toEqual([]);
  });

  const { sign_type: _, ...withoutSignType } = call as Record<string, string>;
  it.each<[cause: string, signed: string, sent?: Fields]>([
    ['sign_type_left_out', joined(withoutSignType)],
    ['stray_parameter', joined(call), { ...call, utm_source: 'mail' }],
    ['empty_values_left_in', joined({ ...call, notify_url: '' }), { ...call, notify_url: '' }],
    [
      'not_sorted',
      Object.entries({ charset: 'utf-8', ...call })
        .map(([name, value]) => `${name}=${value}`)
        .join('&'),
    ],
    ['values_encoded', joined(mapped(call, encodeURIComponent))],
    ['values_quoted', joined(mapped(call, (value) => `"${value}"`))],
    ['plus_became_space', joined({ ...call, biz_content: '1+1' }), { ...call, biz_content: '1 1' }],
    ['body_reserialised', joined({ ...call, biz_content: JSON.stringify(biz, null, 2) })],
    ['body_reserialised', joined({ ...call, biz_content: JSON.stringify(biz).replaceAll('/', String.raw`\/`) })],
    ['charset_mixed', joined(mapped(call, (value) => Buffer.from(value).toString('latin1')))],
    ['another_string', joined({ ...call, version: '1.1' })],
  ])('%s', (cause, signed, sent) => {
    expect(causesOf(signed, sent)).toEqual([cause]);
  });

  it('sees GBK signed and UTF-8 sent', () => {
    expect(causesOf(gbkBytes(joined(call)))).toEqual(['charset_mixed']);
  });

  it('names the stray parameter', () => {
    const fields = { ...call, utm_source: 'mail', sign: signedBy(APP_KEYS.privatePem, joined(call)) };
    expect(diagnose(requestOf(fields)).findings[0]?.says).toContain('utm_source');
  });

  it('needs no more of the settings than the message does', () => {
    expect(causesOf(joined(call), call, { private_key: APP_KEYS.privatePem })).toEqual([]);
    expect(causesOf(joined(call), call, {})).toEqual(['key_unreadable']);
    const answer = { kind: 'answer', headers: [], body: Buffer.from(signedAnswer('a.b', '{"code":"1"}')) } as const;
    expect(causes(answer, { alipay_public_key: ALIPAY_KEYS.publicPem })).toEqual([]);
    expect(causes(answer, {})).toEqual(['key_unreadable']);
  });

  it('sees another app, another type, and no signature', () => {
    const other = { ...call, app_id: '2021000000000009' };
    expect(causesOf(joined(other), other)).toEqual(['account_differs']);
    const rsa = { ...call, sign_type: 'RSA' };
    expect(causesOf(joined(rsa), rsa)).toEqual(['signature_type']);
    expect(causes(requestOf(call))).toEqual(['signature_missing']);
    expect(causes(requestOf({ hello: 'world' }))).toEqual(['message_unreadable']);
  });

  it('sees what kind of signature it is', () => {
    const withSign = (text: string) => causes(requestOf({ ...call, sign: text }));
    expect(withSign(signedBy(STRANGER_KEYS.privatePem, joined(call)))).toEqual(['unknown_key']);
    expect(withSign(createHash('md5').update('x').digest('hex'))).toEqual(['symmetric_signature']);
    expect(withSign(createSign('RSA-SHA1').update(joined(call)).sign(APP_KEYS.privatePem, 'base64'))).toEqual([
      'another_hash',
    ]);
    const pss = { key: createPrivateKey(APP_KEYS.privatePem), padding: constants.RSA_PKCS1_PSS_PADDING };
    expect(withSign(sign('sha256', Buffer.from(joined(call)), pss).toString('base64'))).toEqual(['pss_padding']);
    const blank = `A ${signedBy(APP_KEYS.privatePem, joined(call)).slice(2)}`;
    expect(withSign(blank)).toEqual(['plus_became_space']);
  });

  it('sees certificate numbers that are missing, taken for each other, or sent in key mode', () => {
    const numbers = { app_cert_sn: APP_CERT.sn, alipay_root_cert_sn: ROOT_CERT.sn };
    const right = { ...call, ...numbers };
    expect(causesOf(joined(right), right, CERTIFICATE_SETTINGS)).toEqual([]);
    expect(causesOf(joined(call), call, CERTIFICATE_SETTINGS)).toEqual([
      'certificate_number_missing',
      'certificate_number_missing',
    ]);
    const mixed = { ...right, app_cert_sn: ALIPAY_CERT.sn };
    expect(causesOf(joined(mixed), mixed, CERTIFICATE_SETTINGS)).toEqual(['certificate_number_wrong']);
    expect(causesOf(joined(right), right)).toEqual(['certificate_in_key_mode', 'certificate_in_key_mode']);
  });

  it('sees an app certificate of another key, and keys where certificates belong', () => {
    const settings = { ...CERTIFICATE_SETTINGS, private_key: STRANGER_KEYS.privatePem };
    expect(causesOf(joined(call), call, settings)[0]).toBe('certificate_of_another_key');
    const mixed = { ...CERTIFICATE_SETTINGS, app_cert: APP_KEYS.publicPem };
    expect(causesOf(joined(call), call, mixed)[0]).toBe('key_of_wrong_kind');
  });

  it("masks the payer's code in the string it shows", () => {
    const scanned = { ...call, biz_content: '{"auth_code":"28763443825664394"}' };
    const shown = diagnose(requestOf({ ...scanned, sign: signedBy(APP_KEYS.privatePem, joined(scanned)) })).expected;
    expect(shown).toContain('"auth_code":"***"');
  });
});

describe('why a notification of Alipay does not verify here', () => {
  const news: Fields = {
    app_id: SETTINGS.app_id,
    charset: 'utf-8',
    notify_id: 'n1',
    notify_time: '2026-11-23 12:00:00',
    subject: '一箱柚子 50% off',
    trade_status: 'TRADE_SUCCESS',
  };
  const notified = (fields: Fields, text: string | Buffer = joined(news), by = ALIPAY_KEYS): FailingMessage => ({
    kind: 'notification',
    headers: [],
    body: Buffer.from(
      new URLSearchParams({ ...fields, sign_type: 'RSA2', sign: signedBy(by.privatePem, text) }).toString(),
    ),
  });

  it('finds nothing in a right one', () => {
    expect(causes(notified(news))).toEqual([]);
  });

  it("the app's own public key where Alipay's belongs, as the one certificate or the other", () => {
    const own = { ...SETTINGS, alipay_public_key: APP_KEYS.publicPem };
    expect(causes(notified(news), own)[0]).toBe('own_key_as_provider_key');
    const certificate = { ...CERTIFICATE_SETTINGS, alipay_cert: APP_CERT.pem };
    expect(causes(notified(news), certificate)[0]).toBe('own_key_as_provider_key');
  });

  it.each<[cause: string, message: FailingMessage]>([
    ['sign_type_left_in', notified(news, joined({ ...news, sign_type: 'RSA2' }))],
    ['stray_parameter', notified({ ...news, from: 'proxy' })],
    ['values_decoded_twice', notified(news, joined({ ...news, subject: '一箱柚子 50%25 off' }))],
    ['values_encoded', notified(news, joined(mapped(news, encodeURIComponent)))],
    ['plus_became_space', notified({ ...news, subject: '1 1' }, joined({ ...news, subject: '1+1' }))],
    ['charset_mixed', notified(mapped(news, (value) => Buffer.from(value).toString('latin1')))],
    ['unknown_key', notified(news, joined(news), STRANGER_KEYS)],
    ['signed_with_own_key', notified(news, joined(news), APP_KEYS)],
    ['another_string', notified({ ...news, subject: 'something else' })],
  ])('%s', (cause, message) => {
    expect(causes(message)).toEqual([cause]);
  });

  it('sees another app, another type, no signature, and a parameter that is there twice', () => {
    const other = { ...news, app_id: '2021000000000009' };
    expect(causes(notified(other, joined(other)))).toEqual(['account_differs']);
    const message = notified(news);
    const changed = (from: string, to: string): FailingMessage => ({
      ...message,
      body: Buffer.from(Buffer.from(message.body).toString().replace(from, to)),
    });
    expect(causes(changed('RSA2', 'RSA'))).toEqual(['signature_type']);
    expect(causes({ ...message, body: Buffer.from('notify_id=1&sign_type=RSA2') })).toEqual(['signature_missing']);
    expect(causes(changed('notify_id=n1', 'notify_id=n1&notify_id=n1'))).toContain('stray_parameter');
  });
});

describe('why an answer of Alipay does not verify here', () => {
  const method = 'alipay.trade.query';
  const response = JSON.stringify({ code: '10000', msg: 'Success', qr_code: 'https://qr.alipay.com/1' });
  const answered = (text: string): FailingMessage => ({ kind: 'answer', headers: [], body: Buffer.from(text) });

  it('finds nothing in a right one, with slashes escaped on the way or not', () => {
    expect(causes(answered(signedAnswer(method, response)))).toEqual([]);
    const escaped = response.replaceAll('/', String.raw`\/`);
    expect(causes(answered(signedAnswer(method, response).replace(response, escaped)))).toEqual([]);
  });

  it('sees an answer that was written anew, or whose text was changed', () => {
    const pretty = JSON.stringify(JSON.parse(response), null, 2);
    expect(causes(answered(signedAnswer(method, response).replace(response, pretty)))).toEqual(['body_reserialised']);
    expect(causes(answered(signedAnswer(method, response).replace('10000', '10001')))).toEqual(['another_string']);
  });

  it('sees one without a signature, one by a stranger, and what is no answer', () => {
    expect(causes(answered(`{"alipay_trade_query_response":${response}}`))).toEqual(['signature_missing']);
    expect(causes(answered(signedAnswer(method, response, STRANGER_KEYS.privatePem)))).toEqual(['unknown_key']);
    expect(causes(answered('<html>'))).toEqual(['message_unreadable']);
  });

  it('sees a certificate number that is missing or renewed', () => {
    const right = signedAnswer(method, response, ALIPAY_KEYS.privatePem, `,"alipay_cert_sn":"${ALIPAY_CERT.sn}"`);
    expect(causes(answered(right), CERTIFICATE_SETTINGS)).toEqual([]);
    expect(causes(answered(signedAnswer(method, response)), CERTIFICATE_SETTINGS)).toEqual([
      'certificate_number_missing',
    ]);
    expect(causes(answered(right.replace(ALIPAY_CERT.sn, APP_CERT.sn)), CERTIFICATE_SETTINGS)).toEqual([
      'certificate_number_wrong',
    ]);
  });

  it('never throws, whatever the message and the settings are', () => {
    for (const kind of ['request', 'answer', 'notification'] as const) {
      for (const text of ['', '{', '%', '&&=&', `app_id=1&${'['.repeat(20_000)}`, 'sign=A&app_id=\0']) {
        const broken = { private_key: 7, alipay_public_key: null, root_cert: 'x' };
        expect(causes({ kind, headers: [], body: Buffer.from(text) }, broken).length).toBeGreaterThan(0);
      }
    }
  });
});

describe('an account that is examined', () => {
  const wrong = (settings: Readonly<Record<string, unknown>>, notifyUrl = 'https://pay.example.com/n', now = NOW) =>
    (alipay.diagnostics?.examine(settings, { notifyUrl, now }) ?? []).flatMap(({ name, ok }) => (ok ? [] : [name]));

  it('is right when keys, certificates and notify URL are', () => {
    expect(wrong(SETTINGS)).toEqual([]);
    expect(wrong(CERTIFICATE_SETTINGS)).toEqual([]);
  });

  it('sees mixed-up keys, certificates that end, and an address that Alipay could not reach', () => {
    expect(wrong({ ...SETTINGS, alipay_public_key: APP_KEYS.publicPem })).toEqual(['keys']);
    expect(wrong(CERTIFICATE_SETTINGS, undefined, new Date('2099-01-01'))).toEqual(['app_cert', 'alipay_cert']);
    expect(wrong(SETTINGS, 'http://127.0.0.1:3000/n')).toEqual(['notify_url']);
    expect(wrong({ ...SETTINGS, gateway_url: 'http://127.0.0.1:4000/gateway.do' }, 'http://127.0.0.1:3000/n')).toEqual(
      [],
    );
  });
});
