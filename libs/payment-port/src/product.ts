import type { AwaitPayer, InvokeSdk, NextAction, NoAction, Redirect, ShowQrCode } from './next-action.js';

/**
 * A provider's way of starting a payment, and the only next actions it may answer with. A method maps each scene it
 * serves to one of these, so `wechat_pay` and `wechat_scan` share one provider: in scene `app` the first takes
 * `app_sdk` and the second `qr_code`. The compiler refuses a `qr_code` that redirects.
 */
export interface ProductActions {
  /** The wallet's native SDK inside the merchant's app. */
  app_sdk: InvokeSdk;
  /** A payment sheet inside the wallet's mini-program. */
  mini_program: InvokeSdk;
  /** A web page shown by the wallet's own browser. */
  wallet_browser: InvokeSdk;
  /** A phone browser outside the wallet. */
  mobile_page: Redirect;
  /** A desktop browser. */
  desktop_page: Redirect;
  /** A code that the payer scans. */
  qr_code: ShowQrCode;
  /** A code that the payer shows and the merchant scans. */
  payer_code: AwaitPayer | NoAction;
}

export type Product = keyof ProductActions;

export const PRODUCTS = [
  'app_sdk',
  'mini_program',
  'wallet_browser',
  'mobile_page',
  'desktop_page',
  'qr_code',
  'payer_code',
] as const satisfies readonly Product[];

/** The action type that a product answers with, narrowed out of the whole union. */
export type ActionOf<P extends Product> = Extract<NextAction, ProductActions[P]>;
