import { randomBytes } from 'node:crypto';

/** Words of the numbers that `/sns` answers with (protocol §10.1). */
const WORDS = {
  '-1': 'system error',
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40029: 'invalid code',
  40030: 'invalid refresh_token',
  40125: 'invalid appsecret',
  40163: 'code been used',
  41002: 'appid missing',
  41003: 'refresh_token missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  45011: 'api minute-quota reach limit, please retry next minute',
} as const;

type Known = keyof typeof WORDS;

/** A refusal of `/sns`: HTTP 200 all the same, `{errcode, errmsg}`, the request's id at its end. */
export class SnsError extends Error {
  override readonly name = 'SnsError';

  constructor(
    readonly errcode: number,
    words: string,
  ) {
    super(words);
  }

  toBody(): string {
    const rid = Array.from({ length: 3 }, () => randomBytes(4).toString('hex')).join('-');
    return JSON.stringify({ errcode: this.errcode, errmsg: `${this.message}, rid: ${rid}` });
  }
}

export const snsError = (errcode: Known): SnsError => new SnsError(Number(errcode), WORDS[errcode]);

/** The error that a fault rule asks for: any number, its words where they are known; without one, -1. */
export function injectedSnsError(code: string | undefined): SnsError {
  const errcode = code !== undefined && /^-?\d{1,9}$/.test(code) ? Number(code) : -1;
  return new SnsError(errcode, (WORDS as Readonly<Record<string, string>>)[errcode] ?? 'system error');
}
