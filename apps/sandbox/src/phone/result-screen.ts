import { html, type Markup } from '../frame/html.js';
import { RESULT_WORDS } from '../frame/pay-sheet.js';
import type { Trade } from '../frame/trade.js';
import type { PayResult } from '../frame/wire.js';
import { walletName } from './faces.js';
import { moment, money, toPay } from './figures.js';
import { bigAmount } from './pay-screen.js';
import type { Screen } from './shell.js';
import type { Visit } from './visit.js';

export interface ResultParts {
  readonly trade: Trade;
  /** What the payer's last try came to. */
  readonly tried: PayResult | undefined;
  /** What the merchant's query is answered now. */
  readonly queried: string;
  readonly returnUrl: string | undefined;
  /** Back to the sheet, return address included. */
  readonly again: string;
}

/** How it ended, as the books have it: an address can't say that something was paid. */
export function resultScreen(parts: ResultParts, visit: Visit): Screen {
  const { trade, queried, returnUrl, again } = parts;
  const { say, language } = visit;
  const [good, words] = wordsOf(parts, visit);
  const open = trade.state === 'awaiting_payer' || trade.state === 'not_opened';
  const content = html`<section class="${trade.provider}">
      <div class="outcome ${good ? '' : 'no'}" role="status">
        <svg viewBox="0 0 64 64" aria-hidden="true">
          <circle cx="32" cy="32" r="28" />
          <path d="${good ? 'M20 33l9 9 16-18' : 'M23 23l18 18M41 23l-18 18'}" />
        </svg>
        <h2>${words}</h2>
        <p class="quiet">${trade.description}</p>
      </div>
      ${bigAmount(money(toPay(trade), language))}
      <dl>
        <dt>${say('方式', 'Wallet')}</dt>
        <dd>${walletName(trade.provider, say)}</dd>
        ${
          trade.paidAt === undefined
            ? undefined
            : html`<dt>${say('时间', 'Time')}</dt>
                <dd>${moment(trade.paidAt, language)}</dd>`
        }
        <dt>${say('订单号', 'Order')}</dt>
        <dd><code>${trade.reference}</code></dd>
        <dt>${say('商户此时查询', 'A query now says')}</dt>
        <dd><code>${queried}</code></dd>
      </dl>
    </section>
    ${returnUrl === undefined ? undefined : backTo(returnUrl, visit)}
    ${open ? html`<a class="button ${returnUrl === undefined ? '' : 'second'}" href="${again}">${say('再试一次', 'Try again')}</a>` : undefined}
    <a class="button second" href="/phone/trades/${trade.id}"
      >${say('订单与通知', 'The order and its notifications')}</a
    >`;
  return { title: words, content };
}

function wordsOf({ trade, tried }: ResultParts, { say }: Visit): readonly [good: boolean, words: string] {
  if (trade.state === 'refunded') return [true, say('已退款', 'Refunded')];
  if (trade.paidAt !== undefined) return [true, say('支付成功', 'Paid')];
  if (trade.state === 'closed') return [false, say('订单已关闭', 'This order is closed')];
  if (tried === undefined || tried === 'success') return [false, say('尚未支付', 'Not paid yet')];
  if (tried === 'declined') return [false, say('银行拒绝，未扣款', 'Declined by the bank. Nothing was paid.')];
  if (tried === 'password_first') return [false, say('密码错误，未扣款', 'Wrong password. Nothing was paid.')];
  return [false, say(RESULT_WORDS[tried].zh, RESULT_WORDS[tried].en)];
}

/** Never by itself: the address came from somebody else, and stands there to be read. */
function backTo(url: string, { say }: Visit): Markup {
  return html`<a class="button" href="${url}" rel="noreferrer">${say('返回商家', 'Back to the merchant')}</a>
    <p class="quiet">${url}</p>`;
}
