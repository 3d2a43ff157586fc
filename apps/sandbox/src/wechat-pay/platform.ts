import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Frame } from '../frame/frame.js';
import type { WechatAccount } from './account.js';
import { type KeyKind, keyOfAnswer, keyOfNotification, PUBLIC_KEY_PREFIX } from './key-mode.js';
import { PlatformCertificates } from './platform-certificates.js';
import { PublicKeys } from './public-keys.js';
import type { SigningKey } from './seal.js';

/** WeChat Pay's own side: the keys that sign what a merchant receives. Kept in the vault: clients may have stored them. */
export class Platform {
  readonly certificates: PlatformCertificates;
  readonly publicKeys: PublicKeys;
  private readonly parsed = new Map<string, KeyObject>();
  private stranger: KeyObject | undefined;

  constructor({ vault, clock }: Pick<Frame, 'vault' | 'clock'>) {
    this.certificates = new PlatformCertificates(vault, clock);
    this.publicKeys = new PublicKeys(vault);
  }

  /** `askedFor` is the request's own Wechatpay-Serial. */
  forAnswer(account: WechatAccount, askedFor: string | undefined): Promise<SigningKey> {
    return this.signing(account, keyOfAnswer(account, askedFor));
  }

  forNotification(account: WechatAccount, id: string, now: Date): Promise<SigningKey> {
    return this.signing(account, keyOfNotification(account, id, now));
  }

  /** The private half of the key that a merchant encrypted with, by its name; undefined for one that it doesn't have. */
  async forOpening({ mchid, verify_mode: mode }: WechatAccount, serial: string): Promise<KeyObject | undefined> {
    if (serial.startsWith(PUBLIC_KEY_PREFIX)) {
      const key = mode === 'certificate' ? undefined : await this.publicKeys.of(mchid);
      return key?.id === serial ? this.named(key.id, key.private_key).key : undefined;
    }
    const listed = mode === 'public_key' ? [] : await this.certificates.listed(mchid);
    const found = listed.find(({ serial_no }) => serial_no === serial.toUpperCase());
    return found && this.named(found.serial_no, found.private_key).key;
  }

  private async signing({ mchid }: WechatAccount, kind: KeyKind): Promise<SigningKey> {
    if (kind === 'certificate') {
      const { serial_no: serial, private_key: pem } = await this.certificates.newest(mchid);
      return this.named(serial, pem);
    }
    const { id, private_key: pem } = await this.publicKeys.of(mchid);
    return this.named(id, pem);
  }

  private named(serial: string, pem: string): SigningKey {
    const key = this.parsed.get(serial) ?? createPrivateKey(pem);
    this.parsed.set(serial, key);
    return { serial, key, strangersKey: () => this.strangersKey() };
  }

  private strangersKey(): KeyObject {
    return (this.stranger ??= generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey);
  }
}
