import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Vault } from '../frame/vault.js';
import { publicKeyIdOf } from './identifiers.js';

/** A WeChat Pay public key as one merchant has it: SPKI and PKCS #8, as PEM. */
export interface PublicKey {
  /** `PUB_KEY_ID_…`, what Wechatpay-Serial says. */
  readonly id: string;
  readonly public_key: string;
  readonly private_key: string;
}

const generate = promisify(generateKeyPair);

/** WeChat Pay's public keys: one per merchant, which never expires (protocol §2.3). Made when first needed. */
export class PublicKeys {
  private readonly merchants = new Map<string, Promise<PublicKey>>();

  constructor(private readonly vault: Vault) {}

  of(mchid: string): Promise<PublicKey> {
    const known = this.merchants.get(mchid) ?? this.vault.keep(`wechat-pay-public-key-${mchid}`, () => made(mchid));
    this.merchants.set(mchid, known);
    return known;
  }
}

async function made(mchid: string): Promise<PublicKey> {
  const pair = await generate('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { id: publicKeyIdOf(mchid), public_key: pair.publicKey, private_key: pair.privateKey };
}
