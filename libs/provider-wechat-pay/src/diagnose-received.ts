import type { Diagnosis, FailingMessage, Finding } from '@hutong/payment-port';
import { aesKey, finding, jsonSpellings, rsaFinding, shownText, type Spelling } from '@hutong/provider-kit';
import { accountKeys, textOf, type AccountKeys, type RawSettings } from './account-keys.js';
import { plainSerial } from './certificate-serial.js';
import { clockFindings, headerValues } from './diagnose-headers.js';
import { readEnvelope } from './notification-envelope.js';
import { stringToVerify } from './signed-message.js';

const SIGNED_WITH = ['Timestamp', 'Nonce', 'Signature', 'Serial'] as const;
const SIGNATURE_TYPE = 'WECHATPAY2-SHA256-RSA2048';
const PROBE = 'WECHATPAY/SIGNTEST/';

type Seal = Readonly<Record<(typeof SIGNED_WITH)[number], string>>;

/** Why an answer or a notification of WeChat Pay does not verify here, or cannot be opened. */
export function diagnoseReceived(message: FailingMessage, settings: RawSettings, now: Date): Diagnosis {
  const keys = accountKeys(settings);
  const troubles = headerFindings(message);
  if (troubles.length > 0) return { holds: false, findings: [...keys.findings, ...troubles] };
  const seal = sealOf(message);
  const signature = signatureFindings(seal, message.body, keys);
  const findings = [
    ...keys.findings,
    ...signature,
    ...clockFindings(seal.Timestamp, now),
    ...(message.kind === 'notification' && signature.length === 0 ? contentFindings(message.body, settings) : []),
  ];
  const expected = shownText(stringToVerify(seal.Timestamp, seal.Nonce, message.body));
  return { holds: findings.length === 0, findings, expected };
}

function headerFindings(message: FailingMessage): Finding[] {
  for (const name of SIGNED_WITH) {
    const values = headerValues(message, `Wechatpay-${name}`);
    if (values.length === 0 || values[0] === '') return [finding('signature_missing', `Wechatpay-${name}`)];
    if (values.length > 1 || values[0]?.includes(',')) return [finding('headers_joined', `Wechatpay-${name}`)];
  }
  const [type = SIGNATURE_TYPE] = headerValues(message, 'Wechatpay-Signature-Type');
  if (type !== SIGNATURE_TYPE) return [finding('signature_type', type.slice(0, 64))];
  return sealOf(message).Signature.startsWith(PROBE) ? [finding('signtest_probe')] : [];
}

function sealOf(message: FailingMessage): Seal {
  const pairs = SIGNED_WITH.map((name) => [name, headerValues(message, `Wechatpay-${name}`)[0] ?? '']);
  return Object.fromEntries(pairs) as unknown as Seal;
}

function signatureFindings(seal: Seal, body: Uint8Array, { platform, own }: AccountKeys): Finding[] {
  const named = platform.find(({ name }) => name === plainSerial(seal.Serial));
  const others = platform.filter((key) => key !== named);
  const tried = named ?? others[0];
  if (tried === undefined) return [finding('serial_unknown', `${seal.Serial.slice(0, 64)}; the account holds none`)];
  const found = rsaFinding({
    signature: seal.Signature,
    key: tried.key,
    expected: [stringToVerify(seal.Timestamp, seal.Nonce, body)],
    otherKeys: [
      ...others.map(({ key, name }) => ['serial_names_another_key', key, name] as const),
      ...(own === undefined ? [] : [['signed_with_own_key', own] as const]),
    ],
    spellings: () => spellings(seal, body),
  });
  // Under a name that is unknown here, what other keys say counts only when one of them did sign.
  if (named === undefined && (found === undefined || found.cause === 'unknown_key')) {
    return [finding(found === undefined ? 'serial_names_another_key' : 'serial_unknown', unknownName(seal, others))];
  }
  return found === undefined ? [] : [found];
}

function unknownName({ Serial: serial }: Seal, held: AccountKeys['platform']): string {
  return `it names ${serial.slice(0, 64)}, the account holds ${held.map(({ name }) => name).join(', ')}`;
}

/** What was signed, if the bytes at hand are not it any more. */
function* spellings({ Timestamp: timestamp, Nonce: nonce }: Seal, body: Uint8Array): Generator<Spelling> {
  const text = Buffer.from(body).toString('utf8');
  const over = (other: string | Uint8Array): Uint8Array => stringToVerify(timestamp, nonce, Buffer.from(other));
  yield ['body_left_out', over('')];
  yield ['final_newline_missing', over(body).subarray(0, -1)];
  yield ['charset_mixed', over(Buffer.from(text, 'latin1'))];
  yield ['lines_in_another_order', stringToVerify(nonce, timestamp, body)];
  for (const other of jsonSpellings(text)) yield ['body_reserialised', over(other)];
}

/** Once the signature holds, only the APIv3 key stands between us and the content. */
function contentFindings(body: Uint8Array, settings: RawSettings): Finding[] {
  const key = textOf(settings['api_v3_key']);
  if (Buffer.byteLength(key) !== 32) return [finding('api_v3_key_wrong', `it has ${Buffer.byteLength(key)} bytes`)];
  return readEnvelope(aesKey(key), body) === undefined ? [finding('api_v3_key_wrong')] : [];
}
