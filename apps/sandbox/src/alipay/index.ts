import type { Wire, WireDefinition } from '../frame/wire.js';
import { type AlipayAccount, alipayAccounts } from './account.js';
import { alipayKeys } from './alipay-keys.js';
import type { AlipayPart, AlipayRefundPart, AlipayTrade } from './alipay-trade.js';
import { BarCodePayments } from './bar-code-payments.js';
import { browserCall, payAtCashier } from './browser-call.js';
import { newCertificateRoot } from './certificates.js';
import { CASHIER_PATH } from './client-pages.js';
import { Gateway } from './gateway.js';
import { readGatewayRequest } from './gateway-request.js';
import { userIdOf } from './identifiers.js';
import { serverMethods } from './methods.js';
import { OrderDesk } from './order-desk.js';
import { otherAmount } from './other-amount.js';
import { PayerCodes } from './payer-codes.js';
import { PRODUCTS } from './product.js';
import { Refunding } from './refunding.js';
import { newPemPair } from './rsa2.js';
import { serverCall } from './server-call.js';
import { ALIPAY_TAMPERINGS } from './signer.js';
import { Till } from './till.js';
import { type TradeNotice, TradeNotices } from './trade-notices.js';
import { WalletApp } from './wallet-app.js';

const PAGE_METHODS: readonly (string | undefined)[] = [PRODUCTS.wap.method, PRODUCTS.page.method];

/** Alipay's OpenAPI as `/gateway.do` speaks it (V2), apps in key and in certificate mode. */
export const alipayWire: WireDefinition = {
  provider: 'alipay',
  async connect({
    accounts,
    cashier,
    clock,
    exchanges,
    notifier,
    payers,
    trades,
    vault,
  }): Promise<Wire<AlipayAccount>> {
    const [pair, root] = await Promise.all([
      vault.keep('alipay-keys', newPemPair),
      vault.keep('alipay-root', newCertificateRoot),
    ]);
    const keys = alipayKeys(pair);
    const desk = new OrderDesk(trades.book<AlipayPart, AlipayRefundPart>('alipay'), clock);
    const notices = new TradeNotices(notifier, clock, keys);
    const refunding = new Refunding(desk.book, clock, notices);
    const till = new Till(desk.book, payers, notices);
    const codes = new PayerCodes(clock);
    const methods = serverMethods(desk, new BarCodePayments(desk, codes, till, clock), refunding, clock);
    const gateway = new Gateway(accounts.shelf<AlipayAccount>('alipay'), methods, () => clock.now().getTime());
    const wallet = new WalletApp(gateway, desk, till, clock);
    return {
      accounts: alipayAccounts(pair, root),
      faults: {
        operations: ['order', 'query', 'close', 'refund', 'refund_query', 'notification', 'certificates'],
        tamperings: ALIPAY_TAMPERINGS,
        otherAmount,
      },
      register(scope) {
        scope.route({
          method: ['GET', 'POST'],
          url: '/gateway.do',
          handler: (request, reply) => {
            const parameters = readGatewayRequest(request);
            const forBrowser = PAGE_METHODS.includes(parameters.get('method'));
            const plan = forBrowser ? browserCall(parameters, gateway) : serverCall(parameters, gateway, keys);
            return exchanges.serve(request, reply, plan);
          },
        });
        scope.post(CASHIER_PATH, (request, reply) => payAtCashier(request, reply, { wallet, cashier, keys }));
      },
      open: (action, payer) => wallet.open(action, payer),
      remembered: () => codes.all(),
      remember: (state) => codes.restore((state ?? []) as ReturnType<PayerCodes['all']>),
      notification: (memo) => notices.plan(memo as TradeNotice),
      payerCode: ({ payer = 'payer-1', passwordFirst }) => codes.show(userIdOf(payer), passwordFirst),
      pay: (trade, command) => wallet.pay(trade as AlipayTrade, command),
    };
  },
};
