import { randomBytes, randomInt } from 'node:crypto';
import type { AccountRecord, AccountWish, WireAccounts } from '../frame/accounts.js';
import { ControlError } from '../frame/control-error.js';

/** A merchant of the wallet. */
export interface WalletAccount extends AccountRecord {
  /** `wm_` and twelve digits. */
  readonly merchant_id: string;
  /** Shared with the merchant: 32 bytes as hex; the HMAC key is this text itself. */
  readonly secret: string;
}

/** Accounts are a number and a secret. `publicUrl` is asked when shown: the port is known late. */
export function walletAccounts(publicUrl: () => string): WireAccounts<WalletAccount> {
  return {
    defaults: [{ name: 'duoduo-wallet' }],
    create: async (wish) => createAccount(wish),
    show: (account) => ({ ...account, base_url: publicUrl() }),
  };
}

function createAccount({ name, ...rest }: AccountWish): WalletAccount {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    throw new ControlError(400, `${unknown}: a wallet account has a name and nothing else to wish.`);
  const digits = Array.from({ length: 12 }, () => randomInt(10)).join('');
  return { name, merchant_id: `wm_${digits}`, secret: randomBytes(32).toString('hex') };
}
