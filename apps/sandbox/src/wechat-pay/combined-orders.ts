import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { bodyOf } from './body-rules.js';
import type { Combination } from './combinations.js';
import { COMBINE_CLOSE_RULES } from './combine-rules.js';
import { combinationView } from './combine-view.js';
import type { WechatContext } from './context.js';
import type { WechatTrade } from './order.js';
import { refuseForeignAppid } from './order-body.js';
import { orderNotExist, orderPaid, parameterError } from './wechat-error.js';

/** GET /v3/combine-transactions/out-trade-no/{combine_out_trade_no}: asked by who combined, without a mchid. */
export function queryCombination(
  arrived: Arrived,
  account: WechatAccount,
  context: WechatContext,
): Readonly<Record<string, unknown>> {
  return combinationView(combinationOf(arrived, account, context));
}

interface CloseBody {
  readonly combine_appid: string;
  readonly sub_orders: readonly {
    readonly mchid: string;
    readonly out_trade_no: string;
    readonly sub_mchid?: string;
  }[];
}

/** POST …/close: 204, and 204 again. The body lists the same sub orders, all of them, in any order (protocol §3.7). */
export function closeCombination(arrived: Arrived, account: WechatAccount, context: WechatContext): void {
  const body = bodyOf(arrived.body, COMBINE_CLOSE_RULES) as unknown as CloseBody;
  refuseForeignAppid(body.combine_appid, account);
  const { trades } = combinationOf(arrived, account, context);
  refuseOtherOrders(body, trades);
  if (trades.some(({ paidAt }) => paidAt !== undefined)) throw orderPaid();
  for (const trade of trades) context.book.close(trade);
}

function combinationOf(arrived: Arrived, account: WechatAccount, { combinations }: WechatContext): Combination {
  const known = combinations.find(account.name, arrived.params['combine_out_trade_no'] ?? '');
  if (known === undefined) throw orderNotExist();
  return known;
}

function refuseOtherOrders({ sub_orders: listed }: CloseBody, trades: readonly WechatTrade[]): void {
  const said = listed.map((one) => `${one.mchid} ${one.sub_mchid ?? ''} ${one.out_trade_no}`).toSorted();
  const known = trades.map(({ wire, reference }) => `${wire.mchid} ${wire.sub?.mchid ?? ''} ${reference}`).toSorted();
  if (said.length === known.length && said.every((number, index) => number === known[index])) return;
  throw parameterError('关单的子单信息与下单时不一致');
}
