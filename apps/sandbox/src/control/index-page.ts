import type { FastifyInstance } from 'fastify';
import type { AccountRecord } from '../frame/accounts.js';
import type { Frame } from '../frame/frame.js';
import { html, type Markup } from '../frame/html.js';
import { page } from '../frame/page.js';
import { PROVIDERS, type Provider } from '../frame/provider.js';
import { downloadLine, snippetsFor } from './snippets.js';

const ENDPOINTS = ['accounts', 'trades', 'books', 'requests', 'notifications', 'faults', 'outcomes', 'clock'];

/** `/accounts` says what is here, `/health/ready` that it is usable. */
export function registerIndexPage(app: FastifyInstance, frame: Frame): void {
  app.get('/health/ready', async () => ({ status: 'ok' }));
  app.get('/accounts', async (_request, reply) => {
    const { headers, body } = page({ owner: 'sandbox', content: await content(frame), wide: true });
    return reply.headers(headers).send(body);
  });
}

async function content(frame: Frame): Promise<Markup> {
  const links = ENDPOINTS.map((name) => html`<a href="/__sandbox/${name}">/__sandbox/${name}</a>`);
  return html`<div lang="en">
    <p><a href="/">The payer's phone</a></p>
    <h2>Accounts</h2>
    ${PROVIDERS.filter((provider) => frame.accounts.shelf(provider).all().length > 0).map((provider) => accountsOf(provider, frame))}
    <p>
      No money moves here. Keys are at <a href="/__sandbox/accounts">/__sandbox/accounts</a>, for this machine only.
    </p>
    <h2>Control</h2>
    <nav>${links}</nav>
    <h2>Point a client at it</h2>
    <p>
      First the files that the code reads, then the client. What else a client may need, TLS and hosts among it, is in
      the sandbox's README.
    </p>
    ${await Promise.all(PROVIDERS.flatMap((provider) => examples(provider, frame).map((name) => setOf(provider, name, frame))))}
  </div>`;
}

/** One account of each key mode: the first of it. */
function examples(provider: Provider, frame: Frame): readonly AccountRecord[] {
  const mode = (account: AccountRecord): unknown => {
    const { verify_mode: verify, sign_mode: sign } = account as AccountRecord & Readonly<Record<string, unknown>>;
    return verify ?? sign;
  };
  const all = frame.accounts.shelf<AccountRecord>(provider).all();
  const shown = all.filter((account) => MODES.includes(String(mode(account))));
  return shown.filter((account) => shown.find((first) => mode(first) === mode(account)) === account);
}

const MODES: readonly string[] = ['certificate', 'public_key', 'key'];

async function setOf(provider: Provider, account: AccountRecord, frame: Frame): Promise<Markup> {
  const base = frame.publicUrl();
  const shown = await frame.accounts.show(provider, account);
  const set = snippetsFor(provider, shown, base);
  if (set === undefined) return html``;
  const clients = set.snippets.map(
    ({ language, client, code }) =>
      html`<details>
        <summary>${language}<span>${client}</span></summary>
        <pre tabindex="0">${code}</pre>
      </details>`,
  );
  return html`<h3>${set.title}<small>account ${account.name}</small></h3>
    <pre tabindex="0">${downloadLine(provider, shown, set.files, base)}</pre>
    ${clients}`;
}

const TITLES = { wechat_pay: 'WeChat Pay', alipay: 'Alipay', wallet: 'Wallet' } as const satisfies Record<
  Provider,
  string
>;

/** What merchants are known by on each wire, and the field that tells their accounts apart; never keys. */
const COLUMNS: Readonly<Record<Provider, readonly string[]>> = {
  wechat_pay: ['mchid', 'appid', 'verify_mode'],
  alipay: ['app_id', 'seller_id', 'sign_mode'],
  wallet: ['merchant_id'],
};

function accountsOf(provider: Provider, frame: Frame): Markup {
  const columns = ['name', ...COLUMNS[provider]];
  const accounts = frame.accounts.shelf<AccountRecord & Readonly<Record<string, unknown>>>(provider).all();
  const rows = accounts.map(
    (account) =>
      html`<tr>
        ${columns.map((column) => html`<td><code>${String(account[column] ?? '')}</code></td>`)}
      </tr>`,
  );
  const heads = columns.map((column) => html`<th scope="col">${column}</th>`);
  return html`<h3>${TITLES[provider]}</h3>
    <div class="scroll" tabindex="0">
      <table class="ids">
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}
