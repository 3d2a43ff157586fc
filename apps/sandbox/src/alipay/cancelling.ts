import type { SandboxClock } from '../frame/sandbox-clock.js';
import { type AlipayTrade, tradeStatus } from './alipay-trade.js';
import { beijingDay, formatBeijing } from './beijing-time.js';
import type { Closing } from './closing.js';
import { type GatewayRefusal, tradeRefusal } from './gateway-refusal.js';
import type { Refunding } from './refunding.js';
import type { TradeErrorCode } from './trade-errors.js';

export const CANCEL = 'alipay.trade.cancel';

/** `Y`: nothing is decided, call again; on every other refusal another call would end the same. */
export const retryFlag = (code: string): { readonly retry_flag: 'Y' | 'N' } => ({
  retry_flag: /SYSTEM_ERROR$|unknow-error$/.test(code) ? 'Y' : 'N',
});

/** What was done about the trade, as the answer says it. */
export interface Undone {
  readonly action: 'close' | 'refund';
  readonly gmt_refund_pay?: string;
}

/** alipay.trade.cancel: undoes a trade whose outcome the merchant never learned (§5.2, and the cancel row of §5.3). */
export class Cancelling {
  constructor(
    private readonly closing: Closing,
    private readonly clock: SandboxClock,
    private readonly refunding: Refunding,
  ) {}

  /** Unpaid: closed; paid: all of it back. The same call again tells the same. @throws GatewayRefusal */
  cancel(trade: AlipayTrade): Undone {
    const earlier = trade.refunds.find(({ wire }) => wire.byCancel);
    if (earlier !== undefined) return refundedAt(earlier.settledAt ?? earlier.createdAt);
    const status = tradeStatus(trade, this.clock.now());
    if (status === 'TRADE_FINISHED') throw refused('TRADE_HAS_FINISHED');
    if (status === 'WAIT_BUYER_PAY') this.closing.close(trade);
    return status === 'TRADE_SUCCESS' ? this.giveAllBack(trade) : { action: 'close' };
  }

  /** On the day of payment (GMT+8) only, and only what is whole. */
  private giveAllBack(trade: AlipayTrade): Undone {
    if (trade.refunds.length > 0) throw refused('REASON_TRADE_REFUND_FEE_ERR');
    const now = this.clock.now();
    if (beijingDay(trade.paidAt?.getTime() ?? 0) !== beijingDay(now.getTime())) throw refused('TRADE_CANCEL_TIME_OUT');
    this.refunding.giveBack(trade, trade.reference, trade.amount, { reason: undefined, byCancel: true });
    return refundedAt(now);
  }
}

const refundedAt = (at: Date): Undone => ({ action: 'refund', gmt_refund_pay: formatBeijing(at.getTime()) });

const refused = (code: TradeErrorCode): GatewayRefusal => tradeRefusal(code, undefined, retryFlag(code));
