import { createPrivateKey, type KeyObject } from 'node:crypto';
import { newPemPair, type PemPair } from './rsa2.js';

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
