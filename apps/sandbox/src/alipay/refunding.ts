import type { SandboxClock } from '../frame/sandbox-clock.js';
import { type AlipayRefund, type AlipayRefundPart, type AlipayTrade, tradeStatus } from './alipay-trade.js';
import { tradeRefusal } from './gateway-refusal.js';
import { newNotifyId } from './identifiers.js';
import { checkRefundSpacing } from './strict-rules.js';
import type { TradeNotices } from './trade-notices.js';
import type { AlipayBook } from './order-desk.js';

export interface RefundWish {
  readonly amountFen: number;
  /** undefined: the whole trade; its request number is then the out_trade_no. */
  readonly outRequestNo: string | undefined;
  readonly reason: string | undefined;
}

/** Money going back: alipay.trade.refund, and the refunding half of alipay.trade.cancel. Alipay settles both at once. */
export class Refunding {
  constructor(
    private readonly book: AlipayBook,
    private readonly clock: SandboxClock,
    private readonly notices: TradeNotices,
  ) {}

  /** @returns whether money moved in this call (`fund_change`). @throws GatewayRefusal per the API × state matrix */
  refund(
    trade: AlipayTrade,
    wish: RefundWish,
    strict: boolean,
  ): { readonly moved: boolean; readonly refund: AlipayRefund } {
    if (trade.state === 'awaiting_payer') throw tradeRefusal('TRADE_STATUS_ERROR');
    const reference = wish.outRequestNo ?? trade.reference;
    const earlier = trade.refunds.find((refund) => refund.reference === reference);
    if (earlier !== undefined) return { moved: false, refund: sameAmount(earlier, wish.amountFen) };
    const status = tradeStatus(trade, this.clock.now());
    if (status === 'TRADE_CLOSED') throw tradeRefusal('TRADE_HAS_CLOSE');
    if (status === 'TRADE_FINISHED') throw tradeRefusal('TRADE_HAS_FINISHED');
    this.checkAmount(trade, wish);
    if (strict) checkRefundSpacing(trade, this.clock.now());
    return { moved: true, refund: this.giveBack(trade, reference, wish.amountFen, { reason: wish.reason }) };
  }

  /** Moves the money; whether it may is the caller's to judge. */
  giveBack(trade: AlipayTrade, reference: string, amount: number, wire: AlipayRefundPart): AlipayRefund {
    const providerReference = newNotifyId(this.clock.now());
    const refund = this.book.acceptRefund(trade, { reference, providerReference, amount, wire });
    this.book.settleRefund(trade, refund);
    this.notices.refunded(trade, refund);
    return refund;
  }

  private checkAmount(trade: AlipayTrade, { amountFen, outRequestNo }: RefundWish): void {
    const partial = amountFen < trade.amount;
    if (amountFen > trade.amount || (partial && outRequestNo === undefined)) {
      throw tradeRefusal('REFUND_AMT_NOT_EQUAL_TOTAL');
    }
    if (amountFen > this.book.refundable(trade)) throw tradeRefusal('REASON_TRADE_REFUND_FEE_ERR');
  }
}

function sameAmount(refund: AlipayRefund, amountFen: number): AlipayRefund {
  if (refund.amount !== amountFen) throw tradeRefusal('DISCORDANT_REPEAT_REQUEST');
  return refund;
}
