import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import type { Vault } from '../frame/vault.js';
import { type CertifiedKey, certifiedKey } from './certificate.js';

/** WeChat Pay's own side: the key that signs answers and notifications of every account here. */
export interface Platform {
  readonly serial: string;
  readonly certificate: string;
  readonly effective: Date;
  readonly expires: Date;
  readonly key: KeyObject;
  /** A key that nobody was told of, for the fault `wrong_key`; made when first asked for. */
  strangersKey(): KeyObject;
}

/** Kept in the vault: clients may have stored the certificate. */
export async function platformOf(vault: Vault): Promise<Platform> {
  const kept = await vault.keep<CertifiedKey>('wechat-pay-platform', () => certifiedKey('Tenpay.com sign (sandbox)'));
  const certificate = new X509Certificate(kept.certificate);
  let stranger: KeyObject | undefined;
  return {
    serial: kept.serial_no,
    certificate: kept.certificate,
    effective: new Date(certificate.validFrom),
    expires: new Date(certificate.validTo),
    key: createPrivateKey(kept.private_key),
    strangersKey: () => (stranger ??= generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey),
  };
}
