import { FAULT_OPERATIONS } from '../frame/fault-rule.js';
import type { Wire, WireDefinition } from '../frame/wire.js';
import { type AlipayAccount, alipayAccounts } from './account.js';
import { alipayKeys } from './alipay-keys.js';
import type { AlipayPart, AlipayRefundPart, AlipayTrade } from './alipay-trade.js';
import { BarCodePayments } from './bar-code-payments.js';
import { billDownload } from './bill-download.js';
import { BILL_PATH, BillLinks } from './bill-links.js';
import { Bills } from './bills.js';
import { browserCall, payAtCashier } from './browser-call.js';
import { newCertificateRoot } from './certificates.js';
import { CASHIER_PATH } from './client-pages.js';
import { Closing } from './closing.js';
import { Gateway } from './gateway.js';
import { readGatewayRequest } from './gateway-request.js';
import { userIdOf } from './identifiers.js';
import { serverMethods } from './methods.js';
import { AUTHORIZE_PATH, Oauth } from './oauth.js';
import { OrderDesk } from './order-desk.js';
import { otherAmount } from './other-amount.js';
import { PayerCodes } from './payer-codes.js';
import { phoneSide } from './phone-side.js';
import { PRODUCTS } from './product.js';
import { Refunding } from './refunding.js';
import { REST_PATHS, restCall } from './rest-call.js';
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
    publicUrl,
    secureUrl,
    trades,
    vault,
  }): Promise<Wire<AlipayAccount>> {
    const [pair, root] = await Promise.all([
      vault.keep('alipay-keys', newPemPair),
      vault.keep('alipay-root', newCertificateRoot),
    ]);
    const keys = alipayKeys(pair);
    const shelf = accounts.shelf<AlipayAccount>('alipay');
    const book = trades.book<AlipayPart, AlipayRefundPart>('alipay');
    const notices = new TradeNotices(notifier, clock, keys);
    const desk = new OrderDesk(book, new Closing(book, shelf, notices), clock);
    const refunding = new Refunding(book, clock, notices);
    const till = new Till(book, payers, notices);
    const codes = new PayerCodes(clock);
    const links = new BillLinks(clock);
    const bills = new Bills(book, shelf, links, clock, () => ({ plain: publicUrl(), secure: secureUrl() }));
    const oauth = new Oauth(shelf, clock);
    const barCodes = new BarCodePayments(desk, codes, till, clock);
    const gateway = new Gateway(shelf, serverMethods(desk, barCodes, refunding, bills, oauth, clock), () =>
      clock.now().getTime(),
    );
    const wallet = new WalletApp(gateway, desk, till, clock);
    return {
      accounts: alipayAccounts(pair, root),
      faults: {
        operations: FAULT_OPERATIONS,
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
        scope.route({
          method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
          url: REST_PATHS,
          handler: (request, reply) => {
            const [path = ''] = (request.raw.url ?? '').split('?');
            return exchanges.serve(request, reply, restCall(path, gateway, keys));
          },
        });
        scope.get(AUTHORIZE_PATH, (request, reply) => exchanges.serve(request, reply, oauth.authorize));
        const download = billDownload(bills, links);
        scope.get(BILL_PATH, (request, reply) => exchanges.serve(request, reply, download));
        scope.post(CASHIER_PATH, (request, reply) => payAtCashier(request, reply, { wallet, cashier, keys }));
      },
      open: (action, payer) => wallet.open(action, payer),
      remembered: () => codes.all(),
      remember(state) {
        codes.restore((state ?? []) as ReturnType<PayerCodes['all']>);
        desk.endings.resume(book.all());
      },
      notification: (memo) => notices.plan(memo as TradeNotice),
      payerCode: ({ payer = 'payer-1', passwordFirst }) => codes.show(userIdOf(payer), passwordFirst),
      phone: phoneSide(clock),
      pay: (trade, command) => wallet.pay(trade as AlipayTrade, command),
    };
  },
};
