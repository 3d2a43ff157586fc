import type { Arrived } from '../frame/arrived.js';
import { OUTCOME_HEADER, outcomeNamed } from '../frame/outcomes.js';
import type { RefundResult } from '../frame/wire.js';
import { invalidRequest, WechatError } from './wechat-error.js';

/** What a refund call can name by itself. The last two refuse it: nothing is accepted, the number stays free. */
export const REFUND_OUTCOMES = [
  { outcome: 'success', prefix: null },
  { outcome: 'abnormal', prefix: 'abnormal_' },
  { outcome: 'closed', prefix: 'closed_' },
  { outcome: 'not_enough', prefix: 'notenough_' },
  { outcome: 'user_account_abnormal', prefix: 'badpayer_' },
] as const;

type RefundOutcome = (typeof REFUND_OUTCOMES)[number]['outcome'];

/**
 * What comes of a refund: its `Sandbox-Outcome` first, then the beginning of its number. A header that is about orders
 * says nothing here. @throws WechatError for a value that nobody knows, and for outcomes that are refusals
 */
export function refundResultOf(arrived: Arrived, outRefundNo: string): RefundResult {
  const outcome = byHeader(arrived) ?? byNumber(outRefundNo);
  if (outcome === 'not_enough') throw new WechatError(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起');
  if (outcome === 'user_account_abnormal') throw new WechatError(403, 'USER_ACCOUNT_ABNORMAL', '用户账户异常或已注销');
  return outcome;
}

function byHeader(arrived: Arrived): RefundOutcome | undefined {
  const value = arrived.header(OUTCOME_HEADER);
  if (value === undefined) return undefined;
  const found = REFUND_OUTCOMES.find(({ outcome }) => outcome === value)?.outcome;
  if (found !== undefined || outcomeNamed(value) !== undefined) return found;
  const known = REFUND_OUTCOMES.map(({ outcome }) => outcome).join(', ');
  throw invalidRequest(`${OUTCOME_HEADER}: ${value} is not known here. There is: ${known}.`);
}

const byNumber = (outRefundNo: string): RefundOutcome =>
  REFUND_OUTCOMES.find(({ prefix }) => prefix !== null && outRefundNo.startsWith(prefix))?.outcome ?? 'success';
