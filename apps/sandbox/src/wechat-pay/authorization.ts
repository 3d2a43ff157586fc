/** The five values of an Authorization header, in whatever order they came. */
export interface Authorization {
  readonly mchid: string;
  readonly nonce_str: string;
  readonly timestamp: string;
  readonly serial_no: string;
  readonly signature: string;
}

export const SCHEME = 'WECHATPAY2-SHA256-RSA2048';

const PAIR = /([a-z_]+)="([^"]*)"(,|$)/y;
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
  const pairs = pairsOf(text);
  if (pairs === undefined || !KEYS.every((key) => pairs[key]) || !/^\d{1,12}$/.test(pairs['timestamp'] ?? ''))
    return 'malformed';
  return pairs as unknown as Authorization;
}

/** `name="value",name="value"`; undefined when anything else stands in between or at the end. */
function pairsOf(text: string): Record<string, string> | undefined {
  const pairs: Record<string, string> = {};
  for (let at = 0, more = true; more; at = PAIR.lastIndex) {
    PAIR.lastIndex = at;
    const [, name = '', value = '', end] = PAIR.exec(text) ?? [];
    if (end === undefined) return undefined;
    pairs[name] = value;
    more = end === ',';
  }
  return pairs;
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
