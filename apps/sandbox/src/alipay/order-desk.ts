import { Endings } from '../frame/endings.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { TradeBook } from '../frame/trade-book.js';
import type { AlipayAccount } from './account.js';
import type { AlipayPart, AlipayRefundPart, AlipayTrade, Buyer } from './alipay-trade.js';
import type { Closing } from './closing.js';
import { expiresAt } from './expiry.js';
import { tradeRefusal } from './gateway-refusal.js';
import { newQrCode, newTradeNo } from './identifiers.js';
import type { Order } from './order.js';

export type AlipayBook = TradeBook<AlipayPart, AlipayRefundPart>;

/** What a code lives without qr_code_timeout_express: two hours from the answer. */
export const QR_CODE_MS = 2 * 3_600_000;

/** Where orders become codes, and codes and signed orders become trades. */
export class OrderDesk {
  /** Of trades that nobody pays in time; codes end without anybody's doing. */
  readonly endings: Endings<AlipayTrade>;

  constructor(
    readonly book: AlipayBook,
    readonly closing: Closing,
    private readonly clock: SandboxClock,
  ) {
    this.endings = new Endings(
      clock,
      ({ expiresAt: end }) => end?.getTime(),
      (trade) => closing.close(trade),
    );
  }

  /**
   * A code to scan; no trade yet. The same order again gets the same code while it lives (under `strict`
   * ACQ.APPLY_PC_MERCHANT_CODE_ERROR: the pages say so, what production does is unconfirmed). @throws GatewayRefusal
   */
  issueCode(account: AlipayAccount, order: Order, codeMs: number): AlipayTrade {
    const now = this.clock.now().getTime();
    const known = this.standing(account, order);
    if (known !== undefined && account.strict) throw tradeRefusal('APPLY_PC_MERCHANT_CODE_ERROR');
    const trade = known ?? this.enter(account, order, undefined);
    if (trade.wire.qrCode === undefined || (trade.wire.codeEndsAt ?? 0) <= now) {
      const endsAt = Math.min(now + codeMs, expiresAt(order.expiry, now));
      if (trade.wire.qrCode !== undefined) this.book.unname(trade.wire.qrCode);
      trade.wire.qrCode = newQrCode();
      this.book.name(trade, trade.wire.qrCode);
      trade.wire.codeEndsAt = endsAt;
      if (trade.state === 'not_opened') takeOver(trade, order, undefined);
      if (trade.state === 'not_opened') trade.expiresAt = new Date(endsAt);
    }
    return trade;
  }

  /** The trade of a signed order, born now unless it was before. @throws GatewayRefusal when the number means another order */
  place(account: AlipayAccount, order: Order, buyer: Buyer | undefined): AlipayTrade {
    const known = this.standing(account, order);
    const trade = known ?? this.enter(account, order, buyer);
    if (trade.state !== 'not_opened') return sameBuyer(trade, buyer);
    if (known !== undefined) takeOver(known, order, buyer);
    return this.bear(trade);
  }

  /** The trade comes into being: it has a number and an end from here on. */
  bear(trade: AlipayTrade): AlipayTrade {
    const now = this.clock.now();
    trade.wire.bornAt = now.getTime();
    this.book.number(trade, newTradeNo(now));
    trade.expiresAt = new Date(expiresAt(trade.wire.expiry, trade.wire.bornAt));
    this.book.awaitPayer(trade);
    this.endings.watch(trade);
    return trade;
  }

  /** One number, one order: other key data is refused first, then one that is paid or closed. @throws GatewayRefusal */
  standing(account: AlipayAccount, order: Order): AlipayTrade | undefined {
    const trade = this.book.find(account.name, order.outTradeNo);
    if (trade === undefined) return undefined;
    if (trade.amount !== order.amountFen || trade.description !== order.subject) {
      throw tradeRefusal('CONTEXT_INCONSISTENT');
    }
    if (trade.state === 'paid') throw tradeRefusal('TRADE_HAS_SUCCESS');
    if (trade.state === 'closed' || trade.state === 'refunded') throw tradeRefusal('TRADE_HAS_CLOSE');
    return trade;
  }

  private enter(account: AlipayAccount, order: Order, buyer: Buyer | undefined): AlipayTrade {
    const { product, body, passbackParams, charset, expiry, store } = order;
    return this.book.open({
      account: account.name,
      reference: order.outTradeNo,
      amount: order.amountFen,
      product,
      description: order.subject,
      state: 'not_opened',
      notifyUrl: order.notifyUrl,
      wire: {
        product,
        appId: account.app_id,
        sellerId: account.seller_id,
        body,
        store,
        passbackParams,
        charset,
        expiry,
        qrCode: undefined,
        codeEndsAt: undefined,
        bornAt: undefined,
        buyer,
        scanned: undefined,
        reports: undefined,
      },
    });
  }
}

function sameBuyer(trade: AlipayTrade, buyer: Buyer | undefined): AlipayTrade {
  const known = trade.wire.buyer;
  if (buyer !== undefined && known !== undefined && buyer.userId !== known.userId) {
    throw tradeRefusal('TRADE_BUYER_NOT_MATCH');
  }
  return trade;
}

/** A code nobody scanned, ordered again through another product: what is opened first counts. */
function takeOver(trade: AlipayTrade, order: Order, buyer: Buyer | undefined): void {
  const { product, passbackParams, charset, expiry } = order;
  Object.assign(trade.wire, { product, passbackParams, charset, expiry, buyer });
  trade.notifyUrl = order.notifyUrl;
}
