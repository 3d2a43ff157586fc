import { html, type Markup } from '../frame/html.js';
import type { Delivery } from '../frame/notifier.js';
import type { Trade, TradeRefund } from '../frame/trade.js';
import { refundState, tradeState, verdict, walletMark, walletName } from './faces.js';
import { moment, money } from './figures.js';
import type { Screen } from './shell.js';
import { isOpen, newestFirst, tradeRow } from './trade-row.js';
import type { Visit } from './visit.js';

const MOST_SHOWN = 100;

/** All orders, of everybody: whoever holds this phone is testing. */
export function ordersScreen(trades: readonly Trade[], now: Date, visit: Visit): Screen {
  const { say } = visit;
  const rows = newestFirst(trades)
    .slice(0, MOST_SHOWN)
    .map((trade) => tradeRow(trade, `/phone/trades/${trade.id}`, now, visit, tradeState(trade.state, visit.say)));
  const empty = html`<p class="note">
    ${say('这里会列出每一笔订单：金额、状态、退款，以及发给商户的通知。', 'Every order will be listed here: amount, state, refunds, and what its merchant was told.')}
  </p>`;
  const content = html`<h2>${say('账单', 'Orders')}</h2>
    ${
      rows.length === 0
        ? empty
        : html`<ul class="rows">
            ${rows}
          </ul>`
    }
    ${trades.length > MOST_SHOWN ? html`<p class="quiet">${say('更早的见', 'Older ones:')} <a href="/__sandbox/trades">/__sandbox/trades</a></p>` : undefined}`;
  return { title: say('账单', 'Orders'), tab: 'orders', content };
}

export interface OrderParts {
  readonly trade: Trade;
  readonly queried: string;
  /** Of this order, in the order they were sent. */
  readonly deliveries: readonly Delivery[];
}

/** What happened to one order, from both sides. */
export function orderScreen(parts: OrderParts, visit: Visit): Screen {
  const { trade } = parts;
  const { say, language } = visit;
  const content = html`<p><a href="/phone/orders">${say('全部账单', 'All orders')}</a></p>
    <div class="row">
      ${walletMark(trade.provider)}
      <div>
        <h2>${trade.description}</h2>
        <small>${walletName(trade.provider, say)}</small>
      </div>
      <strong>${money(trade.amount, language)}<small>${tradeState(trade.state, say)}</small></strong>
    </div>
    ${isOpen(trade) ? html`<a class="button" href="/phone/trades/${trade.id}/pay">${say('去付款', 'Pay it')}</a>` : undefined}
    ${factsOf(parts, visit)} ${trade.refunds.length === 0 ? undefined : refundsOf(trade.refunds, visit)}
    ${noticesOf(parts, visit)}`;
  return { title: trade.description, tab: 'orders', content };
}

function factsOf({ trade, queried }: OrderParts, { say, language }: Visit): Markup {
  const at = (when: Date | undefined): string | undefined => when && moment(when, language);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say('收款方', 'Paid to'), trade.account],
    [say('商户订单号', "Merchant's number"), trade.reference],
    [say('合单号', 'Paid together as'), trade.batch?.reference],
    [say('钱包单号', "Wallet's number"), trade.providerReference],
    [say('产品', 'Product'), trade.product],
    [say('付款人', 'Payer'), trade.payer?.id],
    [say('下单', 'Placed'), at(trade.createdAt)],
    [say('截止', 'Ends'), trade.paidAt === undefined ? at(trade.expiresAt) : undefined],
    [say('付款', 'Paid'), at(trade.paidAt)],
    [say('关闭', 'Closed'), at(trade.closedAt)],
    [say('商户此时查询', 'A query now says'), queried],
  ];
  const shown = facts.filter(([, value]) => value !== undefined);
  return html`<dl>
    ${shown.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd><code>${value}</code></dd>`,
    )}
  </dl>`;
}

function refundsOf(refunds: readonly TradeRefund[], { say, language }: Visit): Markup {
  const rows = refunds.map(
    (refund) =>
      html`<li class="row">
        <span></span
        ><span
          ><code>${refund.reference}</code
          ><small>${moment(refund.settledAt ?? refund.createdAt, language)}</small></span
        >
        <strong>${money(refund.amount, language)}<small>${refundState(refund.state, say)}</small></strong>
      </li>`,
  );
  return html`<section>
    <h3>${say('退款', 'Refunds')}</h3>
    <ul class="rows">
      ${rows}
    </ul>
  </section>`;
}

function noticesOf({ trade, deliveries }: OrderParts, visit: Visit): Markup {
  const { say } = visit;
  const none =
    trade.notifyUrl === undefined
      ? say(
          '这笔订单没有留下通知地址：商户要自己查询。',
          'This order named no address for notifications: its merchant asks.',
        )
      : say(
          '还没有发出。付款、退款后会通知商户，没有得到确认就会再发。',
          'None sent yet. The merchant is told of payment and refunds, again and again until it says that it has understood.',
        );
  return html`<section>
    <h3>${say('发给商户的通知', 'Notifications to the merchant')}</h3>
    ${
      deliveries.length === 0
        ? html`<p class="note">${none}</p>`
        : html`<ol class="log">
            ${deliveries.map((one) => noticeOf(one, visit))}
          </ol>`
    }
  </section>`;
}

function noticeOf(delivery: Delivery, { say, language }: Visit): Markup {
  const { attempt, at, url, status, answer, reason, next_attempt_at: next } = delivery;
  const answered = status === null ? (reason ?? '') : `HTTP ${status}${answer ? ` · ${answer.slice(0, 120)}` : ''}`;
  return html`<li>
    <div class="head">
      <span>${say(`第 ${attempt} 次`, `Attempt ${attempt}`)}</span>${verdict(delivery.verdict, say)}
    </div>
    <p class="quiet">${moment(new Date(at), language)}</p>
    <p><code>POST ${url}</code></p>
    <p>${say('回答：', 'Answer: ')}<code>${answered}</code></p>
    ${next === null ? undefined : html`<p class="quiet">${say('下一次：', 'Next: ')}${moment(new Date(next), language)}</p>`}
  </li>`;
}
