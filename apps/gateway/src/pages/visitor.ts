import { isIP } from 'node:net';
import type { PayerFacts } from '@hutong/payment-core';
import { preferredLanguage, type Language } from '../http/language.js';
import type { GatewayRequest } from '../http/request.js';

/** Who looks at a page, as far as one request tells. */
export interface Visitor {
  readonly language: Language;
  /** `?lang=en` when the language was chosen by hand, else empty: links of our own carry it on. */
  readonly query: string;
  readonly userAgent: string;
  /** Of the socket, or what a proxy of ours says of the payer in `X-Forwarded-For`: anybody else writes there what they like. */
  readonly address: string;
}

const LONGEST_USER_AGENT = 512;

export function visitorOf(request: GatewayRequest): Visitor {
  const chosen = chosenLanguage(request.query);
  return {
    language: chosen ?? preferredLanguage(request.headers['accept-language']),
    query: chosen === undefined ? '' : `?lang=${chosen}`,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_USER_AGENT),
    address: addressOf(request).replace(/^::ffff:(?=\d+\.)/, ''),
  };
}

/** Of a header even a trusted proxy may hand on nonsense; then the socket's own. */
function addressOf({ ip, socket }: GatewayRequest): string {
  return isIP(ip) === 0 ? (socket.remoteAddress ?? '') : ip;
}

/** What this browser adds to the payer that the merchant told of; who the payer is, only the merchant says. */
export function payerFactsOf({ userAgent, address }: Visitor, publicUrl: string): PayerFacts {
  return { ip: address, pageUrl: publicUrl, referrerPolicy: 'origin', ...(userAgent !== '' && { userAgent }) };
}

function chosenLanguage(query: unknown): Language | undefined {
  const { lang } = query as { readonly lang?: unknown };
  return lang === 'zh-CN' || lang === 'en' ? lang : undefined;
}
