import type { Answer } from '../frame/exchanges.js';
import { requestId } from './identifiers.js';
import { sealHeaders, type SigningKey } from './seal.js';
import type { WechatError } from './wechat-error.js';

/** On every answer, a 204 included: WxJava reads the Content-Type of that too. */
const PLAIN_HEADERS = {
  Server: 'nginx',
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Language': 'zh-CN',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache, must-revalidate',
};

/** The key that this answer goes out with, found when it is needed. */
export type Signer = () => Promise<SigningKey>;

/** An answer to a request whose signature held: signed, business refusals as well (protocol §2.1). */
export function signedAnswer(status: number, body: unknown, signer: Signer, internal = 0): Answer {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: { ...PLAIN_HEADERS, 'Request-ID': requestId(internal) },
    body: text,
    sign: async (answer, tamperings) => ({
      ...answer,
      headers: { ...answer.headers, ...(await sealHeaders(String(answer.body), await signer(), tamperings)) },
    }),
  };
}

export function signedError(error: WechatError, signer: Signer): Answer {
  return signedAnswer(error.status, error.toBody(), signer, error.more.internal ?? 268435456);
}

/** A refusal before the signature held: not signed. Payment paths leave out the Request-ID (protocol §1.3, observed). */
export function unsignedError(error: WechatError, withRequestId: boolean): Answer {
  const id = withRequestId ? { 'Request-ID': requestId(error.more.internal ?? 268435456) } : {};
  return { status: error.status, headers: { ...PLAIN_HEADERS, ...id }, body: error.toBody() };
}
