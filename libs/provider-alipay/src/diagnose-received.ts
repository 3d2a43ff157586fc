import type { Diagnosis, FailingMessage, Finding } from '@hutong/payment-port';
import {
  finding,
  jsonSpellings,
  missingKey,
  rsaFinding,
  shownText,
  type RsaQuestion,
  type Spelling,
} from '@hutong/provider-kit';
import { accountKeys, numberIn, type AccountKeys, type RawSettings } from './account-keys.js';
import { bytesOf, formSpellings, loosePairs } from './diagnose-form.js';
import { memberSpans } from './json-spans.js';
import { openEnvelope, slashSpellings, type SignedEnvelope } from './signed-envelope.js';

type Asked = Pick<RsaQuestion, 'signature' | 'expected' | 'spellings'>;

/** Why a notification (or the parameters of a return address) does not verify. */
export function diagnoseNotification(message: FailingMessage, settings: RawSettings): Diagnosis {
  const keys = accountKeys(settings);
  const text = Buffer.from(message.body).toString('latin1').trimEnd();
  const { target = '' } = message;
  const pairs = loosePairs(text !== '' || !target.includes('?') ? text : target.slice(target.indexOf('?') + 1));
  const form = new Map(pairs);
  const signed = pairs.filter(([name]) => name !== 'sign' && name !== 'sign_type');
  const signType = form.get('sign_type');
  const signature = form.get('sign') ?? '';
  const expected = [signed.filter(([, value]) => value !== ''), signed].map(bytesOf);
  const appId = form.get('app_id');
  const findings = [
    ...keys.findings,
    ...(signature === '' ? [finding('signature_missing', 'sign')] : []),
    ...(pairs.length !== form.size ? [finding('stray_parameter', 'a parameter is there twice')] : []),
    ...(signType === 'RSA2' ? [] : [finding('signature_type', `sign_type ${(signType ?? 'none').slice(0, 16)}`)]),
    ...(appId === undefined || settings['app_id'] === undefined || appId === settings['app_id']
      ? []
      : [finding('account_differs', `app_id ${appId.slice(0, 32)}`)]),
    ...keyFindings(keys, {
      signature,
      expected,
      spellings: () => formSpellings(signed, ['sign_type', signType ?? '']),
    }),
  ];
  return { holds: findings.length === 0, findings, expected: shownText(expected[0] ?? '') };
}

/** Why an answer of the classic gateway does not verify. */
export function diagnoseAnswer(message: FailingMessage, settings: RawSettings): Diagnosis {
  const keys = accountKeys(settings);
  const envelope = envelopeIn(Buffer.from(message.body));
  if (envelope === undefined) {
    return {
      holds: false,
      findings: [...keys.findings, finding('message_unreadable', 'not one JSON object with one response')],
    };
  }
  const { response, sign = '', certSn } = envelope;
  const findings = [
    ...keys.findings,
    ...(sign === '' ? [finding('signature_missing', 'an unknown app_id is answered without one')] : []),
    ...certificateFindings(certSn, keys, settings),
    ...keyFindings(keys, {
      signature: sign,
      expected: slashSpellings(response),
      spellings: () => answerSpellings(message.body, response),
    }),
  ];
  return { holds: findings.length === 0, findings, expected: shownText(response) };
}

/** Whichever method it answers. */
function envelopeIn(body: Buffer): SignedEnvelope | undefined {
  const names = [...(memberSpans(body)?.keys() ?? [])].filter((name) => name.endsWith('_response'));
  return names.length === 1 ? openEnvelope(body, (names[0] ?? '').replace(/_response$/, '')) : undefined;
}

function certificateFindings(
  certSn: string | undefined,
  { inCertificateMode }: AccountKeys,
  settings: RawSettings,
): Finding[] {
  if (!inCertificateMode) return [];
  if (certSn === undefined) return [finding('certificate_number_missing', 'alipay_cert_sn')];
  return certSn === numberIn(settings, 'alipay_cert')
    ? []
    : [finding('certificate_number_wrong', `alipay_cert_sn ${certSn.slice(0, 32)}`)];
}

function keyFindings({ alipay, own, findings }: AccountKeys, asked: Asked): Finding[] {
  if (asked.signature === '') return [];
  if (alipay === undefined) return findings.length === 0 ? [missingKey('alipay_public_key')] : [];
  const otherKeys = own === undefined ? [] : [['signed_with_own_key', own] as const];
  const found = rsaFinding({ key: alipay, otherKeys, ...asked });
  return found === undefined ? [] : [found];
}

/** What was signed, if the bytes at hand are not it any more. */
function* answerSpellings(body: Uint8Array, response: Buffer): Generator<Spelling> {
  const text = response.toString('utf8');
  yield ['charset_mixed', Buffer.from(text, 'latin1')];
  yield ['charset_mixed', Buffer.from(new TextDecoder('gbk').decode(response), 'utf8')];
  yield ['body_reserialised', body];
  for (const other of jsonSpellings(text)) yield ['body_reserialised', other];
}
