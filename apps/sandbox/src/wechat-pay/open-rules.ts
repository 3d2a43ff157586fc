import { ControlError } from '../frame/control-error.js';
import type { WechatContext } from './context.js';
import type { Prepay, WechatTrade } from './order.js';

/** Whether the cashier opens at all. @throws ControlError 409 in WeChat's words */
export function refuseUnopenable(trade: WechatTrade, prepay: Prepay | undefined, { frame }: WechatContext): void {
  if (trade.paidAt !== undefined) throw new ControlError(409, '该订单已支付 (it is paid already)');
  if (trade.state === 'closed') throw new ControlError(409, '订单已关闭 (it is closed)');
  const now = frame.clock.now();
  if (trade.expiresAt !== undefined && trade.expiresAt <= now) {
    throw new ControlError(409, '订单已过期 (past its time_expire)');
  }
  if (prepay === undefined || prepay.validUntil <= now.getTime()) {
    throw new ControlError(409, '支付请求已失效 (order again with the same parameters for a new prepay_id)');
  }
}
