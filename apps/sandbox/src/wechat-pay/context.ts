import { type KeyObject, X509Certificate } from 'node:crypto';
import type { AccountShelf } from '../frame/accounts.js';
import { Endings } from '../frame/endings.js';
import type { Frame } from '../frame/frame.js';
import type { TradeBook } from '../frame/trade-book.js';
import type { WechatAccount } from './account.js';
import { BillFiles } from './bill-files.js';
import { Combinations } from './combinations.js';
import { FailingRefunds } from './failing-refunds.js';
import type { WechatOrder, WechatRefund, WechatTrade } from './order.js';
import { endOf } from './order-life.js';
import { LoginCodes } from './login-codes.js';
import { PayerCodes } from './payer-codes.js';
import type { Platform } from './platform.js';
import { Users } from './users.js';

/** What the parts of this wire work with. */
export interface WechatContext {
  readonly frame: Frame;
  readonly platform: Platform;
  readonly book: TradeBook<WechatOrder, WechatRefund>;
  readonly payerCodes: PayerCodes;
  readonly combinations: Combinations;
  readonly users: Users;
  readonly logins: LoginCodes;
  /** Of orders that nobody pays. */
  readonly endings: Endings<WechatTrade>;
  readonly billFiles: BillFiles;
  readonly failingRefunds: FailingRefunds;
  readonly accounts: AccountShelf<WechatAccount>;
  /** The key in the merchant's certificate; parsed once. */
  merchantKey(account: WechatAccount): KeyObject;
  /** Of a trade, or of a batch of them. @throws Error when that account is gone, which can't be */
  accountOf(trade: Pick<WechatTrade, 'account'>): WechatAccount;
}

export function wechatContext(frame: Frame, platform: Platform): WechatContext {
  const keys = new Map<string, KeyObject>();
  const accounts = frame.accounts.shelf<WechatAccount>('wechat_pay');
  const book = frame.trades.book<WechatOrder, WechatRefund>('wechat_pay');
  return {
    frame,
    platform,
    payerCodes: new PayerCodes(frame.clock),
    combinations: new Combinations(),
    users: new Users(),
    logins: new LoginCodes(frame.clock),
    billFiles: new BillFiles(frame.clock),
    failingRefunds: new FailingRefunds(),
    accounts,
    book,
    endings: new Endings<WechatTrade>(frame.clock, endOf, (trade) => book.close(trade)),
    merchantKey(account) {
      const key = keys.get(account.serial_no) ?? new X509Certificate(account.certificate).publicKey;
      keys.set(account.serial_no, key);
      return key;
    },
    accountOf({ account: name }) {
      const account = accounts.named(name);
      if (account === undefined) throw new Error(`No WeChat account ${name}.`);
      return account;
    },
  };
}
