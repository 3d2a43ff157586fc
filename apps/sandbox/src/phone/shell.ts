import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { html, type Markup } from '../frame/html.js';
import { PHONE_STYLE } from './style.js';
import { inLanguage, type Visit } from './visit.js';

export type Tab = 'scan' | 'code' | 'orders' | 'me';

export interface Screen {
  /** What the browser's tab says. */
  readonly title: string;
  readonly content: Markup;
  readonly tab?: Tab;
  readonly status?: number;
  /** One decision that fills the phone: no tabs to leave it by. */
  readonly sheet?: true;
}

const STYLE_HASH = createHash('sha256').update(PHONE_STYLE).digest('base64');
/** As in the other pages: put in as written, after escaping, so that the hash holds. */
const STYLE_PLACE = '<style></style>';

/** Scripts come from the one address; nothing is loaded from elsewhere, no form leads elsewhere. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const PHONE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  // Not no-referrer: browsers would send the phone's own forms with `Origin: null`.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

/** A screen of the phone in its frame, in the visitor's language. */
export function showScreen(reply: FastifyReply, visit: Visit, screen: Screen): FastifyReply {
  const text = document(visit, screen).text.replace(STYLE_PLACE, () => `<style>${PHONE_STYLE}</style>`);
  return reply
    .code(screen.status ?? 200)
    .headers({ ...PHONE_HEADERS, vary: 'accept-language, cookie' })
    .send(text);
}

function document(visit: Visit, { title, content, tab, sheet }: Screen): Markup {
  const { say, language } = visit;
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <title>${title} - SANDBOX</title>
        <style></style>
        <script src="/phone/phone.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#view">${say('跳到正文', 'Skip to content')}</a>
        <div class="desk">
          <div class="phone">
            ${topOf(visit)}
            <main class="view" id="view" tabindex="-1">${content}</main>
            ${sheet ? undefined : tabsOf(visit, tab)}
          </div>
          ${besideOf(visit)}
        </div>
      </body>
    </html> `;
}

function topOf(visit: Visit): Markup {
  const { say, language, payer } = visit;
  const other = language === 'zh' ? 'en' : 'zh';
  const [label, tag] = other === 'en' ? ['English', 'en'] : ['中文', 'zh-CN'];
  return html`<header class="top">
    <h1 class="brand">
      <a href="/"><span class="mark" aria-hidden="true">互</span>SANDBOX</a>
    </h1>
    <a class="chip" href="/phone/me"><span class="skip">${say('付款人', 'Payer')} </span><b>${payer}</b></a>
    <a href="${inLanguage(visit, other)}" lang="${tag}" hreflang="${tag}">${label}</a>
  </header>`;
}

const TABS = [
  ['scan', '/', '扫一扫', 'Scan', 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M4 12h16'],
  ['code', '/phone/code', '付款码', 'Pay code', 'M4 5v14M8 5v14M11 5v14M15 5v14M18 5v14M20 5v14'],
  ['orders', '/phone/orders', '账单', 'Orders', 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6'],
  ['me', '/phone/me', '用户', 'Users', 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4 3.5-6 8-6s8 2 8 6'],
] as const satisfies readonly (readonly [Tab, string, string, string, string])[];

function tabsOf({ say }: Visit, current: Tab | undefined): Markup {
  const tabs = TABS.map(
    ([name, address, zh, en, drawing]) =>
      html`<a href="${address}" ${name === current ? html`aria-current="page"` : undefined}
        ><svg viewBox="0 0 24 24" aria-hidden="true"><path d="${drawing}" /></svg>${say(zh, en)}</a
      >`,
  );
  return html`<nav class="tabs" aria-label="${say('手机', 'Phone')}">${tabs}</nav>`;
}

function besideOf({ say }: Visit): Markup {
  return html`<aside class="beside" aria-label="${say('说明', 'About')}">
    <h2>${say('付款人的手机', "The payer's phone")}</h2>
    <p class="quiet">
      ${say('离线沙箱，没有真钱。三个钱包，一部手机。', 'An offline sandbox: no real money. Three wallets, one phone.')}
    </p>
    <ol>
      <li>${say('让商户下单，或从“待付款”里挑一笔。', 'Let a merchant place an order, or pick one that is open.')}</li>
      <li>${say('输入任意六位数字付款，或点一种失败。', 'Pay with any six digits, or tap one of the refusals.')}</li>
      <li>
        ${say('在账单里看商户收到了什么通知、怎么回答。', 'See under Orders what the merchant was told, and what it answered.')}
      </li>
    </ol>
    <nav aria-label="${say('沙箱', 'Sandbox')}">
      <a href="/accounts">${say('商户账号与密钥', 'Accounts and keys')}</a>
      <a href="/__sandbox/requests">${say('请求记录', 'Request log')}</a>
      <a href="/__sandbox/books">${say('账本', 'Books')}</a>
    </nav>
  </aside>`;
}
