import type { PayerFacts } from '@hutong/payment-core';
import { preferredLanguage, type Language } from '../http/language.js';
import type { GatewayRequest } from '../http/request.js';

/** Who looks at a page, as far as one request tells. */
export interface Visitor {
  readonly language: Language;
  /** `?lang=en` when the language was chosen by hand, else empty: links of our own carry it on. */
  readonly query: string;
  readonly userAgent: string;
  /** Of the socket. `X-Forwarded-For` says what its sender likes, so it counts only where Fastify was told to trust a proxy. */
  readonly address: string;
}

const LONGEST_USER_AGENT = 512;

export function visitorOf(request: GatewayRequest): Visitor {
  const chosen = chosenLanguage(request.query);
  return {
    language: chosen ?? preferredLanguage(request.headers['accept-language']),
    query: chosen === undefined ? '' : `?lang=${chosen}`,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_USER_AGENT),
    address: request.ip.replace(/^::ffff:(?=\d+\.)/, ''),
  };
}

/** What this browser adds to the payer that the merchant told of; who the payer is, only the merchant says. */
export function payerFactsOf({ userAgent, address }: Visitor, publicUrl: string): PayerFacts {
  return { ip: address, pageUrl: publicUrl, referrerPolicy: 'origin', ...(userAgent !== '' && { userAgent }) };
}

function chosenLanguage(query: unknown): Language | undefined {
  const { lang } = query as { readonly lang?: unknown };
  return lang === 'zh-CN' || lang === 'en' ? lang : undefined;
}
