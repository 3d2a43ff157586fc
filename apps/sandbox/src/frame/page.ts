import { createHash } from 'node:crypto';
import { html, type Markup } from './html.js';
import { PAGE_STYLE } from './page-style.js';
import type { Provider } from './provider.js';

/** Where a page leads: nowhere; to itself; to itself and from there back to a shop. */
export type FormTarget = 'none' | 'self' | 'shop';

export interface PageParts {
  /** Whose page; `sandbox` is the sandbox's own. */
  readonly owner: Provider | 'sandbox';
  readonly content: Markup;
  readonly form?: FormTarget;
  /** What the bytes will be; default UTF-8. */
  readonly charset?: 'UTF-8' | 'GBK';
  /** Tables and code instead of one column. */
  readonly wide?: boolean;
}

/** A page with the headers that belong to it. */
export interface Page {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Nobody's trade dress: a character on a rounded square, and a plain name. */
const FACES = {
  wechat_pay: { mark: '微', name: '微信支付', english: 'WeChat Pay' },
  alipay: { mark: '支', name: '支付宝', english: 'Alipay' },
  wallet: { mark: '余', name: '余额钱包', english: 'Wallet' },
  sandbox: { mark: '互', name: 'Hutong', english: 'Offline wallets for development and tests' },
} as const satisfies Record<PageParts['owner'], unknown>;

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');
/** The tag would escape the sheet's quotes, which the hash does not allow: it is put in as written, in the head. */
const STYLE_PLACE = '<style></style>';

/** Every page of the sandbox: the wallet's mark, the word SANDBOX, one column; no scripts, nothing loaded. */
export function page({ owner, content, form = 'none', charset = 'UTF-8', wide = false }: PageParts): Page {
  const { mark, name, english } = FACES[owner];
  const { text } = html`<!doctype html>
    <html lang="zh-CN" class="${owner}">
      <head>
        <meta charset="${charset}" />
        <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <title>${name} - SANDBOX</title>
        <style></style>
      </head>
      <body class="${wide ? 'wide' : 'narrow'}">
        <main>
          <header>
            <span class="mark" aria-hidden="true">${mark}</span>
            <h1>${name}<small lang="en">${english}</small></h1>
            <strong class="badge">SANDBOX</strong>
          </header>
          ${content}
        </main>
      </body>
    </html> `;
  const body = text.replace(STYLE_PLACE, () => `<style>${PAGE_STYLE}</style>`);
  return { headers: headersOf(form, charset), body };
}

/**
 * `form-action` holds for redirects after a post too (in Chromium): where the shop sends its customer on is the shop's
 * business, so a page that leads back to one allows every web address there.
 */
const FORM_ACTIONS = { none: "'none'", self: "'self'", shop: "'self' http: https:" } as const satisfies Record<
  FormTarget,
  string
>;

function headersOf(form: FormTarget, charset: 'UTF-8' | 'GBK'): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action ${FORM_ACTIONS[form]}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-type': charset === 'GBK' ? 'text/html;charset=GBK' : 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}
