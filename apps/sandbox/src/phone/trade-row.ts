import { html, type Markup } from '../frame/html.js';
import type { Trade } from '../frame/trade.js';
import { tradeState, walletMark, walletName } from './faces.js';
import { age, money, toPay } from './figures.js';
import type { Visit } from './visit.js';

/** One order as a row that leads to `address`. */
export function tradeRow(trade: Trade, address: string, now: Date, visit: Visit): Markup {
  const { say, language } = visit;
  const open = isOpen(trade);
  return html`<li>
    <a class="row" href="${address}">
      ${walletMark(trade.provider)}
      <span
        ><span class="line">${trade.description}</span
        ><small
          >${walletName(trade.provider, say)} · ${trade.account} · ${age(trade.createdAt, now, language)}</small
        ></span
      >
      <strong
        >${money(open ? toPay(trade) : trade.amount, language)}${open ? undefined : html`<small>${tradeState(trade.state, say)}</small>`}</strong
      >
    </a>
  </li>`;
}

export const isOpen = ({ state }: Trade): boolean => state === 'not_opened' || state === 'awaiting_payer';

/** Newest first; of a batch, which is paid as one, its first order stands for all. */
export function newestFirst(trades: readonly Trade[]): readonly Trade[] {
  const batches = new Set<unknown>();
  const shown = trades.filter(({ batch }) => {
    if (batch === undefined) return true;
    if (batches.has(batch)) return false;
    batches.add(batch);
    return true;
  });
  return shown.toReversed().toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}
