import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { bodyOf } from './body-rules.js';
import type { WechatContext } from './context.js';
import { refuseForeignMchid } from './order-body.js';
import { CLOSE_RULES } from './order-rules.js';
import { refuseOtherSubMerchant } from './partnership.js';
import { onlyReversible, orderNotExist, orderPaid } from './wechat-error.js';

/** POST …/out-trade-no/{out_trade_no}/close: 204, and 204 again for a closed one (protocol §4). */
export function closeOrder(arrived: Arrived, account: WechatAccount, context: WechatContext): void {
  refuseForeignMchid(bodyOf(arrived.body, CLOSE_RULES)['mchid'], account);
  closeFor(arrived, account, context);
}

/** `subMchid`: whose it must be, in partner mode. Combined orders do not exist here (protocol §3.7). @throws WechatError */
export function closeFor(
  arrived: Arrived,
  account: WechatAccount,
  { book }: WechatContext,
  subMchid?: string | undefined,
): void {
  const trade = book.find(account.name, arrived.params['out_trade_no'] ?? '');
  if (trade === undefined || trade.batch !== undefined) throw orderNotExist();
  refuseOtherSubMerchant(trade, subMchid);
  if (trade.wire.product === 'codepay') throw onlyReversible();
  if (trade.paidAt !== undefined) throw orderPaid();
  book.close(trade);
}
