import type { Answer } from '../frame/exchanges.js';
import { html } from '../frame/html.js';
import { type PageParts, page } from '../frame/page.js';
import { notice, paySheet, type Words } from '../frame/pay-sheet.js';
import { encodeText } from './charset.js';
import type { GatewayRefusal } from './gateway-refusal.js';
import { newTraceId } from './identifiers.js';
import type { Order } from './order.js';
import type { Parameters } from './parameters.js';

/** Where the cashier page's button leads. */
export const CASHIER_PATH = '/alipay/cashier';

/** The cashier: what is to be paid, and one button. The signed order travels with it and is verified again. */
export function cashierPage(order: Order, parameters: Parameters): Answer {
  const { subject: description, amountFen, returnUrl } = order;
  const fields = html`<input type="hidden" name="order" value="${packOrder(parameters)}" /><input
      type="hidden"
      name="payer"
      value="payer-1"
    />`;
  const content = paySheet({ description, amountFen, fields, action: CASHIER_PATH, payer: 'payer-1' });
  return answered({ content, form: returnUrl === undefined ? 'self' : 'shop' });
}

export function resultPage(words: Words): Answer {
  return answered({ content: notice(words) });
}

/** The gateway's error page as probed: HTTP 200, GBK, code and reason in words. */
export function errorPage(refusal: GatewayRefusal): Answer {
  const code = refusal.subCode.replace(/^(isv|isp|aop)\./, '');
  const content = html`<p>错误代码 ${code} 错误原因: ${refusal.subMsg}</p>`;
  const answer = answered({ content, charset: 'GBK' });
  return { ...answer, body: encodeText(String(answer.body), 'gbk') };
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

function answered(parts: Omit<PageParts, 'owner'>): Answer {
  const { headers, body } = page({ owner: 'alipay', ...parts });
  return { status: 200, headers: { ...headers, trace_id: newTraceId() }, body };
}
