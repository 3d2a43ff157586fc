import { IsPrivateKey, IsPublicKey, Secret } from '@hutong/provider-kit';
import { Matches } from 'class-validator';
import { IsGatewayUrl, IsNotOwnPublicKey } from './alipay.validators.js';

/** What one Alipay account needs, in public-key mode (opendocs common/057k53). */
export class AlipaySettings {
  @Matches(/^\d{16}$/, { message: 'must be the APPID of 16 digits' })
  app_id: string;

  /** The merchant's PID: the account that is paid. */
  @Matches(/^2088\d{12}$/, { message: 'must be the PID of 16 digits that begins with 2088' })
  seller_id: string;

  /** 应用私钥: the app's own, whose public half was uploaded in the console. */
  @Secret()
  @IsPrivateKey()
  private_key: string;

  /** 支付宝公钥: Alipay's, which the console shows after the upload. */
  @IsPublicKey()
  @IsNotOwnPublicKey('private_key')
  alipay_public_key: string;

  @IsGatewayUrl()
  gateway_url: string = 'https://openapi.alipay.com/gateway.do';
}

/** An account as the sandbox lists it, pointed at the sandbox's gateway. */
export function settingsFromSandbox(
  account: Readonly<Record<string, unknown>>,
  sandboxUrl: string,
): Readonly<Record<string, unknown>> {
  const { app_id, seller_id, private_key, alipay_public_key } = account;
  return { app_id, seller_id, private_key, alipay_public_key, gateway_url: `${sandboxUrl}/gateway.do` };
}
