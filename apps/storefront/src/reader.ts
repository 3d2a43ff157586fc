import type { FastifyReply, FastifyRequest } from 'fastify';

/** The two languages of the pages. */
export type Lang = 'zh' | 'en';

/** What a page must know of who reads it. */
export interface Reader {
  readonly lang: Lang;
  /** The page's own path, for the link to the other language. */
  readonly path: string;
}

const ONE_YEAR_S = 31_536_000;

/** `?lang=` decides and is remembered; then the cookie; then what the browser prefers; then Chinese. */
export function readerOf(request: FastifyRequest, reply: FastifyReply): Reader {
  const asked = (request.query as { readonly lang?: unknown }).lang;
  if (asked === 'zh' || asked === 'en') {
    void reply.header('set-cookie', `lang=${asked}; Path=/; Max-Age=${ONE_YEAR_S}; SameSite=Lax; HttpOnly`);
    return { lang: asked, path: pathOf(request) };
  }
  const [, kept] = /(?:^|;\s*)lang=(zh|en)(?:;|$)/.exec(request.headers.cookie ?? '') ?? [];
  return { lang: (kept as Lang | undefined) ?? preferred(request.headers['accept-language']), path: pathOf(request) };
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '/';
}

/** The first of ours in the list; browsers write it in the order of preference. */
function preferred(header = ''): Lang {
  const [, tag] = /(?:^|[\s,])(zh|en)\b/i.exec(header) ?? [];
  return tag?.toLowerCase() === 'en' ? 'en' : 'zh';
}
