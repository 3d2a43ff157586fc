import { aesKey, readPrivateKey } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';
import { PlatformKeys, type PublicKey } from './platform-keys.js';
import { MAIN_HOST, REMOTE_HOST, type WechatPaySettings } from './wechat-pay.config.js';

/** A merchant's settings, read once: parsing a key for each call would cost more than signing with it. */
export interface Merchant {
  readonly mchid: string;
  readonly appids: {
    /** Official account: JSAPI, H5, Native. */
    readonly page: string;
    readonly app: string;
    readonly miniProgram: string;
  };
  /** Which shop a payer's code is scanned in. */
  readonly storeOutId: string;
  /** Of the merchant's API certificate. */
  readonly serialNo: string;
  readonly privateKey: KeyObject;
  readonly apiV3Key: KeyObject;
  readonly platformKeys: PlatformKeys;
  /** Of WeChat Pay's public key, where the account has one: requests ask for answers signed with it. */
  readonly publicKeyId: string | undefined;
  /** Where the interface is served: the host that is asked, then the one that stands in for it. */
  readonly origins: readonly string[];
}

export function merchantOf(settings: WechatPaySettings): Merchant {
  const { mchid, appid, app_appid, mini_program_appid } = settings;
  const publicKey = publicKeyIn(settings);
  return {
    mchid,
    appids: { page: appid, app: app_appid ?? appid, miniProgram: mini_program_appid ?? appid },
    storeOutId: settings.store_out_id ?? mchid,
    serialNo: settings.serial_no.toUpperCase(),
    privateKey: readPrivateKey(settings.private_key),
    apiV3Key: aesKey(settings.api_v3_key),
    platformKeys: new PlatformKeys(settings.platform_certificates, publicKey),
    publicKeyId: publicKey?.id,
    origins: originsOf(settings),
  };
}

/** The main host has its remote one unless the settings say otherwise; any other host stands alone. */
function originsOf({ base_url, backup_base_url }: WechatPaySettings): readonly string[] {
  const backup = backup_base_url ?? (base_url === MAIN_HOST ? REMOTE_HOST : base_url);
  return [...new Set([base_url, backup])];
}

function publicKeyIn({ public_key_id: id, public_key: pem }: WechatPaySettings): PublicKey | undefined {
  return id && pem ? { id, pem } : undefined;
}

/**
 * Whose money box an order object names, as it is compared with `mchid`. An order of another app id at the same
 * merchant is not one that we placed: its payee carries that app id, and so never matches.
 */
export function payeeOf(merchant: Merchant, mchid: string, appid: string | undefined): string {
  const ours: readonly (string | undefined)[] = Object.values(merchant.appids);
  return ours.includes(appid) ? mchid : `${mchid}/${appid ?? ''}`;
}
