import type { Answer } from '../frame/exchanges.js';
import { escapeHtml } from '../frame/html.js';
import { encodeText } from './charset.js';
import type { GatewayRefusal } from './gateway-refusal.js';
import { newTraceId } from './identifiers.js';
import type { Order } from './order.js';
import { page } from './page.js';
import type { Parameters } from './parameters.js';
import { formatYuan } from './yuan.js';

/** Where the cashier page's button leads. */
export const CASHIER_PATH = '/alipay/cashier';

/** The cashier: what is to be paid, and one button. The signed order travels with it and is verified again. */
export function cashierPage(order: Order, parameters: Parameters): Answer {
  const body = `<p>${escapeHtml(order.subject)}</p><p class="amount">¥${formatYuan(order.amountFen)}</p>
<form method="post" action="${CASHIER_PATH}"><input type="hidden" name="order" value="${packOrder(parameters)}">
<button name="payer" value="payer-1">Pay as payer-1</button></form>`;
  return html(page('支付宝 Alipay', body));
}

export function resultPage(message: string): Answer {
  return html(page('支付宝 Alipay', `<p>${escapeHtml(message)}</p>`));
}

/** The gateway's error page as probed: HTTP 200, GBK, code and reason in words. */
export function errorPage(refusal: GatewayRefusal): Answer {
  const code = refusal.subCode.replace(/^(isv|isp|aop)\./, '');
  const text = `错误代码 ${escapeHtml(code)} 错误原因: ${escapeHtml(refusal.subMsg)}`;
  const markup = `<!doctype html><html><head><meta charset="GBK"><title>支付宝 - SANDBOX</title></head><body><p>${text}</p></body></html>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html;charset=GBK', trace_id: newTraceId() },
    body: encodeText(markup, 'gbk'),
  };
}

/** The parameters as bytes, safe in an attribute. */
function packOrder(parameters: Parameters): string {
  const pairs = [...parameters.raw].map((pair) => pair.map((text) => percent(text)).join('='));
  return Buffer.from(pairs.join('&'), 'latin1').toString('base64url');
}

/** @returns what `packOrder` packed, as `a=1&b=2` */
export const unpackOrder = (packed: string): string => Buffer.from(packed, 'base64url').toString('latin1');

const percent = (bytes: string): string =>
  bytes.replace(/[^0-9A-Za-z]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);

function html(markup: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', trace_id: newTraceId() }, body: markup };
}
