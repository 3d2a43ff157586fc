import type { KeyObject } from 'node:crypto';
import type { Arrived } from '../frame/arrived.js';
import { diagnoseRsa } from '../frame/diagnose-rsa.js';
import { lineSpellings } from '../frame/line-spellings.js';
import { causeOf, type SignatureCause } from '../frame/signature-cause.js';
import type { WechatAccount } from './account.js';
import { type Authorization, parseAuthorization, SCHEME, signedMessage } from './authorization.js';
import type { WechatContext } from './context.js';
import { PUBLIC_KEY_PREFIX } from './key-mode.js';

const FIVE_MINUTES_S = 300;

/** Why a request that was refused with SIGN_ERROR did not verify, in the order in which it was checked. */
export async function diagnoseSignature(arrived: Arrived, context: WechatContext): Promise<SignatureCause> {
  const authorization = parseAuthorization(arrived.header('authorization'));
  if (authorizationsIn(arrived) > 1) return causeOf('headers_joined', 'Authorization');
  if (typeof authorization === 'string') return headerCause(arrived.header('authorization'));
  const off = Math.round(Date.now() / 1_000 - Number(authorization.timestamp));
  if (Math.abs(off) > FIVE_MINUTES_S) return causeOf('clock', `${Math.abs(off)} s ${off > 0 ? 'behind' : 'ahead'}`);
  const account = context.accounts.find(({ mchid }) => mchid === authorization.mchid);
  if (account === undefined) return causeOf('unknown_account', `mchid ${authorization.mchid.slice(0, 32)}`);
  return (
    (await serialCause(authorization, account, context)) ?? signatureCause(arrived, authorization, account, context)
  );
}

/** Node keeps the first of two Authorization headers; a proxy may have made one line of them. */
function authorizationsIn(arrived: Arrived): number {
  const names = arrived.request.raw.rawHeaders.filter((name, at) => at % 2 === 0 && /^authorization$/i.test(name));
  const schemes = (arrived.header('authorization') ?? '').split('WECHATPAY2-').length - 1;
  return Math.max(names.length, schemes);
}

function headerCause(header: string | undefined): SignatureCause {
  if (header === undefined) return causeOf('signature_missing', 'there is no Authorization header');
  if (/timestamp="\d{13,}"/.test(header)) return causeOf('timestamp_in_milliseconds');
  if (!header.startsWith(`${SCHEME} `)) return causeOf('authorization_malformed', `the scheme is ${SCHEME}`);
  if (/",\s+\w+=/.test(header)) return causeOf('authorization_malformed', 'blanks after commas');
  const wanted = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'];
  const missing = wanted.filter((name) => !new RegExp(`\\b${name}="[^"]+"`).test(header));
  if (missing.length > 0) return causeOf('authorization_malformed', `without ${missing.join(', ')}, or not in quotes`);
  return causeOf('authorization_malformed');
}

async function serialCause(
  { serial_no: serial }: Authorization,
  account: WechatAccount,
  { accounts, platform }: WechatContext,
): Promise<SignatureCause | undefined> {
  const given = serial.toUpperCase();
  if (given === account.serial_no) return undefined;
  if (given.startsWith(PUBLIC_KEY_PREFIX)) return causeOf('platform_serial', 'the id of the WeChat Pay public key');
  const listed = account.verify_mode === 'public_key' ? [] : await platform.certificates.listed(account.mchid);
  if (listed.some(({ serial_no }) => serial_no === given)) return causeOf('platform_serial', 'a platform certificate');
  const other = accounts.find(({ serial_no }) => serial_no === given);
  return other === undefined ? causeOf('serial_unknown') : causeOf('serial_of_another_account', other.name);
}

function signatureCause(
  arrived: Arrived,
  authorization: Authorization,
  account: WechatAccount,
  context: WechatContext,
): SignatureCause {
  const { method, body } = arrived;
  const { signature, timestamp, nonce_str: nonce } = authorization;
  const hosts = ['api.mch.weixin.qq.com', ...(arrived.header('host') ?? '').split(',').slice(0, 1)];
  return diagnoseRsa({
    signature,
    own: context.merchantKey(account),
    expected: signedMessage(arrived, authorization),
    others: keysBut(account, context),
    spellings: lineSpellings({ method, url: arrived.url, timestamp, nonce, body }, hosts),
  });
}

function* keysBut(account: WechatAccount, context: WechatContext): Generator<readonly [string, KeyObject]> {
  for (const other of context.accounts.all()) {
    if (other !== account) yield [other.name, context.merchantKey(other)];
  }
}
