import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { missing } from './body-rules.js';
import type { WechatContext } from './context.js';
import { orderView } from './order-view.js';
import { orderNotExist, WechatError } from './wechat-error.js';

type View = Readonly<Record<string, unknown>>;

/** GET /v3/pay/transactions/out-trade-no/{out_trade_no}?mchid=: any state (protocol §4). */
export function queryByOutTradeNo(arrived: Arrived, account: WechatAccount, { book }: WechatContext): View {
  refuseForeignQuery(arrived, account);
  const trade = book.find(account.name, arrived.params['out_trade_no'] ?? '');
  if (trade === undefined) throw orderNotExist();
  return orderView(trade);
}

/** GET /v3/pay/transactions/id/{transaction_id}?mchid=: only paid orders have such an id. */
export function queryByTransactionId(arrived: Arrived, account: WechatAccount, { book }: WechatContext): View {
  refuseForeignQuery(arrived, account);
  const trade = book.byProviderReference(account.name, arrived.params['transaction_id'] ?? '');
  if (trade === undefined) throw orderNotExist();
  return orderView(trade);
}

function refuseForeignQuery(arrived: Arrived, account: WechatAccount): void {
  const mchid = arrived.query.get('mchid');
  if (!mchid) throw missing('/query/mchid', '直连商户号');
  if (mchid === account.mchid) return;
  throw new WechatError(400, 'PARAM_ERROR', '商户号和订单信息不匹配', {
    detail: { location: 'query', value: mchid },
    internal: 268447843,
  });
}
