import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { missing } from './body-rules.js';
import type { WechatContext } from './context.js';
import type { WechatTrade } from './order.js';
import { orderView } from './order-view.js';
import { isPartner, refuseOtherSubMerchant, relatedSubMerchant } from './partnership.js';
import { orderNotExist, WechatError } from './wechat-error.js';

type View = Readonly<Record<string, unknown>>;

/** GET …/out-trade-no/{out_trade_no}?mchid=, in partner mode ?sp_mchid=&sub_mchid=: any state (protocol §4, §15). */
export function queryByOutTradeNo(arrived: Arrived, account: WechatAccount, context: WechatContext): View {
  return viewFor(arrived, account, context, () =>
    context.book.find(account.name, arrived.params['out_trade_no'] ?? ''),
  );
}

/** GET …/id/{transaction_id}, asked the same way: only paid orders have such an id. */
export function queryByTransactionId(arrived: Arrived, account: WechatAccount, context: WechatContext): View {
  return viewFor(arrived, account, context, () =>
    context.book.byProviderReference(account.name, arrived.params['transaction_id'] ?? ''),
  );
}

/** Combined orders do not exist here: they have a query of their own (protocol §3.7). */
function viewFor(
  { query }: Arrived,
  account: WechatAccount,
  { users }: WechatContext,
  find: () => WechatTrade | undefined,
): View {
  const partner = isPartner(account);
  refuseForeignQuery(query, partner ? 'sp_mchid' : 'mchid', account);
  const subMchid = partner
    ? relatedSubMerchant(query.get('sub_mchid'), account, '/query/sub_mchid').sub_mchid
    : undefined;
  const trade = find();
  if (trade === undefined || trade.batch !== undefined) throw orderNotExist();
  refuseOtherSubMerchant(trade, subMchid);
  return orderView(trade, users);
}

const LABELS = { mchid: '直连商户号', sp_mchid: '服务商商户号' } as const;

function refuseForeignQuery(query: URLSearchParams, name: keyof typeof LABELS, account: WechatAccount): void {
  const mchid = query.get(name);
  if (!mchid) throw missing(`/query/${name}`, LABELS[name]);
  if (mchid === account.mchid) return;
  throw new WechatError(400, 'PARAM_ERROR', '商户号和订单信息不匹配', {
    detail: { location: 'query', value: mchid },
    internal: 268447843,
  });
}
