import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { type Authorization, parseAuthorization, signedMessage } from './authorization.js';
import type { WechatContext } from './context.js';
import { verifyRsaSha256 } from './rsa-sha256.js';
import { WechatError } from './wechat-error.js';

const FIVE_MINUTES_MS = 300_000;

/** Payment paths answer malformed headers in other words, and their 401 has no Request-ID (protocol §1.3, observed). */
export const isTransactionPath = (path: string): boolean =>
  /^\/v3\/(pay\/(partner\/)?|combine-)transactions\//.test(path);

/**
 * Whose request it is, checked in production's observed order: headers, timestamp, serial, signature (protocol §1.3).
 * Nonces may repeat: no rejection is documented.
 * @throws WechatError that must go out unsigned
 */
export function verifyRequest(arrived: Arrived, context: WechatContext): WechatAccount {
  refuseMissingHeaders(arrived);
  const authorization = authorizationOf(arrived);
  refuseOldTimestamp(authorization);
  const account = accountOf(authorization, context);
  arrived.notes.account = account.name;
  refuseForeignSerial(authorization, account);
  refuseWrongSignature(arrived, authorization, account, context);
  return account;
}

function refuseMissingHeaders(arrived: Arrived): void {
  if (isTransactionPath(arrived.path)) return;
  if (arrived.header('user-agent') && arrived.header('accept')) return;
  throw new WechatError(400, 'INVALID_REQUEST', 'Http头缺少Accept或User-Agent');
}

function authorizationOf(arrived: Arrived): Authorization {
  const authorization = parseAuthorization(arrived.header('authorization'));
  if (typeof authorization === 'object') return authorization;
  if (isTransactionPath(arrived.path)) throw signError('签名信息错误，验签失败');
  throw signError(
    authorization === 'wrong_scheme' && /^[A-Z0-9]+-/.test(arrived.header('authorization') ?? '')
      ? 'HTTP头Authorization认证类型不正确'
      : 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
  );
}

/** Against real time, whatever the sandbox's clock says: message timestamps are no business time. */
function refuseOldTimestamp({ timestamp }: Authorization): void {
  if (Math.abs(Date.now() - Number(timestamp) * 1_000) <= FIVE_MINUTES_MS) return;
  throw signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
}

function accountOf({ mchid }: Authorization, { accounts }: WechatContext): WechatAccount {
  const account = accounts.find((one) => one.mchid === mchid);
  if (account === undefined) throw signError('签名错误');
  return account;
}

/** Some SDKs write it in lower case. */
function refuseForeignSerial({ serial_no }: Authorization, account: WechatAccount): void {
  if (serial_no.toUpperCase() === account.serial_no) return;
  throw signError('商户证书序列号有误。请使用签名私钥匹配的证书序列号');
}

function refuseWrongSignature(
  arrived: Arrived,
  authorization: Authorization,
  account: WechatAccount,
  context: WechatContext,
): void {
  const message = signedMessage(arrived, authorization);
  arrived.notes.key = account.serial_no;
  arrived.notes.signedString = message.toString('utf8');
  if (verifyRsaSha256(message, authorization.signature, context.merchantKey(account))) return;
  throw signMismatch(arrived, authorization, message);
}

/** The answer that a real merchant gets: it shows the string that the server built (protocol §1.3, point 5). */
function signMismatch(arrived: Arrived, { timestamp, nonce_str }: Authorization, message: Buffer): WechatError {
  const bodyStart = arrived.body.toString('utf8').slice(0, 8);
  return signError('签名错误,请检查后再试', {
    field: 'signature',
    location: 'authorization',
    detail: { issue: 'sign not match' },
    sign_information: {
      method: arrived.method,
      url: arrived.url,
      sign_message_length: message.length,
      truncated_sign_message: `${arrived.method}\n${arrived.url}\n${timestamp}\n${nonce_str}\n${bodyStart}\n`,
    },
  });
}

const signError = (message: string, detail?: unknown): WechatError =>
  new WechatError(401, 'SIGN_ERROR', message, { internal: 268443699, ...(detail === undefined ? {} : { detail }) });
