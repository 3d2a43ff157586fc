import { randomBytes } from 'node:crypto';
import { type BodySpoiling, UNSPOILED } from '../frame/body-spoiling.js';
import type { Answer } from '../frame/exchanges.js';
import type { Tamperings } from '../frame/fault-rule.js';
import { encryptContent } from './aes-content.js';
import { answeringCertSn } from './certificate-check.js';
import type { PublicCode } from './gateway-errors.js';
import type { GatewayRefusal } from './gateway-refusal.js';
import { newTraceId } from './identifiers.js';
import type { Signing } from './json-answer.js';
import type { RestRequest } from './rest-request.js';
import { alipaySignature, namedSn } from './signer.js';

const JSON_TYPE = 'application/json;charset=UTF-8';
const AN_HOUR_MS = 3_600_000;

/** How public codes of /gateway.do show as a status; 20000 may have happened all the same. */
const STATUSES: Readonly<Partial<Record<PublicCode, number>>> = {
  '20000': 500,
  '20001': 401,
  '40005': 429,
  '40006': 401,
};

/** What has a status of its own. */
const OTHER_STATUSES: Readonly<Record<string, number>> = { 'isv.invalid-method': 404 };

/** A method's answer: the business fields alone. One that still waits (10003 in the classic protocol) is 202. */
export function restAnswer(
  request: RestRequest,
  response: Readonly<Record<string, unknown>>,
  signing: Signing,
  spoiling: BodySpoiling = UNSPOILED,
): Answer {
  const { code, msg: _msg, ...fields } = response;
  const status = code === '10003' ? 202 : 200;
  const key = request.get('encrypt_type') === 'AES' ? signing.account?.encrypt_key : undefined;
  const json = spoiling.content(JSON.stringify(fields));
  const [type, body] = key === undefined ? [JSON_TYPE, json] : ['text/plain', encryptContent(Buffer.from(json), key)];
  const spoiled = (asked: BodySpoiling): Answer => restAnswer(request, response, signing, asked);
  return signed({ status, headers: { 'content-type': type }, body: spoiling.body(body), spoiled }, request, signing);
}

/**
 * A refusal, always plain JSON: SDKs parse it before anything else. Business refusals are signed, with their fields
 * beside `code`; the gateway's own are not.
 */
export function restError(request: RestRequest, refusal: GatewayRefusal, signing: Signing, status?: number): Answer {
  const traceId = newTraceId();
  const body = JSON.stringify({
    code: refusal.subCode.replace(/^(isv|aop|isp)\./, ''),
    message: refusal.subMsg,
    links: [{ link: `https://open.alipay.com/api/errCheck?traceId=${traceId}`, desc: '解决方案' }],
    ...refusal.fields,
  });
  const headers = { 'content-type': JSON_TYPE };
  const answer = { status: status ?? statusOf(refusal), headers, body };
  if (refusal.code === '40004') return signed(answer, request, signing, traceId);
  return { ...answer, headers: { ...headers, 'alipay-trace-id': traceId } };
}

function statusOf({ code, subCode }: GatewayRefusal): number {
  return OTHER_STATUSES[subCode] ?? STATUSES[code] ?? 400;
}

/** Three headers over the body as it stands, and the certificate's name for who named theirs. */
function signed(answer: Answer, request: RestRequest, { keys, account }: Signing, traceId = newTraceId()): Answer {
  const traced = { ...answer, headers: { ...answer.headers, 'alipay-trace-id': traceId } };
  if (account === undefined) return traced;
  const certSn = answeringCertSn(request, account);
  const sign = async (unsigned: Answer, tamperings: Tamperings): Promise<Answer> => {
    const timestamp = String(Date.now() - (tamperings.has('stale_timestamp') ? AN_HOUR_MS : 0));
    const nonce = randomBytes(16).toString('hex');
    const text = `${timestamp}\n${nonce}\n${String(unsigned.body)}\n`;
    const signature = await alipaySignature(Buffer.from(text), keys, tamperings);
    const sn = namedSn(certSn, tamperings);
    const headers = {
      'alipay-timestamp': timestamp,
      'alipay-nonce': nonce,
      ...(signature && { 'alipay-signature': signature }),
      ...(sn && { 'alipay-sn': sn }),
    };
    return { ...unsigned, headers: { ...unsigned.headers, ...headers } };
  };
  return { ...traced, sign };
}
