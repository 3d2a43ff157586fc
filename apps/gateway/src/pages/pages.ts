import type { Provider, Type } from '@nestjs/common';
import { AssetsController } from './assets.controller.js';
import { CashierController } from './cashier/cashier.controller.js';
import { PaymentWatch } from './cashier/payment-watch.js';
import { SparingRefresh } from './cashier/sparing-refresh.js';
import { CodeController } from './code/code.controller.js';
import { FriendController } from './friend/friend.controller.js';
import { ShareController } from './friend/share.controller.js';
import { LinkController } from './links/link.controller.js';
import { LinkGate } from './links/link-gate.js';
import { WalletSignIn } from './wallet-sign-in.js';

/** Everything that the hosted pages add to the gateway: a page is its folder and its line here. */
export const PAGES: { readonly controllers: readonly Type[]; readonly providers: readonly Provider[] } = {
  controllers: [AssetsController, CashierController, CodeController, FriendController, LinkController, ShareController],
  providers: [LinkGate, PaymentWatch, SparingRefresh, WalletSignIn],
};
