import { type KeyObject, X509Certificate } from 'node:crypto';
import type { AccountShelf } from '../frame/accounts.js';
import type { Frame } from '../frame/frame.js';
import type { TradeBook } from '../frame/trade-book.js';
import type { WechatAccount } from './account.js';
import type { WechatOrder, WechatRefund, WechatTrade } from './order.js';
import { PayerCodes } from './payer-codes.js';
import type { Platform } from './platform.js';

/** What the parts of this wire work with. */
export interface WechatContext {
  readonly frame: Frame;
  readonly platform: Platform;
  readonly book: TradeBook<WechatOrder, WechatRefund>;
  readonly payerCodes: PayerCodes;
  readonly accounts: AccountShelf<WechatAccount>;
  /** The key in the merchant's certificate; parsed once. */
  merchantKey(account: WechatAccount): KeyObject;
  /** @throws Error for a trade whose account is gone, which can't be */
  accountOf(trade: Pick<WechatTrade, 'account'>): WechatAccount;
}

export function wechatContext(frame: Frame, platform: Platform): WechatContext {
  const keys = new Map<string, KeyObject>();
  const accounts = frame.accounts.shelf<WechatAccount>('wechat_pay');
  return {
    frame,
    platform,
    payerCodes: new PayerCodes(frame.clock),
    accounts,
    book: frame.trades.book<WechatOrder, WechatRefund>('wechat_pay'),
    merchantKey(account) {
      const key = keys.get(account.serial_no) ?? new X509Certificate(account.certificate).publicKey;
      keys.set(account.serial_no, key);
      return key;
    },
    accountOf(trade) {
      const account = accounts.named(trade.account);
      if (account === undefined) throw new Error(`No WeChat account ${trade.account}.`);
      return account;
    },
  };
}
