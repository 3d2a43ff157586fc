import { html, type Markup } from '../frame/html.js';
import { type Page, page } from '../frame/page.js';
import { deadSheet, notice, paySheet, type Words, yuan } from '../frame/pay-sheet.js';
import type { PayerWallet } from '../frame/payers.js';
import type { WalletTrade } from './views.js';

/** What a payer sees behind pay_url: what is asked, and who of the sandbox's users pays. */
export function payPage(trade: WalletTrade, users: readonly PayerWallet[], alert?: Words): Page {
  const { description, amount: amountFen, state } = trade;
  if (state !== 'awaiting_payer') {
    return page({ owner: 'wallet', content: deadSheet(description, amountFen, alert ?? overWords(trade)) });
  }
  const content = paySheet({ description, amountFen, alert, fields: fieldsFor(users) });
  return page({ owner: 'wallet', content, form: trade.wire.returnUrl === undefined ? 'self' : 'shop' });
}

export function messagePage(words: Words): Page {
  return page({ owner: 'wallet', content: notice(words) });
}

const STATE_WORDS = {
  not_opened: '订单尚未打开',
  awaiting_payer: '订单等待付款',
  paid: '订单已支付',
  refunded: '订单已退款',
  closed: '订单已关闭',
} as const satisfies Record<WalletTrade['state'], string>;

/** Why this order takes no payment any more. */
export const overWords = ({ state }: WalletTrade): Words => ({
  zh: STATE_WORDS[state],
  en: `This order is ${state}.`,
});

function fieldsFor(users: readonly PayerWallet[]): Markup {
  const options = users.map(({ id, balance }) => html`<option value="${id}">${id} · 余额 ${yuan(balance)}</option>`);
  return html`<label
      >用户 <span lang="en">User</span
      ><select name="user">
        ${options}
      </select></label
    >
    <label
      >支付密码 <span lang="en">Password</span>
      <input type="password" name="password" inputmode="numeric" autocomplete="off" placeholder="123456" required
    /></label>`;
}
