import type { FastifyReply, FastifyRequest } from 'fastify';
import { CHOSEN_PAYER, chosenPayer, cookieNamed } from '../frame/chosen-payer.js';

export type Language = 'zh' | 'en';

/** The same said to a Chinese and to an English reader; the visitor reads one of them. */
export type Say = (zh: string, en: string) => string;

/** Who looks at the phone: in which language, as which wallet user. */
export interface Visit {
  readonly language: Language;
  readonly say: Say;
  /** A name like `payer-1`, or an id of some wallet. */
  readonly payer: string;
  /** What was asked for, query included. */
  readonly url: URL;
}

const LANGUAGE = 'sandbox_language';
const SOMEBODY = 'payer-1';
const A_YEAR_S = 365 * 86_400;

export function visitOf(request: FastifyRequest): Visit {
  const url = new URL(request.raw.url ?? '/', 'http://phone.invalid');
  const language = languageOf(request, url);
  return {
    language,
    say: (zh, en) => (language === 'zh' ? zh : en),
    payer: chosenPayer(request.headers.cookie) ?? SOMEBODY,
    url,
  };
}

/** `?lang=` is kept from then on. */
export function keepLanguage(visit: Visit, reply: FastifyReply): void {
  if (visit.url.searchParams.has('lang')) setCookie(reply, LANGUAGE, visit.language);
}

/** From now on the phone is theirs, and so is a login that WeChat or Alipay gives without asking. */
export function keepPayer(reply: FastifyReply, payer: string): void {
  setCookie(reply, CHOSEN_PAYER, encodeURIComponent(payer));
}

/** The same page in the other language. */
export function inLanguage({ url }: Visit, language: Language): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('lang', language);
  return `${url.pathname}?${query.toString()}`;
}

function languageOf({ headers }: FastifyRequest, url: URL): Language {
  const asked = url.searchParams.get('lang') ?? cookieNamed(headers.cookie, LANGUAGE);
  if (asked === 'zh' || asked === 'en') return asked;
  return preferred(headers['accept-language'] ?? '');
}

/** The first of both that stands in the header; its order is nearly always its ranking. */
function preferred(header: string): Language {
  const found = header
    .toLowerCase()
    .split(',')
    .map((tag) => tag.trim().slice(0, 2))
    .find((tag) => tag === 'zh' || tag === 'en');
  return found === 'en' ? 'en' : 'zh';
}

function setCookie(reply: FastifyReply, name: string, value: string): void {
  void reply.header('set-cookie', `${name}=${value}; Path=/; Max-Age=${A_YEAR_S}; HttpOnly; SameSite=Lax`);
}
