import type { Child } from 'hono/jsx';
import type { Reader } from '../reader.js';
import type { Shop } from '../shops/shop.js';
import { wordsIn } from './texts.js';

export interface PageProps {
  readonly reader: Reader;
  readonly title: string;
  /** Whose colour and name it wears; none on the street. */
  readonly shop?: Shop | undefined;
  /** Loaded where the page changes by itself; it works without. */
  readonly script?: string;
  /** One column in the middle, for pages that are read from top to bottom. */
  readonly narrow?: boolean;
  readonly children?: Child;
}

const OTHER = { zh: 'en', en: 'zh' } as const;

/** The frame of every page: no inline style or script, nothing from elsewhere. */
export function Page({ reader, title, shop, script, narrow, children }: PageProps) {
  const words = wordsIn(reader.lang);
  return (
    <html lang={reader.lang === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/shop.css" />
        <link rel="stylesheet" href="/assets/brands.css" />
        {script !== undefined && <script src={script} defer></script>}
      </head>
      <body data-app={shop?.app}>
        <header class="top">
          {shop === undefined ? <span /> : <a href="/">← {words.backToStreet}</a>}
          <a href={`${reader.path}?lang=${OTHER[reader.lang]}`} hreflang={OTHER[reader.lang]}>
            {words.otherLanguage}
          </a>
        </header>
        <main class={narrow ? 'narrow' : undefined}>{children}</main>
        <footer>{words.example}</footer>
      </body>
    </html>
  );
}

/** An app's mark: a rounded square in its own hue with one character. */
export function Mark({ shop }: { readonly shop: Shop }) {
  return (
    <span class="mark" data-app={shop.app} aria-hidden="true">
      {shop.mark}
    </span>
  );
}

/** An amount with its sign small and raised, its figures in columns. */
export function Amount({ fen, big = false }: { readonly fen: number; readonly big?: boolean }) {
  const text = String(fen).padStart(3, '0');
  return (
    <span class={big ? 'amount big' : 'amount'}>
      <span class="sign">¥</span>
      {text.slice(0, -2)}.{text.slice(-2)}
    </span>
  );
}

/** The whole document as text. */
export function html(page: Child): string {
  return `<!doctype html>${String(page)}`;
}
