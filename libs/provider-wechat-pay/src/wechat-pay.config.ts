import { IsCertificate, IsPrivateKey, Secret } from '@hutong/provider-kit';
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsHexadecimal, IsOptional, Matches, MaxLength, ValidateNested } from 'class-validator';
import { IsGatewayOrigin } from './gateway-origin.js';
import { IsSerialOf } from './certificate-serial.js';

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

  /** The keys that answers and notifications are signed with; two while WeChat Pay rotates them. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => PlatformCertificate)
  platform_certificates: PlatformCertificate[];

  @IsGatewayOrigin()
  base_url: string = 'https://api.mch.weixin.qq.com';
}

/** An account of `GET /__sandbox/accounts` as these settings. */
export function settingsFromSandbox(
  account: Readonly<Record<string, unknown>>,
  sandboxUrl: string,
): Record<string, unknown> {
  const { mchid, appid, serial_no, private_key, api_v3_key, platform_certificates } = account;
  return { mchid, appid, serial_no, private_key, api_v3_key, platform_certificates, base_url: sandboxUrl };
}
