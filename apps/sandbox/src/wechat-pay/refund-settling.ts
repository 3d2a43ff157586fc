import { ControlError } from '../frame/control-error.js';
import type { RefundResult } from '../frame/wire.js';
import type { WechatContext } from './context.js';
import { notifyRefund } from './notifications.js';
import type { WechatTrade, WechatTradeRefund } from './order.js';
import { refundStatus } from './refund-state.js';

/** `result` comes `afterMs` from now on the sandbox's clock, unless something else has come by then. */
export function settleLater(
  trade: WechatTrade,
  refund: WechatTradeRefund,
  { result, afterMs }: { readonly result: RefundResult; readonly afterMs: number },
  context: WechatContext,
): void {
  refund.wire.due = { result, atMs: context.frame.clock.now().getTime() + afterMs };
  settleWhenDue(trade, refund, context);
}

/** What a refund says of itself happens at its moment; a later word on it counts instead. */
export function settleWhenDue(trade: WechatTrade, refund: WechatTradeRefund, context: WechatContext): void {
  const { due } = refund.wire;
  if (due === undefined) return;
  context.frame.clock.schedule(new Date(due.atMs), () => {
    if (refund.wire.due === due) settle(trade, refund, due.result, context);
  });
}

/** After a restart: what was under way settles at its moment. */
export function resumeRefunds(context: WechatContext): void {
  for (const trade of context.book.all()) {
    for (const refund of trade.refunds) settleWhenDue(trade, refund, context);
  }
}

/**
 * The control surface decides: a refund under way ends now, an abnormal one arrives after all.
 * @throws ControlError 404, 409
 */
export function settleNow(trade: WechatTrade, reference: string, result: RefundResult, context: WechatContext): void {
  const refund = trade.refunds.find((one) => one.reference === reference);
  if (refund === undefined) throw new ControlError(404, `Trade ${trade.id} has no refund ${reference}.`);
  const status = refundStatus(refund);
  const open = status === 'PROCESSING' || (status === 'ABNORMAL' && result === 'success');
  if (!open) throw new ControlError(409, `Refund ${reference} is ${status}: it can't become ${result} any more.`);
  settle(trade, refund, result, context);
}

function settle(trade: WechatTrade, refund: WechatTradeRefund, result: RefundResult, context: WechatContext): void {
  const { book, frame } = context;
  refund.wire.due = undefined;
  switch (result) {
    case 'success':
      book.settleRefund(trade, refund);
      break;
    case 'closed':
      book.failRefund(refund);
      break;
    case 'abnormal':
      refund.wire.abnormalMs = frame.clock.now().getTime();
      delete refund.wire.sentTo;
  }
  notifyRefund(trade, refund, context);
}
