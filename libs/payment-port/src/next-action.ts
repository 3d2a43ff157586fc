/** The wallet SDK on the payer's device that takes `params` untouched. */
export const CLIENT_SDKS = ['wechat_app', 'wechat_jsapi', 'wechat_mini_program', 'alipay_app', 'alipay_jsapi'] as const;

export type ClientSdk = (typeof CLIENT_SDKS)[number];

interface Expiring {
  /** Never later than the payment's own expiry. */
  readonly expiresAt: Date;
}

/** Hand `params` to the wallet's SDK, unchanged. Alipay's app SDK takes one string: `{ order_string }`. */
export interface InvokeSdk extends Expiring {
  readonly type: 'invoke_sdk';
  readonly sdk: ClientSdk;
  readonly params: Readonly<Record<string, string>>;
}

/** Send the browser to `url`; with `form`, POST these fields there instead of a GET. */
export interface Redirect extends Expiring {
  readonly type: 'redirect';
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
}

/** Draw `content` as a QR code; it is opaque, never parsed or shortened. */
export interface ShowQrCode extends Expiring {
  readonly type: 'show_qr_code';
  readonly content: string;
}

/** Give `url` (and `text`, which carries it) to somebody else. */
export interface ShareLink extends Expiring {
  readonly type: 'share_link';
  readonly url: string;
  readonly text: string;
}

/** The wallet is asking its user; ask for the payment again after `pollAfterMs`. */
export interface AwaitPayer extends Expiring {
  readonly type: 'await_payer';
  readonly pollAfterMs: number;
}

/** Nothing is left to do on the payer's device. */
export interface NoAction extends Expiring {
  readonly type: 'none';
}

/** What the merchant's client does next; a client switches on `type`. */
export type NextAction = InvokeSdk | Redirect | ShowQrCode | ShareLink | AwaitPayer | NoAction;

export type NextActionType = NextAction['type'];
