import { html, type Markup } from '../frame/html.js';
import type { Trade } from '../frame/trade.js';
import type { Screen } from './shell.js';
import { isOpen, newestFirst, tradeRow } from './trade-row.js';
import type { Visit } from './visit.js';

/** A phone shows what fits a thumb; the rest is under Orders. */
const MOST_SHOWN = 30;

/** The camera's stand-in, and the orders that wait for somebody. */
export function scanScreen(trades: readonly Trade[], now: Date, visit: Visit, alert?: string): Screen {
  const { say } = visit;
  const content = html`<h2>${say('扫一扫', 'Scan')}</h2>
    ${alert === undefined ? undefined : html`<div class="alert" role="alert">${alert}</div>`}
    <form method="post" action="/phone/scan">
      <label for="content"
        >${say('粘贴二维码内容、链接或 order_string', "Paste a code's content, a link or an order string")}</label
      >
      <textarea
        id="content"
        name="content"
        rows="3"
        required
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
        placeholder="weixin://wxpay/bizpayurl?pr=…"
      ></textarea>
      <button>${say('打开', 'Open')}</button>
    </form>
    <section aria-labelledby="open">
      <h3 id="open">${say('待付款', 'Waiting to be paid')}</h3>
      <div data-refresh="/phone/open-orders" aria-live="polite">${openOrders(trades, now, visit)}</div>
    </section>`;
  return { title: say('扫一扫', 'Scan'), tab: 'scan', content, ...(alert === undefined ? {} : { status: 400 }) };
}

/** The part of the page that is fetched again. */
export function openOrders(trades: readonly Trade[], now: Date, visit: Visit): Markup {
  const { say } = visit;
  const open = newestFirst(trades.filter(isOpen));
  if (open.length === 0) {
    return html`<p class="note">
      ${say('还没有。商户一下单，这里就会出现：金额、店铺、下单多久了。', 'None yet. An order shows up here as soon as a merchant has placed it: amount, shop account, age.')}
    </p>`;
  }
  const rows = open.slice(0, MOST_SHOWN).map((trade) => tradeRow(trade, `/phone/trades/${trade.id}/pay`, now, visit));
  const more = open.length - rows.length;
  return html`<ul class="rows">
      ${rows}
    </ul>
    ${more > 0 ? html`<p class="quiet">${say(`另有 ${more} 笔更早的`, `and ${more} older ones`)}</p>` : undefined}`;
}
