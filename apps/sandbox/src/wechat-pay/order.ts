import type { Trade, TradeRefund } from '../frame/trade.js';

/** Products whose order is a way into the cashier, where the payer goes on. */
export const PREPAY_PRODUCTS = ['jsapi', 'app', 'h5', 'native'] as const;

export type PrepayProduct = (typeof PREPAY_PRODUCTS)[number];

/** With code pay the merchant scans the payer's code instead: the order is the payment. */
export type Product = PrepayProduct | 'codepay';

export const TRADE_TYPE = {
  jsapi: 'JSAPI',
  app: 'APP',
  h5: 'MWEB',
  native: 'NATIVE',
  codepay: 'MICROPAY',
} as const satisfies Record<Product, string>;

/** What an open order without money may say; all but NOTPAY is for code pay (protocol §4). */
export type UnpaidWord = 'NOTPAY' | 'USERPAYING' | 'PAYERROR';

/** One way into the cashier that was handed out for an order. */
export interface Prepay {
  /** What the payer's device brings: a prepay id, or for Native the content of the code. */
  readonly id: string;
  /** ms since 1970. */
  readonly validUntil: number;
}

/** WeChat's own part of a trade. */
export interface WechatOrder {
  readonly product: Product;
  readonly appid: string;
  readonly mchid: string;
  /** What the first order call said (`contentOf`); a repetition must say the same. */
  readonly content: string;
  readonly attach: string | undefined;
  readonly deviceId: string | undefined;
  /** JSAPI, mini-program and code pay orders are bound to this user. */
  readonly openid: string | undefined;
  /** Native, H5: the first user who opened it keeps it. */
  takenBy: string | undefined;
  prepays: readonly Prepay[];
  unpaid: UnpaidWord;
  /** Code pay: the merchant took it back. */
  reversed: boolean;
}

/** WeChat's own part of a refund. */
export interface WechatRefund {
  readonly content: string;
  readonly notifyUrl: string | undefined;
}

export type WechatTrade = Trade<WechatOrder, WechatRefund>;
export type WechatTradeRefund = TradeRefund<WechatRefund>;
