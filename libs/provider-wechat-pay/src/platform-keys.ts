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
  readonly #keys: Map<string, PlatformKey>;

  constructor(certificates: readonly PlatformCertificate[], publicKey?: PublicKey) {
    this.#keys = new Map(publicKey ? [[plainSerial(publicKey.id), { publicKey: readPublicKey(publicKey.pem) }]] : []);
    this.learn(certificates);
  }

  /** The key that a message names; none when it is not ours to trust, or its certificate has ended. */
  find(serial: string, now: Date): KeyObject | undefined {
    const key = this.#keys.get(plainSerial(serial));
    return key !== undefined && isUsable(key, now) ? key.publicKey : undefined;
  }

  /** False for an account that has to fetch certificates before anything can be verified. */
  holdsAny(now: Date): boolean {
    return [...this.#keys.values()].some((key) => isUsable(key, now));
  }

  /** These keys with some more, to try a message against; what is held does not change. */
  with(certificates: readonly PlatformCertificate[]): PlatformKeys {
    const more = new PlatformKeys(certificates);
    for (const [serial, key] of this.#keys) more.#keys.set(serial, key);
    return more;
  }

  /** Adds to what is held; a serial number that is held already stays with its key. */
  learn(certificates: readonly PlatformCertificate[]): void {
    for (const { serial_no, certificate } of certificates) {
      const serial = plainSerial(serial_no);
      if (!this.#keys.has(serial)) this.#keys.set(serial, keyIn(certificate));
    }
  }
}

function isUsable({ validTo }: PlatformKey, now: Date): boolean {
  return validTo === undefined || now <= validTo;
}

function keyIn(certificate: string): PlatformKey {
  const { publicKey, validTo } = readCertificate(certificate);
  return { publicKey, validTo: new Date(validTo) };
}
