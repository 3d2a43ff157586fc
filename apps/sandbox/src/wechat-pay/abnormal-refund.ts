import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { bodyOf, missing } from './body-rules.js';
import type { WechatContext } from './context.js';
import { refuseOtherSubMerchant, subMchidIn } from './partnership.js';
import { ABNORMAL_REFUND_RULES } from './refund-rules.js';
import { cardTakesMs, refundStatus } from './refund-state.js';
import { refundView } from './refund-view.js';
import { findRefund } from './refunds.js';
import { settleLater } from './refund-settling.js';
import { openedFields } from './sensitive-fields.js';
import { invalidRequest, parameterError, resourceNotExists } from './wechat-error.js';

interface AbnormalRefundBody {
  readonly sub_mchid?: string;
  readonly out_refund_no: string;
  readonly type: 'USER_BANK_CARD' | 'MERCHANT_BANK_CARD';
  readonly bank_type?: string;
  readonly bank_account?: string;
  readonly real_name?: string;
}

/**
 * POST …/refunds/{refund_id}/apply-abnormal-refund: where the original way is dead, the money goes to a bank card of the
 * user's or of the merchant's (protocol §5). Sent again while it is under way, it answers the refund.
 */
export async function applyAbnormalRefund(
  arrived: Arrived,
  account: WechatAccount,
  context: WechatContext,
): Promise<Readonly<Record<string, unknown>>> {
  const body = bodyOf(arrived.body, ABNORMAL_REFUND_RULES) as unknown as AbnormalRefundBody;
  const subMchid = subMchidIn(body.sub_mchid, account, '/body/sub_mchid');
  const sentTo = await receiverOf(body, arrived, account, context);
  const known = findRefund(body.out_refund_no, account, context);
  if (known === undefined || known.refund.providerReference !== arrived.params['refund_id'])
    throw resourceNotExists('退款单不存在');
  const { trade, refund } = known;
  refuseOtherSubMerchant(trade, subMchid);
  const { wire } = refund;
  const again = refundStatus(refund) === 'PROCESSING' && wire.sentTo === sentTo;
  if (again) return refundView(trade, refund);
  if (refundStatus(refund) !== 'ABNORMAL') throw invalidRequest('退款单状态不是退款异常，不允许发起异常退款');
  wire.sentTo = sentTo;
  settleLater(trade, refund, { result: 'success', afterMs: cardTakesMs(account.strict) }, context);
  return refundView(trade, refund);
}

/** Whose card it is, as answers call it. Whatever came encrypted must be readable. */
async function receiverOf(
  body: AbnormalRefundBody,
  arrived: Arrived,
  account: WechatAccount,
  context: WechatContext,
): Promise<string> {
  const { type, bank_type: bank, bank_account: number, real_name: name } = body;
  if (type === 'USER_BANK_CARD') {
    if (bank === undefined) throw missing('/body/bank_type', '开户银行');
    if (number === undefined) throw missing('/body/bank_account', '收款银行卡号');
    if (name === undefined) throw missing('/body/real_name', '收款用户姓名');
  }
  const sealed = [number, name].filter((field) => field !== undefined);
  const [card = ''] = sealed.length === 0 ? [] : await openedFields(sealed, arrived, account, context);
  if (type === 'MERCHANT_BANK_CARD') return '商户银行卡';
  if (!/^\d{8,32}$/.test(card)) throw parameterError('银行卡号格式不正确');
  return `银行储蓄卡${card.slice(-4)}`;
}
