import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Language } from '../http/language.js';
import type { GatewayReply } from '../http/request.js';
import { assetPath, type AssetName } from './assets.js';
import { brandStyle, type BrandStyle } from './brand.js';
import { COPY } from './copy.js';
import { pageHeaders, type PageLicence } from './page-headers.js';

/** One HTML answer. */
export interface Page extends Pick<PageLicence, 'formOrigins' | 'referrer'> {
  readonly status: number;
  readonly language: Language;
  readonly title: string;
  readonly body: Child;
  /** Our own path of this page without a query: the switch to the other language leads there. Empty: where it is. */
  readonly path: string;
  /** Parameters that the other language keeps, beside its own: `from=groupmessage`. */
  readonly keeps?: string;
  /** `#rrggbb` of the app. */
  readonly brand?: string;
  readonly scripts?: readonly AssetName[];
  /** Without JavaScript, the page is asked for again after so many seconds. */
  readonly refreshSeconds?: number;
}

/** Sends the page with everything that its headers must say. */
export async function sendPage(reply: GatewayReply, page: Page): Promise<void> {
  const style = brandStyle(page.brand);
  const html = `<!doctype html>${String(<Document page={page} style={style} />)}`;
  await reply
    .status(page.status)
    .headers(pageHeaders({ ...page, styles: [style.source] }))
    .header('content-language', page.language)
    .send(html);
}

function Document({ page, style }: { page: Page; style: BrandStyle }) {
  return (
    <html lang={page.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>{page.title}</title>
        <link rel="icon" href={assetPath('icon.svg')} />
        <link rel="stylesheet" href={assetPath('pages.css')} />
        {/* Of our own making out of a checked colour, and named by its hash in the CSP. */}
        <style>{raw(style.css)}</style>
        {page.scripts?.map((name) => (
          <script type="module" src={assetPath(name)}></script>
        ))}
        {page.refreshSeconds !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={String(page.refreshSeconds)} />
          </noscript>
        )}
      </head>
      <body>
        {page.body}
        <LanguageSwitch page={page} />
      </body>
    </html>
  );
}

function LanguageSwitch({ page }: { page: Page }) {
  const other: Language = page.language === 'en' ? 'zh-CN' : 'en';
  const copy = COPY[page.language];
  return (
    <footer class="foot">
      <a
        href={`${page.path}?${[page.keeps, `lang=${other}`].filter(Boolean).join('&')}`}
        lang={other}
        hreflang={other}
        title={copy.otherLanguageHint}
      >
        {copy.otherLanguage}
      </a>
    </footer>
  );
}
