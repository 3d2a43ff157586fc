import { type KeyObject, createPrivateKey, createPublicKey } from 'node:crypto';
import type { AccountRecord, AccountWish, WireAccounts } from '../frame/accounts.js';
import { ControlError } from '../frame/control-error.js';
import { newAppId, newSellerId } from './identifiers.js';
import { newPemPair, type PemPair } from './rsa2.js';

/** One app at the open platform, with the key pair that a merchant would have uploaded the public half of. */
export interface AlipayAccount extends AccountRecord {
  readonly app_id: string;
  readonly sign_mode: 'key';
  /** The app's own, PKCS#1 PEM. */
  readonly private_key: string;
  /** SPKI PEM. */
  readonly app_public_key: string;
  readonly seller_id: string;
  readonly strict: boolean;
}

const WISHES = new Set(['name', 'sign_mode', 'strict']);

/** Accounts of the key mode. `alipay` is the wallet's own pair: never an app's, Java's client refuses to start with that. */
export function alipayAccounts(alipay: PemPair): WireAccounts<AlipayAccount> {
  return {
    defaults: [{ name: 'key-mode' }],
    create: createAccount,
    show: ({ strict, ...account }) => ({ ...account, alipay_public_key: alipay.public_key, strict }),
  };
}

async function createAccount(wish: AccountWish): Promise<AlipayAccount> {
  const unknown = Object.keys(wish).find((field) => !WISHES.has(field));
  if (unknown !== undefined)
    throw new ControlError(400, `${unknown}: an Alipay account has name, sign_mode and strict.`);
  const { name, sign_mode: mode = 'key', strict = false } = wish;
  if (mode !== 'key') throw new ControlError(400, 'sign_mode: this sandbox signs in mode `key`.');
  if (typeof strict !== 'boolean') throw new ControlError(400, 'strict: true or false.');
  const { private_key, public_key: app_public_key } = await newPemPair();
  return { name, app_id: newAppId(), sign_mode: 'key', private_key, app_public_key, seller_id: newSellerId(), strict };
}

const publicKeys = new WeakMap<AlipayAccount, KeyObject>();

/** Parsed once per account: parsing a PEM costs more than verifying with it. */
export function appPublicKey(account: AlipayAccount): KeyObject {
  const known = publicKeys.get(account);
  if (known !== undefined) return known;
  const key = createPublicKey(account.app_public_key);
  publicKeys.set(account, key);
  return key;
}

/** Signs as Alipay; `stray` is a key that nobody was given, for the `wrong_key` fault. */
export interface AlipayKeys {
  readonly own: KeyObject;
  readonly stray: () => Promise<KeyObject>;
}

export function alipayKeys(pair: PemPair): AlipayKeys {
  let stray: Promise<KeyObject> | undefined;
  return { own: createPrivateKey(pair.private_key), stray: () => (stray ??= newPrivateKey()) };
}

async function newPrivateKey(): Promise<KeyObject> {
  return createPrivateKey((await newPemPair()).private_key);
}
