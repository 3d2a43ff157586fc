import type { Answer } from '../frame/exchanges.js';
import { requestId } from './identifiers.js';
import { sealHeaders, type SigningKey } from './seal.js';
import type { Language } from './language.js';
import type { WechatError } from './wechat-error.js';

/** On every answer, a 204 included (protocol §2.1): WxJava reads the Content-Type of that too. */
const PLAIN_HEADERS = {
  Server: 'nginx',
  'Keep-Alive': 'timeout=8',
  'Content-Type': 'application/json; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache, must-revalidate',
};

/** A binary answer, which goes out as it is: production signs no downloads (protocol §2.1). */
export class UnsignedFile {
  constructor(
    readonly bytes: Buffer,
    readonly contentType: string,
  ) {}

  toAnswer(): Answer {
    const headers = { ...PLAIN_HEADERS, 'Content-Type': this.contentType, 'Request-ID': requestId() };
    return { status: 200, headers, body: this.bytes };
  }
}

/** The key that this answer goes out with, found when it is needed. */
export type Signer = () => Promise<SigningKey>;

/** An answer to a request whose signature held: signed, business refusals as well (protocol §2.1). */
export function signedAnswer(
  status: number,
  body: unknown,
  signer: Signer,
  language: Language = 'zh-CN',
  internal = 0,
): Answer {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: { ...PLAIN_HEADERS, 'Content-Language': language, 'Request-ID': requestId(internal) },
    body: text,
    sign: async (answer, tamperings) => ({
      ...answer,
      headers: { ...answer.headers, ...(await sealHeaders(String(answer.body), await signer(), tamperings)) },
    }),
  };
}

export function signedError(error: WechatError, signer: Signer, language: Language = 'zh-CN'): Answer {
  return signedAnswer(error.status, error.toBody(language), signer, language, error.more.internal ?? 268435456);
}

/** A refusal before the signature held: not signed. Payment paths leave out the Request-ID (protocol §1.3, observed). */
export function unsignedError(error: WechatError, withRequestId: boolean, language: Language = 'zh-CN'): Answer {
  const id = withRequestId ? { 'Request-ID': requestId(error.more.internal ?? 268435456) } : {};
  const headers = { ...PLAIN_HEADERS, 'Content-Language': language, ...id };
  return { status: error.status, headers, body: error.toBody(language) };
}
