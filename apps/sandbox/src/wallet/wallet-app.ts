import { ControlError } from '../frame/control-error.js';
import type { NextAction } from '../frame/next-action.js';
import type { Payers } from '../frame/payers.js';
import type { PayCommand } from '../frame/wire.js';
import type { Notices } from './notices.js';
import type { PayerSide } from './payer-side.js';
import { orderView, type WalletBook, type WalletTrade } from './views.js';

const PAY_PATH = /^\/wallet\/pay\/([^/]+)$/;

/** What the control surface does with this wallet: open a pay_url, decide as its user. */
export class WalletApp {
  constructor(
    private readonly book: WalletBook,
    private readonly payers: Payers,
    private readonly notices: Notices,
    private readonly payerSide: PayerSide,
    private readonly publicUrl: () => string,
  ) {}

  /** undefined: not this wallet's. @throws ControlError 404, 409 */
  open(action: NextAction): WalletTrade | undefined {
    const url = action.type === 'redirect' ? action.url : action.type === 'show_qr_code' ? action.content : '';
    const orderId = PAY_PATH.exec(URL.parse(url)?.pathname ?? '')?.[1];
    if (orderId === undefined) return undefined;
    const trade = this.payerSide.byOrderId(orderId);
    if (trade === undefined) throw new ControlError(404, `No order ${orderId} in this wallet.`);
    if (trade.state !== 'awaiting_payer') throw new ControlError(409, `${trade.reference} is ${trade.state}.`);
    return trade;
  }

  /** @throws ControlError, InsufficientFunds */
  pay(trade: WalletTrade, { payer = 'payer-1', result }: PayCommand): void {
    if (trade.paidAt !== undefined) throw new ControlError(409, `Trade ${trade.id} is paid already.`);
    if (result !== 'success') return;
    this.book.pay(trade, this.payers.wallet('wallet', payer), trade.wire.orderId);
    this.notices.send(trade, 'order.paid', orderView(trade, this.publicUrl()));
  }
}
