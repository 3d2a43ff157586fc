import { type Charset, decodeText, parseCharset } from './charset.js';

/** What stands beside the business fields: public parameters on /gateway.do; the REST protocol has them in its body. */
export interface PublicFields {
  readonly charset: Charset;
  /** Blank counts as absent. */
  get(name: string): string | undefined;
}

/**
 * The parameters of one gateway call. They are kept as received bytes (one latin1 character per byte) because the
 * signature covers bytes in the caller's charset; `get` decodes.
 */
export class Parameters implements PublicFields {
  private constructor(
    readonly raw: ReadonlyMap<string, string>,
    readonly charset: Charset,
  ) {}

  /** Later sources win, so pass the query first and the body last (SDKs put the same name in both). */
  static merge(...sources: Iterable<readonly [string, string]>[]): Parameters {
    const raw = new Map<string, string>();
    for (const source of sources) for (const [name, value] of source) raw.set(name, value);
    return new Parameters(raw, parseCharset(raw.get('charset')) ?? 'utf-8');
  }

  /** The decoded value; blank counts as absent, as it does in the string to sign. */
  get(name: string): string | undefined {
    const raw = this.raw.get(name);
    if (raw === undefined || raw.trim() === '') return undefined;
    return decodeText(Buffer.from(raw, 'latin1'), this.charset);
  }

  entries(): [string, string][] {
    return [...this.raw.keys()].flatMap((name) => {
      const value = this.get(name);
      return value === undefined ? [] : [[name, value] as [string, string]];
    });
  }
}

/**
 * Reads `a=1&b=2` (a query or an urlencoded body, one latin1 character per byte) into byte strings. A stray `%` stands
 * for itself, as browsers read it.
 */
export function parsePairs(text: string): [string, string][] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const cut = pair.indexOf('=');
      return cut < 0 ? [unescape8(pair), ''] : [unescape8(pair.slice(0, cut)), unescape8(pair.slice(cut + 1))];
    });
}

/** The query of a request target in origin form or absolute form (the official Python SDK sends the latter). */
export function queryOf(target: string): string {
  const cut = target.indexOf('?');
  return cut < 0 ? '' : target.slice(cut + 1).replace(/#.*$/s, '');
}

function unescape8(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
