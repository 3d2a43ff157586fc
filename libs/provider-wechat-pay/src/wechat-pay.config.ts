import { IsCertificate, IsPrivateKey, IsPublicKey, Secret } from '@hutong/provider-kit';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsHexadecimal,
  IsInt,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { AreDomains } from './domains.js';
import { IsGatewayOrigin } from './gateway-origin.js';
import { IsSerialOf } from './certificate-serial.js';
import { IfPublicKeyIsGiven } from './public-key-mode.js';
import { REFUND_SPACING_S } from './wechat-pay.pace.js';

export const MAIN_HOST = 'https://api.mch.weixin.qq.com';
/** The same interface in another place (跨城容灾): pay.weixin.qq.com/doc/v3/merchant/4012791856 and every other page of it. */
export const REMOTE_HOST = 'https://api2.mch.weixin.qq.com';
/** Where a page inside WeChat sends its visitor to sign in, and where the code is exchanged: the account platform, not the merchant's. */
export const SIGN_IN_HOST = 'https://open.weixin.qq.com';
export const IDENTITY_HOST = 'https://api.weixin.qq.com';

const APP_ID = /^\w{1,32}$/;
const APP_ID_HINT = { message: 'must be an app id such as wx8888888888888888' };

/** A certificate of WeChat Pay's platform, as the merchant console or `GET /v3/certificates` gives it. */
export class PlatformCertificate {
  @IsHexadecimal({ message: 'must be a serial number in hexadecimal digits' })
  @MaxLength(40)
  @IsSerialOf('certificate')
  serial_no: string;

  @IsCertificate()
  certificate: string;
}

/** A merchant's account at WeChat Pay, in the words of its merchant console. */
export class WechatPaySettings {
  /** The merchant number. */
  @Matches(/^\d{1,32}$/, { message: 'must be a merchant number: digits only' })
  mchid: string;

  /** The official account's app id: pages inside WeChat, H5 and Native; and the others unless they name their own. */
  @Matches(APP_ID, APP_ID_HINT)
  appid: string;

  /** The mobile app's own app id at the WeChat open platform. */
  @IsOptional()
  @Matches(APP_ID, APP_ID_HINT)
  app_appid?: string;

  @IsOptional()
  @Matches(APP_ID, APP_ID_HINT)
  mini_program_appid?: string;

  /** Of `appid`, from the account platform (AppSecret). With it, pages inside WeChat learn the payer's openid by themselves. */
  @IsOptional()
  @Secret()
  @Matches(/^[\x21-\x7e]{1,64}$/, { message: 'must be an AppSecret: 32 letters and digits' })
  app_secret?: string;

  /** Domains registered for H5 payment in the merchant platform. Without them a page's own is not judged beforehand. */
  @AreDomains()
  h5_domains?: string[];

  /** Domains of the registered JSAPI payment directories. */
  @AreDomains()
  jsapi_domains?: string[];

  /** The merchant's own number of its shop, told with payer-presented codes; the merchant number where it is not given. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,256}$/, { message: 'must be a number or word of 1 to 256 ASCII characters' })
  store_out_id?: string;

  /** The serial number of the merchant's API certificate, not of the platform's. */
  @IsHexadecimal({ message: 'must be the serial number of the merchant API certificate, in hexadecimal digits' })
  @MaxLength(40)
  serial_no: string;

  /** `apiclient_key.pem`. */
  @Secret()
  @IsPrivateKey()
  private_key: string;

  /** Opens notifications. Exactly 32 bytes, so ASCII only. */
  @Secret()
  @Matches(/^[\x21-\x7e]{32}$/, { message: 'must be exactly 32 ASCII characters' })
  api_v3_key: string;

  /**
   * What answers and notifications are signed with in certificate mode; two while WeChat Pay rotates them. What is not
   * here is fetched with the APIv3 key, so that the list may be empty.
   */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PlatformCertificate)
  platform_certificates: PlatformCertificate[] = [];

  /** The id of WeChat Pay's public key, as the merchant console shows it. Asked for by this id, WeChat Pay signs with it. */
  @IfPublicKeyIsGiven()
  @Matches(/^PUB_KEY_ID_\d{1,64}$/, {
    message: 'must be a public key id such as PUB_KEY_ID_0114232134912410000000000000',
  })
  public_key_id?: string;

  /** WeChat Pay's own `pub_key.pem`, which the merchant console offers for download; not the merchant's. */
  @IfPublicKeyIsGiven()
  @IsPublicKey()
  public_key?: string;

  /** Seconds between two refunds of one order. Not given: 60 at WeChat Pay's own hosts, none at another gateway. */
  @IsOptional()
  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(0)
  @Max(3_600)
  refund_spacing_s?: number;

  @IsGatewayOrigin()
  base_url: string = MAIN_HOST;

  /** Asked where `base_url` does not answer. Not given: `api2.mch.weixin.qq.com` beside the main host, else none; equal to `base_url`: none. */
  @IsOptional()
  @IsGatewayOrigin()
  backup_base_url?: string;

  /** Where `app_secret` signs visitors in: the page that browsers are sent to. */
  @IsGatewayOrigin()
  sign_in_base_url: string = SIGN_IN_HOST;

  /** Where the code that comes back is exchanged for the openid. */
  @IsGatewayOrigin()
  identity_base_url: string = IDENTITY_HOST;
}

/** Seconds between two refunds of one order. */
export function refundSpacing({ refund_spacing_s: said, base_url: url }: WechatPaySettings): number {
  return said ?? (url === MAIN_HOST || url === REMOTE_HOST ? REFUND_SPACING_S : 0);
}

/** An account of `GET /__sandbox/accounts` as these settings. */
export function settingsFromSandbox(
  account: Readonly<Record<string, unknown>>,
  sandboxUrl: string,
): Record<string, unknown> {
  const { mchid, appid, serial_no, private_key, api_v3_key } = account;
  const optional = ['app_secret', 'platform_certificates', 'public_key_id', 'public_key'];
  const given = Object.fromEntries(optional.flatMap((name) => listed(account, name)));
  const hosts = { base_url: sandboxUrl, sign_in_base_url: sandboxUrl, identity_base_url: sandboxUrl };
  const spacing = account['strict'] === true ? { refund_spacing_s: REFUND_SPACING_S } : {};
  return { mchid, appid, serial_no, private_key, api_v3_key, ...given, ...spacing, ...hosts };
}

/** What an account lacks, one of both ways to verify, the sandbox lists as null. */
function listed(account: Readonly<Record<string, unknown>>, name: string): [name: string, value: unknown][] {
  const value = account[name];
  return value === undefined || value === null ? [] : [[name, value]];
}
