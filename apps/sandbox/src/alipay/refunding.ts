import type { SandboxClock } from '../frame/sandbox-clock.js';
import { type AlipayRefund, type AlipayTrade, tradeStatus } from './alipay-trade.js';
import { beijingDay } from './beijing-time.js';
import { tradeRefusal } from './gateway-refusal.js';
import { newNotifyId } from './identifiers.js';
import type { TradeNotices } from './trade-notices.js';
import type { AlipayBook } from './order-desk.js';

export interface RefundWish {
  readonly amountFen: number;
  /** undefined: the whole trade; its request number is then the out_trade_no. */
  readonly outRequestNo: string | undefined;
  readonly reason: string | undefined;
}

/** Money going back: alipay.trade.refund and the refunding half of alipay.trade.cancel. Alipay settles both at once. */
export class Refunding {
  constructor(
    private readonly book: AlipayBook,
    private readonly clock: SandboxClock,
    private readonly notices: TradeNotices,
  ) {}

  /** @returns whether money moved in this call (`fund_change`). @throws GatewayRefusal per the API × state matrix */
  refund(trade: AlipayTrade, wish: RefundWish): { readonly moved: boolean; readonly refund: AlipayRefund } {
    if (trade.state === 'awaiting_payer') throw tradeRefusal('TRADE_STATUS_ERROR');
    const reference = wish.outRequestNo ?? trade.reference;
    const earlier = trade.refunds.find((refund) => refund.reference === reference);
    if (earlier !== undefined) return { moved: false, refund: sameAmount(earlier, wish.amountFen) };
    const status = tradeStatus(trade, this.clock.now());
    if (status === 'TRADE_CLOSED') throw tradeRefusal('TRADE_HAS_CLOSE');
    if (status === 'TRADE_FINISHED') throw tradeRefusal('TRADE_HAS_FINISHED');
    this.checkAmount(trade, wish);
    return { moved: true, refund: this.pay(trade, reference, wish.amountFen, wish.reason) };
  }

  /** Undoes a trade whose outcome the merchant never learned. @returns what was done; undefined: no such trade */
  cancel(trade: AlipayTrade | undefined): 'close' | 'refund' | undefined {
    const now = this.clock.now();
    const status = trade && tradeStatus(trade, now);
    if (trade === undefined || status === undefined) return undefined;
    if (status === 'TRADE_FINISHED') throw tradeRefusal('TRADE_HAS_FINISHED');
    if (status === 'WAIT_BUYER_PAY') this.book.close(trade);
    if (status !== 'TRADE_SUCCESS') return 'close';
    if (trade.refunds.length > 0) throw tradeRefusal('REASON_TRADE_REFUND_FEE_ERR');
    const paidOn = beijingDay(trade.paidAt?.getTime() ?? 0);
    if (paidOn !== beijingDay(now.getTime())) throw tradeRefusal('TRADE_CANCEL_TIME_OUT');
    this.pay(trade, trade.reference, trade.amount, undefined);
    return 'refund';
  }

  private checkAmount(trade: AlipayTrade, { amountFen, outRequestNo }: RefundWish): void {
    const partial = amountFen < trade.amount;
    if (amountFen > trade.amount || (partial && outRequestNo === undefined)) {
      throw tradeRefusal('REFUND_AMT_NOT_EQUAL_TOTAL');
    }
    if (amountFen > this.book.refundable(trade)) throw tradeRefusal('REASON_TRADE_REFUND_FEE_ERR');
  }

  private pay(trade: AlipayTrade, reference: string, amount: number, reason: string | undefined): AlipayRefund {
    const providerReference = newNotifyId(this.clock.now());
    const refund = this.book.acceptRefund(trade, { reference, providerReference, amount, wire: { reason } });
    this.book.settleRefund(trade, refund);
    this.notices.refunded(trade, refund);
    return refund;
  }
}

function sameAmount(refund: AlipayRefund, amountFen: number): AlipayRefund {
  if (refund.amount !== amountFen) throw tradeRefusal('DISCORDANT_REPEAT_REQUEST');
  return refund;
}
