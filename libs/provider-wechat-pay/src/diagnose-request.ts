import type { Diagnosis, FailingMessage, Finding } from '@hutong/payment-port';
import { finding, jsonSpellings, missingKey, rsaFinding, shownText, type Spelling } from '@hutong/provider-kit';
import { accountKeys, textOf, type AccountKeys, type RawSettings } from './account-keys.js';
import { plainSerial, sameSerial } from './certificate-serial.js';
import { clockFindings, headerValues } from './diagnose-headers.js';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const PARTS = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'] as const;

type Authorization = Readonly<Record<(typeof PARTS)[number], string>>;

/** The lines under a request's signature; source: pay.weixin.qq.com/doc/v3/merchant/4012365342. */
interface Lines {
  readonly method: string;
  readonly target: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: string | Uint8Array;
}

/** Why WeChat Pay refuses a request that the merchant signed. */
export function diagnoseRequest(message: FailingMessage, settings: RawSettings, now: Date): Diagnosis {
  const keys = accountKeys(settings);
  const { method = '', target = '' } = message;
  const authorization = readAuthorization(message);
  if ('cause' in authorization) return { holds: false, findings: [...keys.findings, authorization] };
  if (method === '' || target === '')
    return { holds: false, findings: [finding('message_unreadable', 'no request line')] };
  const { timestamp, nonce_str: nonce } = authorization;
  const lines: Lines = { method, target, timestamp, nonce, body: message.body };
  const findings = [
    ...keys.findings,
    ...accountFindings(authorization, keys, settings),
    ...signatureFindings(authorization.signature, lines, keys, hostsOf(message)),
    ...clockFindings(timestamp, now),
  ];
  return { holds: findings.length === 0, findings, expected: shownText(joined(lines)) };
}

function readAuthorization(message: FailingMessage): Authorization | Finding {
  const values = headerValues(message, 'Authorization');
  const [header] = values;
  if (header === undefined) return finding('signature_missing', 'there is no Authorization header');
  if (values.length > 1 || header.split('WECHATPAY2-').length > 2) return finding('headers_joined', 'Authorization');
  if (/timestamp="\d{13,}"/.test(header)) return finding('timestamp_in_milliseconds');
  if (!header.startsWith(`${SCHEME} `)) return finding('signature_type', `the scheme is ${SCHEME}`);
  const parts = Object.fromEntries(
    header
      .slice(SCHEME.length + 1)
      .split(',')
      .flatMap((pair) => {
        const [, name = '', value = ''] = /^([a-z_]+)="([^"]*)"$/.exec(pair) ?? [];
        return name === '' ? [] : [[name, value]];
      }),
  ) as Partial<Authorization>;
  const missing = PARTS.filter((name) => !parts[name]);
  if (missing.length > 0) {
    return finding('authorization_malformed', `${missing.join(', ')}: missing, without quotes, or after a blank`);
  }
  return parts as Authorization;
}

function accountFindings(
  { mchid, serial_no }: Authorization,
  { platform }: AccountKeys,
  settings: RawSettings,
): Finding[] {
  const findings = isOrIsAbsent(mchid, settings['mchid'])
    ? []
    : [finding('account_differs', `mchid ${mchid.slice(0, 32)}`)];
  const ours = settings['serial_no'];
  if (ours === undefined || sameSerial(serial_no, textOf(ours))) return findings;
  const isTheirs = serial_no.startsWith('PUB_KEY_ID_') || platform.some(({ name }) => name === plainSerial(serial_no));
  return [...findings, finding(isTheirs ? 'platform_serial' : 'serial_differs')];
}

const isOrIsAbsent = (given: string, ours: unknown): boolean => ours === undefined || given === ours;

function signatureFindings(
  signature: string,
  lines: Lines,
  { own, findings }: AccountKeys,
  hosts: readonly string[],
): Finding[] {
  if (own === undefined) return findings.length === 0 ? [missingKey('private_key')] : [];
  const expected = [joined(lines)];
  const found = rsaFinding({ signature, key: own, expected, spellings: () => spellings(lines, hosts) });
  return found === undefined ? [] : [found];
}

function* spellings(lines: Lines, hosts: readonly string[]): Generator<Spelling> {
  const { method, target, timestamp, nonce, body } = lines;
  yield ['final_newline_missing', joined(lines).subarray(0, -1)];
  yield ['body_left_out', joined({ ...lines, body: '' })];
  yield ['body_left_out', `${method}\n${target}\n${timestamp}\n${nonce}\n`];
  yield ['body_signed_for_get', joined({ ...lines, body: '{}' })];
  yield ['method_in_lower_case', joined({ ...lines, method: method.toLowerCase() })];
  for (const host of hosts) yield ['host_in_url', joined({ ...lines, target: `${host}${target}` })];
  yield ['query_left_out', joined({ ...lines, target: target.replace(/\?.*$/s, '') })];
  for (const other of targets(target)) yield ['url_written_otherwise', joined({ ...lines, target: other })];
  yield ['lines_in_another_order', joined({ ...lines, timestamp: nonce, nonce: timestamp })];
  yield ['line_ends_crlf', joined(lines, '\r\n')];
  for (const off of [-2, -1, 1, 2]) {
    yield ['timestamp_taken_twice', joined({ ...lines, timestamp: String(Number(timestamp) + off) })];
  }
  yield ['timestamp_in_milliseconds', joined({ ...lines, timestamp: `${timestamp}000` })];
  for (const text of jsonSpellings(Buffer.from(body).toString('utf8'))) {
    yield ['body_reserialised', joined({ ...lines, body: text })];
  }
}

function joined({ method, target, timestamp, nonce, body }: Lines, end = '\n'): Buffer {
  const head = [method, target, timestamp, nonce].map((line) => `${line}${end}`).join('');
  return Buffer.concat([Buffer.from(head), Buffer.from(body), Buffer.from(end)]);
}

/** WeChat Pay's main host, and the one that the request went to, with either scheme. */
function hostsOf(message: FailingMessage): readonly string[] {
  const hosts = new Set(['api.mch.weixin.qq.com', ...headerValues(message, 'Host').slice(0, 1)]);
  return [...hosts].flatMap((host) => [`https://${host}`, `http://${host}`]);
}

function targets(target: string): readonly string[] {
  try {
    const plain = decodeURIComponent(target);
    return [plain, encodeURI(plain), target.replace(/\/$/, ''), `${target}/`];
  } catch {
    return [];
  }
}
