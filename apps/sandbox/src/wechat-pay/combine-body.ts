import type { WechatAccount } from './account.js';
import { bodyOf } from './body-rules.js';
import { combineRules } from './combine-rules.js';
import type { WechatContext } from './context.js';
import type { PrepayProduct, SubOrder } from './order.js';
import { contentOf, refuseForeignAppid, refuseForeignMchid, refuseNotifyUrl, refuseTime } from './order-body.js';
import { refuseForeignSubAppid } from './partner-order.js';
import { isPartner, relatedSubMerchant } from './partnership.js';
import { parameterError, WechatError } from './wechat-error.js';

interface SubOrderBody {
  readonly mchid: string;
  readonly sub_mchid?: string;
  readonly sub_appid?: string;
  readonly out_trade_no: string;
  readonly description: string;
  readonly attach: string;
  readonly amount: { readonly total_amount: number };
  readonly settle_info?: unknown;
}

interface Fields {
  readonly combine_appid: string;
  readonly combine_mchid: string;
  readonly combine_out_trade_no: string;
  readonly sub_orders: readonly SubOrderBody[];
  readonly notify_url: string;
  readonly time_start?: string;
  readonly time_expire?: string;
  readonly combine_payer_info?: { readonly openid?: string };
  readonly scene_info?: { readonly device_id?: string; readonly payer_client_ip?: string };
}

/** One of the orders that are combined, and who is paid by it. */
export interface CombinedOrder extends SubOrderBody {
  readonly payee: WechatAccount;
  readonly sub: SubOrder | undefined;
}

/** A judged combine body. */
export interface CombineBody extends Omit<Fields, 'sub_orders'> {
  readonly orders: readonly CombinedOrder[];
  /** Fingerprints: of the whole body, and of the settlement of its sub orders. */
  readonly content: string;
  readonly settlement: string;
}

/** Judges a combined order as single ones are: fields, whose it is, what it points at, then each sub order. @throws WechatError */
export function combineBodyOf(
  bytes: Buffer,
  product: PrepayProduct,
  account: WechatAccount,
  context: WechatContext,
): CombineBody {
  const body = bodyOf(bytes, combineRules(product, isPartner(account))) as unknown as Fields;
  refuseForeignMchid(body.combine_mchid, account);
  refuseForeignAppid(body.combine_appid, account);
  refuseNotifyUrl(body.notify_url, account);
  refuseTime(body.time_start, 'time_start', '交易起始时间');
  refuseTime(body.time_expire, 'time_expire', '交易结束时间');
  const { sub_orders: orders, ...rest } = body;
  refuseRepeatedNumbers(orders);
  refuseUncountableSum(orders);
  return {
    ...rest,
    orders: orders.map((order, index) => withPayee(order, body, `/body/sub_orders/${index}`, context)),
    content: contentOf(body),
    settlement: contentOf(orders.map(({ settle_info: settlement }) => settlement ?? {})),
  };
}

function refuseRepeatedNumbers(orders: readonly SubOrderBody[]): void {
  const numbers = orders.map(({ mchid, out_trade_no: number }) => `${mchid} ${number}`);
  const repeated = orders.find((_order, index) => numbers.indexOf(numbers[index] ?? '') !== index);
  if (repeated !== undefined) throw parameterError('子单商户订单号重复', repeated.out_trade_no);
}

/** The sum is fen too: past the safe integers it would not be exact. */
function refuseUncountableSum(orders: readonly SubOrderBody[]): void {
  const sum = orders.reduce((total, { amount }) => total + amount.total_amount, 0);
  if (!Number.isSafeInteger(sum)) throw parameterError('合单总金额超过上限', undefined, 268435464);
}

/** Any merchant here may be among the sub orders; a partner is paid for one of its sub merchants. */
function withPayee(
  order: SubOrderBody,
  { combine_appid: payerAppid }: Fields,
  at: string,
  { accounts }: WechatContext,
): CombinedOrder {
  const payee = accounts.find(({ mchid }) => mchid === order.mchid);
  if (payee === undefined) throw new WechatError(400, 'MCH_NOT_EXISTS', '商户号不存在');
  if (!isPartner(payee)) {
    const extra = (['sub_mchid', 'sub_appid'] as const).find((name) => order[name] !== undefined);
    if (extra !== undefined) throw parameterError(`参数中含有非法的额外参数：“${at}/${extra}”`, undefined, 270924358);
    return { ...order, payee, sub: undefined };
  }
  const sub = relatedSubMerchant(order.sub_mchid, payee, `${at}/sub_mchid`);
  refuseForeignSubAppid(order.sub_appid, sub);
  return { ...order, payee, sub: { mchid: sub.sub_mchid, appid: order.sub_appid, payerAppid } };
}
