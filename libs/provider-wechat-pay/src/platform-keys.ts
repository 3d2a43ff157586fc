import { readCertificate, readPublicKey } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';
import { plainSerial } from './certificate-serial.js';
import type { PlatformCertificate } from './wechat-pay.config.js';

/** WeChat Pay's public key (微信支付公钥) with the id that messages name it by. */
export interface PublicKey {
  readonly id: string;
  readonly pem: string;
}

interface PlatformKey {
  readonly publicKey: KeyObject;
  /** Of its certificate; a public key has no end. */
  readonly validTo?: Date;
}

/**
 * WeChat Pay's keys by what `Wechatpay-Serial` names: the serial numbers of its platform certificates, the id of its
 * public key. An account that holds both verifies either, because while a merchant switches, WeChat Pay signs with both.
 */
export class PlatformKeys {
  readonly #keys: ReadonlyMap<string, PlatformKey>;

  constructor(certificates: readonly PlatformCertificate[], publicKey?: PublicKey) {
    this.#keys = new Map([
      ...certificates.map(({ serial_no, certificate }) => [plainSerial(serial_no), keyIn(certificate)] as const),
      ...(publicKey ? [[plainSerial(publicKey.id), { publicKey: readPublicKey(publicKey.pem) }] as const] : []),
    ]);
  }

  /** The key that a message names; none when it is not ours to trust, or its certificate has ended. */
  find(serial: string, now: Date): KeyObject | undefined {
    const key = this.#keys.get(plainSerial(serial));
    const hasEnded = key?.validTo !== undefined && now > key.validTo;
    return hasEnded ? undefined : key?.publicKey;
  }
}

function keyIn(certificate: string): PlatformKey {
  const { publicKey, validTo } = readCertificate(certificate);
  return { publicKey, validTo: new Date(validTo) };
}
