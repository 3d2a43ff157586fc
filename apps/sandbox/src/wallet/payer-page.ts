import { escapeHtml } from '../frame/html.js';
import type { PayerWallet } from '../frame/payers.js';
import type { WalletTrade } from './views.js';

/** ¥ with two decimals, for eyes only. */
export const yuan = (fen: number): string => `¥${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** What a payer sees behind pay_url: what is asked, and who of the sandbox's users pays. */
export function payPage(trade: WalletTrade, users: readonly PayerWallet[], message = ''): string {
  const options = users.map(
    ({ id, balance }) => `<option value="${escapeHtml(id)}">${escapeHtml(id)} — balance ${yuan(balance)}</option>`,
  );
  const form = `<form method="post"><label>User <select name="user">${options.join('')}</select></label>
<label>Password <input type="password" name="password" autocomplete="off" placeholder="123456"></label>
<button>Pay</button></form>`;
  return walletPage(`<p>${escapeHtml(trade.description)}</p><p class="amount">${yuan(trade.amount)}</p>
${message === '' ? '' : `<p role="alert">${escapeHtml(message)}</p>`}
${trade.state === 'awaiting_payer' ? form : ''}`);
}

export function messagePage(message: string): string {
  return walletPage(`<p>${escapeHtml(message)}</p>`);
}

function walletPage(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>Wallet (sandbox)</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:24rem;margin:3rem auto;padding:0 1rem}
strong{background:#c41e3a;color:#fff;padding:.1rem .5rem}.amount{font-size:2rem;margin:.5rem 0}label{display:block;margin:.5rem 0}
select,input,button{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}</style></head>
<body><p><strong>SANDBOX</strong> Wallet</p>
${body}
</body></html>
`;
}
