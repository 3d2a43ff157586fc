import type { Trade, TradeRefund } from '../frame/trade.js';
import type { Charset } from './charset.js';
import type { Expiry } from './expiry.js';
import type { OrderReport } from './orderinfo-sync.js';
import type { Store } from './order.js';
import type { AlipayProduct } from './product.js';
import type { TradeErrorCode } from './trade-errors.js';

/** Whom an order is for, when the merchant said so (JSAPI): nobody else may pay it. */
export interface Buyer {
  readonly userId: string;
  /** The open id that the merchant used instead of the user id. */
  readonly openId: string | undefined;
}

/** The payer's code that a scanner paid with last, and how the payer answered when asked for a password. */
export interface ScannedCode {
  readonly code: string;
  /** undefined: no answer yet. */
  refusal: TradeErrorCode | undefined;
}

/** What Alipay keeps of a trade beside the common part. */
export interface AlipayPart {
  product: AlipayProduct;
  readonly appId: string;
  readonly sellerId: string;
  readonly body: string | undefined;
  readonly store: Store | undefined;
  passbackParams: string | undefined;
  charset: Charset;
  expiry: Expiry;
  /** precreate only. */
  qrCode: string | undefined;
  /** After this moment the code opens nothing; the trade, once born, has its own end. */
  codeEndsAt: number | undefined;
  /** When the trade came into being, in ms; before, the gateway knows nothing of it. */
  bornAt: number | undefined;
  buyer: Buyer | undefined;
  /** trade.pay only. */
  scanned: ScannedCode | undefined;
  /** What alipay.trade.orderinfo.sync told of it. */
  reports: readonly OrderReport[] | undefined;
}

export interface AlipayRefundPart {
  readonly reason: string | undefined;
  /** Made by alipay.trade.cancel. */
  readonly byCancel?: true;
}

export type AlipayTrade = Trade<AlipayPart, AlipayRefundPart>;
export type AlipayRefund = TradeRefund<AlipayRefundPart>;

export type TradeStatus = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_FINISHED' | 'TRADE_CLOSED';

/** A paid trade can be refunded for 12 months (the pages of face-to-face and PC payment). */
const REFUND_MONTHS = 12;

/** The trade's status at `now`; undefined while it is only a code: the gateway answers TRADE_NOT_EXIST then. */
export function tradeStatus(trade: AlipayTrade, now: Date): TradeStatus | undefined {
  switch (trade.state) {
    case 'not_opened':
      return undefined;
    case 'awaiting_payer':
      return 'WAIT_BUYER_PAY';
    case 'paid':
      return refundWindowOver(trade, now) ? 'TRADE_FINISHED' : 'TRADE_SUCCESS';
    case 'refunded':
    case 'closed':
      return 'TRADE_CLOSED';
  }
}

function refundWindowOver(trade: AlipayTrade, now: Date): boolean {
  if (trade.paidAt === undefined) return false;
  const end = new Date(trade.paidAt);
  end.setUTCMonth(end.getUTCMonth() + REFUND_MONTHS);
  return now > end;
}

/** `buyer_open_id` for merchants who use open ids, else the 2088… id under the name that this message gives it. */
export function buyerFields(
  trade: AlipayTrade,
  idName: 'buyer_user_id' | 'buyer_id',
): Readonly<Record<string, string>> {
  const userId = trade.payer?.id ?? trade.wire.buyer?.userId;
  if (userId === undefined) return {};
  const openId = trade.wire.buyer?.openId;
  return openId === undefined ? { [idName]: userId } : { buyer_open_id: openId };
}
