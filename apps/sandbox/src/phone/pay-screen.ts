import { html, type Markup } from '../frame/html.js';
import type { PayerWallet } from '../frame/payers.js';
import type { Trade } from '../frame/trade.js';
import type { PayResult } from '../frame/wire.js';
import { walletMark, walletName } from './faces.js';
import { money, toPay } from './figures.js';
import type { Screen } from './shell.js';
import type { Visit } from './visit.js';

export interface PaySheetParts {
  readonly trade: Trade;
  /** Who pays: the id at this wallet, and whether the order says that nobody else may. */
  readonly payerId: string;
  readonly bound: boolean;
  /** Absent before that wallet's first use: it begins with everybody's ¥10,000. */
  readonly wallet: PayerWallet | undefined;
  /** Query of this page, to be kept: where the merchant waits. */
  readonly query: string;
  readonly alert?: string | undefined;
}

/** What a wallet asks before it pays, and each way not to. */
export function payScreen(parts: PaySheetParts, visit: Visit): Screen {
  const { trade, alert, query } = parts;
  const { say, language } = visit;
  const sum = money(toPay(trade), language);
  const content = html`<section class="sheet ${trade.provider}" aria-labelledby="asked">
    <div class="who">
      ${walletMark(trade.provider)}<strong>SANDBOX<small>${walletName(trade.provider, say)}</small></strong>
      <a href="/" aria-label="${say('不付了，回到扫一扫', 'Leave without deciding')}">✕</a>
    </div>
    ${alert === undefined ? undefined : html`<div class="alert" role="alert">${alert}</div>`}
    <h2 class="what" id="asked">${trade.description}</h2>
    ${bigAmount(sum)} ${factsOf(parts, visit)}
    <form method="post" action="/phone/trades/${trade.id}/pay${query}" data-once>
      <label for="password">${say('支付密码（任意六位数字）', 'Password (any six digits)')}</label>
      <input
        class="password"
        id="password"
        name="password"
        type="password"
        inputmode="numeric"
        pattern="[0-9]{6}"
        minlength="6"
        maxlength="6"
        autocomplete="off"
        required
        title="${say('六位数字', 'six digits')}"
      />
      ${padOf(visit)}
      <button id="confirm">${say(`确认支付 ${sum}`, `Pay ${sum}`)}</button>
      ${refusalsOf(visit)}
    </form>
  </section>`;
  return {
    title: say('确认支付', 'Confirm payment'),
    content,
    sheet: true,
    ...(alert === undefined ? {} : { status: 400 }),
  };
}

/** The sign small and raised, both decimals. */
export function bigAmount(sum: string): Markup {
  return html`<p class="amount"><span>¥</span>${sum.replace('¥', '')}</p>`;
}

function factsOf({ trade, payerId, bound, wallet }: PaySheetParts, { say, language, payer }: Visit): Markup {
  const name = payerId === payer || bound ? undefined : payer;
  const balance =
    wallet === undefined ? say('首次使用，¥10,000.00', '¥10,000.00 on first use') : money(wallet.balance, language);
  return html`<dl>
    <dt>${say('收款方', 'Paid to')}</dt>
    <dd>${trade.account}</dd>
    <dt>${say('订单号', 'Order')}</dt>
    <dd><code>${trade.batch?.reference ?? trade.reference}</code></dd>
    <dt>${say('付款人', 'Payer')}</dt>
    <dd>
      ${name === undefined ? undefined : html`${name}<br />`}<code>${payerId}</code>${bound ? html`<br /><small>${say('订单指定了这位用户', 'the order is bound to this user')}</small>` : undefined}
    </dd>
    <dt>${say('余额', 'Balance')}</dt>
    <dd>${balance}</dd>
  </dl>`;
}

/** Shown by the script, which makes it type; the field above needs none. */
function padOf({ say }: Visit): Markup {
  const keys = [...'123456789'].map(keyOf);
  return html`<div class="pad" data-pad="password" hidden role="group" aria-label="${say('数字键盘', 'Number pad')}">
    ${keys}<i></i>${keyOf('0')}<button type="button" data-key="back" aria-label="${say('删除', 'Delete')}">⌫</button>
  </div>`;
}

const keyOf = (digit: string): Markup => html`<button type="button" data-key="${digit}">${digit}</button>`;

const REFUSALS = [
  ['password_first', '密码错误', 'Wrong password'],
  ['insufficient_funds', '余额不足', 'Not enough money'],
  ['declined', '银行拒绝', 'Bank declines'],
  ['cancelled', '取消付款', 'Cancel'],
] as const satisfies readonly (readonly [PayResult, string, string])[];

function refusalsOf({ say }: Visit): Markup {
  const buttons = REFUSALS.map(
    ([result, zh, en]) =>
      html`<button class="second" name="result" value="${result}" formnovalidate>${say(zh, en)}</button>`,
  );
  return html`<fieldset>
    <legend>${say('或者让它失败', 'Or let it fail')}</legend>
    <div class="refusals">${buttons}</div>
  </fieldset>`;
}
