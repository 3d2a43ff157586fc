import { randomBytes } from 'node:crypto';
import { Endings } from '../frame/endings.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { WalletAccount } from './account.js';
import { type Fields, invalid } from './fields.js';
import type { WalletBook, WalletTrade } from './views.js';
import { WalletError } from './wallet-error.js';

interface OrderWish {
  readonly reference: string;
  readonly amount: number;
  readonly description: string;
  readonly expiresAt: Date;
  readonly notifyUrl: string;
  readonly returnUrl: string | undefined;
}

/** A merchant's orders: made, found, closed, ended by the clock. */
export class Orders {
  readonly endings: Endings<WalletTrade>;

  constructor(
    readonly book: WalletBook,
    private readonly clock: SandboxClock,
  ) {
    this.endings = new Endings(
      clock,
      ({ expiresAt }) => expiresAt?.getTime(),
      (trade) => book.close(trade),
    );
  }

  /** @returns the order, and whether this call made it. @throws WalletError invalid_request, order_exists */
  create(account: WalletAccount, fields: Fields): { readonly trade: WalletTrade; readonly created: boolean } {
    const wish = readWish(account, fields);
    const known = this.book.find(account.name, wish.reference);
    if (known !== undefined && !sameContent(known, wish)) {
      throw new WalletError('order_exists', `${wish.reference} is another order already.`);
    }
    if (known !== undefined) return { trade: known, created: false };
    if (wish.expiresAt <= this.clock.now()) throw invalid('expires_at', 'must lie ahead');
    return { trade: this.enter(account, wish), created: true };
  }

  /** @throws WalletError order_not_found */
  find(account: WalletAccount, reference: string): WalletTrade {
    const trade = this.book.find(account.name, reference);
    if (trade === undefined) throw new WalletError('order_not_found', `No order ${reference}.`);
    return trade;
  }

  /** Closing what is closed is fine. @throws WalletError order_not_found, order_paid */
  close(account: WalletAccount, reference: string): WalletTrade {
    const trade = this.find(account, reference);
    if (trade.paidAt !== undefined) throw new WalletError('order_paid', `${reference} is paid: refund it instead.`);
    this.book.close(trade);
    return trade;
  }

  private enter(account: WalletAccount, wish: OrderWish): WalletTrade {
    const { reference, amount, description, expiresAt, notifyUrl, returnUrl } = wish;
    const orderId = `wo_${randomBytes(12).toString('hex')}`;
    const trade = this.book.open({
      account: account.name,
      reference,
      amount,
      product: 'wallet',
      description,
      notifyUrl,
      expiresAt,
      providerReference: orderId,
      wire: { orderId, merchantId: account.merchant_id, expiresAt, returnUrl },
    });
    this.endings.watch(trade);
    return trade;
  }
}

function readWish(account: WalletAccount, fields: Fields): OrderWish {
  fields.only(
    'merchant_id',
    'reference',
    'amount',
    'currency',
    'description',
    'expires_at',
    'notify_url',
    'return_url',
  );
  if (fields.text('merchant_id', /^/, 'must be yours') !== account.merchant_id)
    throw invalid('merchant_id', 'must be yours');
  fields.text('currency', /^CNY$/, 'must be CNY');
  return {
    reference: fields.reference('reference'),
    amount: fields.fen('amount'),
    description: fields.words('description'),
    expiresAt: fields.time('expires_at'),
    notifyUrl: fields.url('notify_url'),
    returnUrl: fields.optional('return_url', fields.url),
  };
}

function sameContent(trade: WalletTrade, wish: OrderWish): boolean {
  return (
    trade.amount === wish.amount &&
    trade.description === wish.description &&
    trade.notifyUrl === wish.notifyUrl &&
    trade.wire.returnUrl === wish.returnUrl &&
    trade.wire.expiresAt.getTime() === wish.expiresAt.getTime()
  );
}
