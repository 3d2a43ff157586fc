import type { AlipayAccount } from './account.js';
import type { BizContent } from './biz-content.js';
import { type Charset } from './charset.js';
import { type Expiry, readExpiry } from './expiry.js';
import { tradeRefusal } from './gateway-refusal.js';
import { checkOrderRules } from './order-rules.js';
import type { PublicFields } from './parameters.js';
import { type AlipayProduct, PRODUCTS } from './product.js';
import { isPublicHost } from './strict-rules.js';

/** Where in the merchant's shops it was ordered; statements are summed up by it. */
export interface Store {
  readonly storeId: string | undefined;
  readonly operatorId: string | undefined;
  readonly terminalId: string | undefined;
}

/** An order as the merchant signed it, validated; not yet a trade. */
export interface Order {
  readonly product: AlipayProduct;
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly body: string | undefined;
  readonly passbackParams: string | undefined;
  readonly expiry: Expiry;
  readonly store: Store | undefined;
  readonly notifyUrl: string | undefined;
  readonly returnUrl: string | undefined;
  /** Of the request, and then of its notifications. */
  readonly charset: Charset;
}

/** Reads and judges the fields that all products share (§5.1 of the trade pages). @throws GatewayRefusal */
export function readOrder(
  product: AlipayProduct,
  biz: BizContent,
  parameters: PublicFields,
  account: AlipayAccount,
  now: number,
): Order {
  const { defaultTimeoutMs: defaultMs, shortestTimeoutMs: shortestMs } = PRODUCTS[product];
  checkProductCode(product, biz.text('product_code', 64));
  checkSeller(biz.text('seller_id', 28), account);
  const amountFen = biz.fen('total_amount', 'TOTAL_FEE_EXCEED');
  checkOrderRules(biz, amountFen);
  return {
    product,
    outTradeNo: readOutTradeNo(biz),
    amountFen,
    subject: readSubject(biz, account.strict),
    body: biz.text('body', 128),
    passbackParams: biz.text('passback_params', 512),
    expiry: readExpiry(biz, { now, defaultMs, shortestMs, strict: account.strict }),
    store: readStore(biz),
    notifyUrl: readUrl('notify_url', parameters, account.strict),
    returnUrl: readUrl('return_url', parameters, false),
    charset: parameters.charset,
  };
}

/** Letters, digits, `_`; the real gateway is said to take `-` as well. */
function readOutTradeNo(biz: BizContent): string {
  const outTradeNo = biz.required('out_trade_no', 64);
  if (!/^[0-9A-Za-z_-]+$/.test(outTradeNo)) throw tradeRefusal('INVALID_PARAMETER', 'out_trade_no');
  return outTradeNo;
}

/** `/`, `=` and `&` are forbidden by the pages; whether production refuses them is unconfirmed, so only strict does. */
function readSubject(biz: BizContent, strict: boolean): string {
  const subject = biz.required('subject', 256);
  if (strict && /[/=&]/.test(subject)) throw tradeRefusal('INVALID_PARAMETER', 'subject');
  return subject;
}

function readStore(biz: BizContent): Store | undefined {
  const storeId = biz.text('store_id', 32);
  const operatorId = biz.text('operator_id', 28);
  const terminalId = biz.text('terminal_id', 32);
  return (storeId ?? operatorId ?? terminalId) === undefined ? undefined : { storeId, operatorId, terminalId };
}

function checkProductCode(product: AlipayProduct, code: string | undefined): void {
  const { productCodes, productCodeRequired } = PRODUCTS[product];
  if (code === undefined && productCodeRequired) throw tradeRefusal('INVALID_PARAMETER', 'product_code');
  if (code !== undefined && !productCodes.includes(code))
    throw tradeRefusal('ACCESS_FORBIDDEN', `product_code ${code}`);
}

function checkSeller(sellerId: string | undefined, account: AlipayAccount): void {
  if (sellerId !== undefined && sellerId !== account.seller_id) throw tradeRefusal('SELLER_NOT_EXIST');
}

/** http or https, at most 256 characters, no blanks; strict wants a host that Alipay could reach. */
function readUrl(name: string, parameters: PublicFields, strict: boolean): string | undefined {
  const url = parameters.get(name);
  if (url === undefined) return undefined;
  const parsed = url.length <= 256 && /^https?:\/\/\S+$/.test(url) ? URL.parse(url) : null;
  if (parsed === null || (strict && !isPublicHost(parsed.hostname))) throw tradeRefusal('INVALID_PARAMETER', name);
  return url;
}
