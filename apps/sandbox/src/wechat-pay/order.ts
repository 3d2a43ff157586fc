import type { Trade, TradeRefund } from '../frame/trade.js';

export const PRODUCTS = ['jsapi', 'app', 'h5', 'native'] as const;

export type Product = (typeof PRODUCTS)[number];

export const TRADE_TYPE = { jsapi: 'JSAPI', app: 'APP', h5: 'MWEB', native: 'NATIVE' } as const satisfies Record<
  Product,
  string
>;

/** One way into the cashier that was handed out for an order. */
export interface Prepay {
  readonly id: string;
  /** What the merchant turns into a QR code, for Native. */
  readonly codeUrl: string | undefined;
  readonly validUntil: Date;
}

/** WeChat's own part of a trade. */
export interface WechatOrder {
  readonly product: Product;
  readonly appid: string;
  readonly mchid: string;
  /** The body of the first order call with its keys sorted; a repetition must equal it. */
  readonly content: string;
  readonly attach: string | undefined;
  readonly deviceId: string | undefined;
  /** JSAPI and mini-program orders are bound to this user. */
  readonly openid: string | undefined;
  /** Native, H5: the first user who opened it keeps it. */
  takenBy: string | undefined;
  prepays: readonly Prepay[];
}

/** WeChat's own part of a refund. */
export interface WechatRefund {
  readonly content: string;
  readonly notifyUrl: string | undefined;
}

export type WechatTrade = Trade<WechatOrder, WechatRefund>;
export type WechatTradeRefund = TradeRefund<WechatRefund>;
