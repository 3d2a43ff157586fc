import { readCertificate } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';
import { plainSerial } from './certificate-serial.js';
import type { PlatformCertificate } from './wechat-pay.config.js';

interface PlatformKey {
  readonly publicKey: KeyObject;
  readonly validTo: Date;
}

/** WeChat Pay's keys by the id that `Wechatpay-Serial` names; here the serial numbers of its platform certificates. */
export class PlatformKeys {
  readonly #keys: ReadonlyMap<string, PlatformKey>;

  constructor(certificates: readonly PlatformCertificate[]) {
    this.#keys = new Map(
      certificates.map(({ serial_no, certificate }) => [plainSerial(serial_no), keyIn(certificate)]),
    );
  }

  /** The key that a message names; none when it is not ours to trust, or its certificate has ended. */
  find(serial: string, now: Date): KeyObject | undefined {
    const key = this.#keys.get(plainSerial(serial));
    return key !== undefined && now <= key.validTo ? key.publicKey : undefined;
  }
}

function keyIn(certificate: string): PlatformKey {
  const { publicKey, validTo } = readCertificate(certificate);
  return { publicKey, validTo: new Date(validTo) };
}
