/** The one scheme of these accounts; SM2 needs keys that they do not have. */
const SCHEME = 'ALIPAY-SHA256withRSA ';
const SIGN = ',sign=';

/** `Authorization: ALIPAY-SHA256withRSA app_id=…,nonce=…,timestamp=…,sign=…` taken apart (§3.1). */
export interface RestAuthorization {
  /** Everything between the scheme and `,sign=`, as sent: the first line that is signed. */
  readonly authString: string;
  readonly sign: string | undefined;
  /** One of the pairs, in whatever order they came; blank counts as absent. */
  get(name: string): string | undefined;
}

/** undefined: another scheme. No header at all is one without pairs. */
export function parseAuthorization(header: string | undefined): RestAuthorization | undefined {
  if (header && !header.startsWith(SCHEME)) return undefined;
  const value = header ? header.slice(SCHEME.length) : '';
  const cut = value.lastIndexOf(SIGN);
  const authString = cut < 0 ? value : value.slice(0, cut);
  const pairs = new Map(authString.split(',').map(pairOf));
  return {
    authString,
    sign: cut < 0 ? undefined : value.slice(cut + SIGN.length),
    get: (name) => pairs.get(name) || undefined,
  };
}

function pairOf(text: string): [string, string] {
  const cut = text.indexOf('=');
  return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1).trim()];
}
