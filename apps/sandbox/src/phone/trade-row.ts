import { html, type Markup } from '../frame/html.js';
import type { Trade } from '../frame/trade.js';
import { walletMark, walletName } from './faces.js';
import { age, money, toPay } from './figures.js';
import type { Visit } from './visit.js';

/** One order as a row that leads to `address`; `state` where not all of the list are in the same. */
export function tradeRow(trade: Trade, address: string, now: Date, visit: Visit, state?: Markup): Markup {
  const { say, language } = visit;
  return html`<li>
    <a class="row" href="${address}">
      ${walletMark(trade.provider)}
      <span
        ><span class="line">${trade.description}</span
        ><small
          >${walletName(trade.provider, say)} · ${trade.account} · ${age(trade.createdAt, now, language)}</small
        ></span
      >
      <strong>${money(toPay(trade), language)}${state && html`<small>${state}</small>`}</strong>
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
