/** The five values of an Authorization header, in whatever order they came. */
export interface Authorization {
  readonly mchid: string;
  readonly nonce_str: string;
  readonly timestamp: string;
  readonly serial_no: string;
  readonly signature: string;
}

export const SCHEME = 'WECHATPAY2-SHA256-RSA2048';

const PAIRS = /^[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*$/;
const PAIR = /([a-z_]+)="([^"]*)"/g;
const KEYS = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'] as const;

/**
 * Reads `WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",…` as an unordered set (protocol §1.2).
 * `wrong_scheme` and `malformed` are different answers on some paths.
 */
export function parseAuthorization(header: string | undefined): Authorization | 'wrong_scheme' | 'malformed' {
  if (header === undefined) return 'malformed';
  const space = header.indexOf(' ');
  if (space < 0) return 'malformed';
  if (header.slice(0, space) !== SCHEME) return 'wrong_scheme';
  const text = header.slice(space + 1);
  if (!PAIRS.test(text)) return 'malformed';
  const pairs = Object.fromEntries([...text.matchAll(PAIR)].map(([, key = '', value = '']) => [key, value]));
  const complete = KEYS.every((key) => typeof pairs[key] === 'string' && pairs[key] !== '');
  if (!complete || !/^\d{1,12}$/.test(pairs['timestamp'] ?? '')) return 'malformed';
  return pairs as unknown as Authorization;
}

/** The five lines that the merchant signed, over the bytes as received (protocol §1.2). */
export function signedMessage(
  request: { readonly method: string; readonly url: string; readonly body: Buffer },
  authorization: Authorization,
): Buffer {
  const { timestamp, nonce_str } = authorization;
  // gopay signs without a bare trailing `?`; so does everybody who never writes one.
  const url = request.url.endsWith('?') ? request.url.slice(0, -1) : request.url;
  const head = `${request.method}\n${url}\n${timestamp}\n${nonce_str}\n`;
  return Buffer.concat([Buffer.from(head), request.body, Buffer.from('\n')]);
}
