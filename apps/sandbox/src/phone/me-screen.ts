import { html, type Markup } from '../frame/html.js';
import type { PayerWallet } from '../frame/payers.js';
import type { Person } from './people.js';
import { walletMark, walletName } from './faces.js';
import { money } from './figures.js';
import type { Screen } from './shell.js';
import type { Visit } from './visit.js';

export interface MeParts {
  readonly people: readonly Person[];
  readonly nameless: readonly PayerWallet[];
  readonly alert?: string | undefined;
}

/** Whose phone this is, and making somebody else. */
export function meScreen({ people, nameless, alert }: MeParts, visit: Visit): Screen {
  const { say } = visit;
  const content = html`<h2>${say('这是谁的手机', 'Whose phone is this')}</h2>
    ${alert === undefined ? undefined : html`<div class="alert" role="alert">${alert}</div>`}
    <form method="post" action="/phone/me">
      <ul class="rows">
        ${people.map((person) => personRow(person, visit))}
      </ul>
      ${nameless.length === 0 ? undefined : namelessRows(nameless, visit)}
    </form>
    <h3>${say('新用户', 'Somebody new')}</h3>
    <form method="post" action="/phone/people">
      <label
        >${say('名字', 'Name')}<input
          name="name"
          required
          maxlength="32"
          pattern="[0-9A-Za-z_\\-]+"
          autocomplete="off"
          autocapitalize="off"
          placeholder="ann"
      /></label>
      <label
        >${say('每个钱包里有（元）', 'In each wallet, ¥')}<input
          name="balance"
          required
          inputmode="decimal"
          pattern="[0-9]{1,7}([.][0-9]{1,2})?"
          value="10000.00"
      /></label>
      <button class="second">${say('新建并使用', 'Make, and use this phone as them')}</button>
    </form>`;
  return { title: say('用户', 'Users'), tab: 'me', content, ...(alert === undefined ? {} : { status: 400 }) };
}

function personRow({ name, wallets }: Person, { say, language, payer }: Visit): Markup {
  // A person has an id under each app: those with the same money in them are one line.
  const alike = Map.groupBy(wallets, ({ provider, balance }) => `${provider} ${balance}`);
  const shown = [...alike.values()].map((same) => {
    const { provider, balance } = same[0] as PayerWallet;
    const apps = same.length > 1 ? say(`，${same.length} 个应用`, `, under ${same.length} apps`) : '';
    return html`<small>${walletName(provider, say)} ${money(balance, language)}${apps}</small>`;
  });
  const unused = html`<small
    >${say('还没用过，每个钱包 ¥10,000.00', 'not used yet: ¥10,000.00 in each wallet')}</small
  >`;
  return html`<li>
    <button class="person row" name="payer" value="${name}" aria-pressed="${name === payer ? 'true' : 'false'}">
      <span class="mark" aria-hidden="true">${[...name][0]?.toUpperCase()}</span
      ><span><b>${name}</b>${wallets.length === 0 ? unused : shown}</span>
    </button>
  </li>`;
}

function namelessRows(wallets: readonly PayerWallet[], { say, language, payer }: Visit): Markup {
  const rows = wallets.map(
    ({ provider, id, audience, balance }) =>
      html`<li>
        <button class="person row" name="payer" value="${id}" aria-pressed="${id === payer ? 'true' : 'false'}">
          ${walletMark(provider)}<span
            ><b><code>${id}</code></b
            ><small>${audience ?? walletName(provider, say)} · ${money(balance, language)}</small></span
          >
        </button>
      </li>`,
  );
  return html`<h3>${say('只知道号码的', 'Known by an id only')}</h3>
    <ul class="rows">
      ${rows}
    </ul>`;
}
