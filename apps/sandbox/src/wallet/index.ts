import type { Wire, WireDefinition } from '../frame/wire.js';
import { type WalletAccount, walletAccounts } from './account.js';
import { merchantApi } from './merchant-api.js';
import { Notices, type WalletNotice } from './notices.js';
import { Orders } from './orders.js';
import { otherAmount } from './other-amount.js';
import { PayerSide, type PayRequest } from './payer-side.js';
import { phoneSide } from './phone-side.js';
import { WALLET_TAMPERINGS } from './signed-headers.js';
import type { WalletPart, WalletTrade } from './views.js';
import { WalletApp } from './wallet-app.js';

/** A balance wallet with a small wire of its own; "Duoduo Wallet" is an account of it. */
export const walletWire: WireDefinition = {
  provider: 'wallet',
  connect({ accounts: shelves, cashier, clock, exchanges, notifier, payers, publicUrl, trades }): Wire<WalletAccount> {
    const accounts = shelves.shelf<WalletAccount>('wallet');
    const orders = new Orders(trades.book<WalletPart>('wallet'), clock);
    const notices = new Notices(notifier, clock, accounts);
    const payerSide = new PayerSide(orders.book, payers, cashier);
    const wallet = new WalletApp(orders.book, payers, notices, payerSide, publicUrl);
    return {
      accounts: walletAccounts(publicUrl),
      faults: {
        operations: ['order', 'query', 'close', 'refund', 'refund_query', 'notification'],
        tamperings: WALLET_TAMPERINGS,
        otherAmount,
      },
      register(scope) {
        for (const { method, url, plan } of merchantApi({ accounts, orders, notices, publicUrl })) {
          scope.route({ method, url, handler: (request, reply) => exchanges.serve(request, reply, plan) });
        }
        scope.get('/wallet/pay/:order_id', (request: PayRequest, reply) => payerSide.show(request, reply));
        scope.post('/wallet/pay/:order_id', (request: PayRequest, reply) => payerSide.pay(request, reply));
        scope.post('/wallet/top-up', (request, reply) => payerSide.topUp(request, reply));
      },
      open: (action) => wallet.open(action),
      remember: () => orders.endings.resume(orders.book.all()),
      notification: (memo) => notices.plan(memo as WalletNotice),
      phone: phoneSide(payers),
      pay: (trade, command) => wallet.pay(trade as WalletTrade, command),
    };
  },
};
