import { IsCertificate, IsPrivateKey, IsPublicKey, Secret } from '@hutong/provider-kit';
import { Matches } from 'class-validator';
import {
  IfCertificatesAreGiven,
  IfKeyIsGivenOrNoCertificates,
  IsAloneWithout,
  IsCertificateOf,
  IsGatewayUrl,
  IsNotOwn,
  IsRootBundle,
} from './alipay.validators.js';

/**
 * What one Alipay account needs (opendocs common/057k53), in one of two modes: `alipay_public_key` (key mode), or
 * `app_cert`, `alipay_cert` and `root_cert` (certificate mode). An APPID is in one of them, so both together are refused.
 */
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
  @IfKeyIsGivenOrNoCertificates()
  @IsPublicKey()
  @IsNotOwn('private_key', '应用公钥', '支付宝公钥')
  @IsAloneWithout('app_cert', 'alipay_cert', 'root_cert')
  alipay_public_key?: string;

  /** 应用公钥证书, `appCertPublicKey_<APPID>.crt`: certifies the public half of `private_key`. */
  @IfCertificatesAreGiven()
  @IsCertificate()
  @IsCertificateOf('private_key')
  app_cert?: string;

  /** 支付宝公钥证书, `alipayCertPublicKey_RSA2.crt`. Of several certificates in it the first counts. */
  @IfCertificatesAreGiven()
  @IsPublicKey()
  @IsCertificate()
  @IsNotOwn('private_key', '应用公钥证书', '支付宝公钥证书')
  alipay_cert?: string;

  /** 支付宝根证书, `alipayRootCert.crt`: a bundle. */
  @IfCertificatesAreGiven()
  @IsRootBundle()
  root_cert?: string;

  @IsGatewayUrl()
  gateway_url: string = 'https://openapi.alipay.com/gateway.do';
}

/** An account as the sandbox lists it, in its own signing mode, pointed at the sandbox's gateway. */
export function settingsFromSandbox(
  account: Readonly<Record<string, unknown>>,
  sandboxUrl: string,
): Readonly<Record<string, unknown>> {
  const { app_id, seller_id, private_key, alipay_public_key, app_cert, alipay_cert, root_cert } = account;
  const trust = account['sign_mode'] === 'certificate' ? { app_cert, alipay_cert, root_cert } : { alipay_public_key };
  return { app_id, seller_id, private_key, ...trust, gateway_url: `${sandboxUrl}/gateway.do` };
}
