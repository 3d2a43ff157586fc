import { type KeyObject, createPublicKey, randomBytes } from 'node:crypto';
import type { AccountRecord, AccountWish, WireAccounts } from '../frame/accounts.js';
import { ControlError } from '../frame/control-error.js';
import { type CertificateRoot, certify } from './certificates.js';
import { newAppId, newSellerId } from './identifiers.js';
import { newPemPair, type PemPair } from './rsa2.js';

/** What an app has in both modes, with the key pair that a merchant would have uploaded the public half of. */
interface App extends AccountRecord {
  readonly app_id: string;
  /** The app's own, PKCS#1 PEM. */
  readonly private_key: string;
  /** SPKI PEM. */
  readonly app_public_key: string;
  readonly seller_id: string;
  /** For encrypt_type=AES, Base64 of 16 bytes; accounts made before there was one lack it. */
  readonly encrypt_key?: string;
  readonly strict: boolean;
  /** Trades that close unpaid are notified; accounts made before there was this are not asked. */
  readonly notify_closed?: boolean;
}

export interface KeyModeAccount extends App {
  readonly sign_mode: 'key';
}

/** An app whose calls name certificates instead; all three as PEM. */
export interface CertificateAccount extends App {
  readonly sign_mode: 'certificate';
  /** 应用公钥证书: the app's. */
  readonly app_cert: string;
  /** 支付宝公钥证书: of the key that signs for Alipay, issued for this app. */
  readonly alipay_cert: string;
  /** 支付宝根证书: both leaves chain to it. */
  readonly root_cert: string;
}

/** One app at the open platform: one signing mode per APPID (§4 of the protocol notes, opendocs common/057k53). */
export type AlipayAccount = KeyModeAccount | CertificateAccount;

const WISHES = new Set(['name', 'sign_mode', 'strict', 'notify_closed']);

/** `alipay` is the wallet's own pair: never an app's, Java's client refuses to start with that. */
export function alipayAccounts(alipay: PemPair, root: CertificateRoot): WireAccounts<AlipayAccount> {
  return {
    defaults: [{ name: 'key-mode' }, { name: 'certificate-mode', sign_mode: 'certificate' }],
    create: (wish) => createAccount(wish, alipay, root),
    show: ({ strict, ...account }) => ({
      ...ABSENT,
      ...account,
      alipay_public_key: alipay.public_key,
      strict,
    }),
  };
}

const ABSENT = { app_cert: null, alipay_cert: null, root_cert: null, encrypt_key: null, notify_closed: false };

async function createAccount(wish: AccountWish, alipay: PemPair, root: CertificateRoot): Promise<AlipayAccount> {
  const { name, sign_mode: mode = 'key', strict = false, notify_closed = false } = known(wish);
  if (mode !== 'key' && mode !== 'certificate') throw new ControlError(400, 'sign_mode: `key` or `certificate`.');
  if (typeof strict !== 'boolean') throw new ControlError(400, 'strict: true or false.');
  if (typeof notify_closed !== 'boolean') throw new ControlError(400, 'notify_closed: true or false.');
  const { private_key, public_key: app_public_key } = await newPemPair();
  const app = {
    name,
    app_id: newAppId(),
    private_key,
    app_public_key,
    seller_id: newSellerId(),
    encrypt_key: randomBytes(16).toString('base64'),
    strict,
    notify_closed,
  };
  if (mode === 'key') return { ...app, sign_mode: mode };
  const [app_cert, alipay_cert] = await Promise.all([
    certify(app_public_key, 'Application', app.app_id, root),
    certify(alipay.public_key, 'Alipay', `Alipay (sandbox) for ${app.app_id}`, root),
  ]);
  return { ...app, sign_mode: mode, app_cert, alipay_cert, root_cert: root.certificate };
}

function known(wish: AccountWish): AccountWish {
  const unknown = Object.keys(wish).find((field) => !WISHES.has(field));
  if (unknown === undefined) return wish;
  throw new ControlError(400, `${unknown}: an Alipay account has name, sign_mode, strict and notify_closed.`);
}

const publicKeys = new WeakMap<AlipayAccount, KeyObject>();

/** Parsed once per account: parsing a PEM costs more than verifying with it. */
export function appPublicKey(account: AlipayAccount): KeyObject {
  const parsed = publicKeys.get(account);
  if (parsed !== undefined) return parsed;
  const key = createPublicKey(account.app_public_key);
  publicKeys.set(account, key);
  return key;
}
