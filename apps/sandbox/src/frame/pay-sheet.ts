import { html, type Markup } from './html.js';
import type { PayResult } from './wire.js';

/** The same said to a Chinese and to an English reader. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** ¥ with two decimals, for eyes only. */
export const yuan = (fen: number): string => `¥${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

export interface PaySheet {
  readonly description: string;
  readonly amountFen: number;
  /** Hidden and visible fields of the form, before its button. */
  readonly fields?: Markup;
  /** Where the form goes; default: the page's own address, query included. */
  readonly action?: string;
  /** What went wrong at the last attempt. */
  readonly alert?: Words | undefined;
  /** A line under the button: who pays. */
  readonly payer?: string;
}

/** What is asked, and the one button that pays it. */
export function paySheet({ description, amountFen, fields, action = '', alert, payer }: PaySheet): Markup {
  const target = action === '' ? undefined : html` action="${action}"`;
  return html`${amountOf(description, amountFen)} ${alert && alertOf(alert)}
    <form method="post" ${target}>${fields}<button>确认支付 ${yuan(amountFen)}</button></form>
    ${payer === undefined ? undefined : html`<p class="aside">以 ${payer} 的身份付款 · <span lang="en">paying as ${payer}</span></p>`}`;
}

/** An order that takes no payment: what it was, and why. */
export function deadSheet(description: string, amountFen: number, why: Words): Markup {
  return html`${amountOf(description, amountFen)}${alertOf(why)}`;
}

/** A page that says one thing. */
export function notice({ zh, en }: Words): Markup {
  return html`<div class="notice" role="status">
    <h2>${zh}</h2>
    <p class="under" lang="en">${en}</p>
  </div>`;
}

/** What a payer reads when it is over, whichever wallet it was. */
export const RESULT_WORDS = {
  success: { zh: '支付成功', en: 'Paid.' },
  declined: { zh: '支付未成功', en: 'The payment was declined. Nothing was paid.' },
  insufficient_funds: { zh: '余额不足', en: 'The balance is too small. Nothing was paid.' },
  password_first: { zh: '请输入支付密码', en: 'The wallet asks for the password first. Nothing was paid yet.' },
  cancelled: { zh: '已取消支付', en: 'The payer cancelled. Nothing was paid.' },
} as const satisfies Record<PayResult, Words>;

function amountOf(description: string, fen: number): Markup {
  return html`<p class="what">${description}</p>
    <p class="amount"><span>¥</span>${yuan(fen).slice(1)}</p>`;
}

function alertOf({ zh, en }: Words): Markup {
  return html`<div class="alert" role="alert"><strong>${zh}</strong><br /><span lang="en">${en}</span></div>`;
}
