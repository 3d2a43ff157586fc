import type { Trade, TradeRefund } from '../frame/trade.js';
import type { RefundResult } from '../frame/wire.js';

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
  /** On the sandbox's clock, ms since 1970: a number is a tenth of a `Date`, and every order keeps one. */
  readonly validUntil: number;
}

/** Partner mode: the merchant that an order is for (protocol §15). */
export interface SubOrder {
  readonly mchid: string;
  /** As the order named it. */
  readonly appid: string | undefined;
  /** The appid under which this order knows its payer: the partner's, or its own when it brought a `sub_openid`. */
  readonly payerAppid: string;
}

/** WeChat's own part of a trade. One of these is kept for each: no bodies, no objects that could be shared. */
export interface WechatOrder {
  readonly product: Product;
  /** In partner mode the partner's, as is `mchid`; in combined orders the one that combines. */
  readonly appid: string;
  readonly mchid: string;
  readonly sub: SubOrder | undefined;
  /** What the first order call said (`contentOf`); a repetition must say the same. */
  readonly content: string;
  readonly attach: string | undefined;
  readonly deviceId: string | undefined;
  /** H5: where the merchant saw the payer; nothing else asks. */
  readonly payerIp: string | undefined;
  /** JSAPI, mini-program and code pay orders are bound to this user. */
  readonly openid: string | undefined;
  /** Native, H5: the first user who opened it keeps it. */
  takenBy: string | undefined;
  prepays: readonly Prepay[];
  unpaid: UnpaidWord;
  /** Code pay: the merchant took it back. */
  reversed: boolean;
}

/** A new order: nobody has opened it, nothing has happened to it. */
export const newOrder = (
  facts: Pick<
    WechatOrder,
    'product' | 'appid' | 'mchid' | 'sub' | 'content' | 'attach' | 'deviceId' | 'payerIp' | 'openid'
  >,
): WechatOrder => ({ ...facts, takenBy: undefined, prepays: [], unpaid: 'NOTPAY', reversed: false });

/** The appid that the payer's openid belongs to. */
export const payerAppidOf = ({ sub, appid }: Pick<WechatOrder, 'sub' | 'appid'>): string => sub?.payerAppid ?? appid;

/** WeChat's own part of a refund. */
export interface WechatRefund {
  readonly content: string;
  readonly notifyUrl: string | undefined;
  /** AVAILABLE or UNSETTLED, as the call said; absent: AVAILABLE. */
  readonly fundsAccount?: string | undefined;
  /** Which of the merchant's balances it came from, when the call said so. */
  readonly from?: readonly RefundSource[] | undefined;
  /** What comes of it and when, while nothing else decides it. */
  due?: RefundDue | undefined;
  /** When it turned ABNORMAL; ms since 1970. It keeps this when it goes on. */
  abnormalMs?: number;
  /** Whose account an abnormal refund sends it to, as answers call it. */
  sentTo?: string;
}

export interface RefundDue {
  readonly result: RefundResult;
  /** ms since 1970, on the sandbox's clock. */
  readonly atMs: number;
}

export interface RefundSource {
  readonly account: string;
  /** Fen. */
  readonly amount: number;
}

export type WechatTrade = Trade<WechatOrder, WechatRefund>;
export type WechatTradeRefund = TradeRefund<WechatRefund>;
