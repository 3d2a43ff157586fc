import type { FastifyInstance } from 'fastify';
import type { AccountRecord } from '../frame/accounts.js';
import type { Frame } from '../frame/frame.js';
import { html, type Markup } from '../frame/html.js';
import { page } from '../frame/page.js';
import { PROVIDERS, type Provider } from '../frame/provider.js';
import { alipaySdkSnippet, sdkNotes, wechatpayAxiosSnippet } from './snippets.js';

const ENDPOINTS = ['accounts', 'trades', 'books', 'requests', 'notifications', 'faults', 'outcomes', 'clock'];

/** `/` says what is here, `/health/ready` that it is usable. */
export function registerIndexPage(app: FastifyInstance, frame: Frame): void {
  app.get('/health/ready', async () => ({ status: 'ok' }));
  app.get('/', async (_request, reply) => {
    const { headers, body } = page({ owner: 'sandbox', content: content(frame), wide: true });
    return reply.headers(headers).send(body);
  });
}

function content(frame: Frame): Markup {
  const base = frame.publicUrl();
  const links = ENDPOINTS.map((name) => html`<a href="/__sandbox/${name}">/__sandbox/${name}</a>`);
  const notes = sdkNotes(base).map(
    ({ client, how }) =>
      html`<tr>
        <td>${client}</td>
        <td><code>${how}</code></td>
      </tr>`,
  );
  return html`<div lang="en">
    <h2>Accounts</h2>
    ${PROVIDERS.filter((provider) => frame.accounts.shelf(provider).all().length > 0).map((provider) => accountsOf(provider, frame))}
    <p>
      No money moves here. Keys are at <a href="/__sandbox/accounts">/__sandbox/accounts</a>, for this machine only.
    </p>
    <h2>Control</h2>
    <nav>${links}</nav>
    <h2>Node: alipay-sdk</h2>
    <pre tabindex="0">${alipaySdkSnippet(base)}</pre>
    <h2>Node: wechatpay-axios-plugin</h2>
    <pre tabindex="0">${wechatpayAxiosSnippet(base)}</pre>
    <h2>Other languages</h2>
    <div class="scroll" tabindex="0">
      <table>
        ${notes}
      </table>
    </div>
  </div>`;
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
