import { IsCertificate, IsPrivateKey, IsPublicKey, Secret } from '@hutong/provider-kit';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import {
  IfCertificatesAreGiven,
  IfKeyIsGivenOrNoCertificates,
  IsAloneWithout,
  IsCertificateOf,
  IsGatewayUrl,
  IsNotOwn,
  IsRootBundle,
} from './alipay.validators.js';
import { REFUND_SPACING_S } from './alipay.pace.js';

const GATEWAY = 'https://openapi.alipay.com/gateway.do';

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

  /** Seconds between two refunds of one trade. Not given: 3 at Alipay's own gateway, none at another. */
  @IsOptional()
  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(0)
  @Max(3_600)
  refund_spacing_s?: number;

  @IsGatewayUrl()
  gateway_url: string = GATEWAY;
}

/** Seconds between two refunds of one trade. */
export function refundSpacing({ refund_spacing_s: said, gateway_url: url }: AlipaySettings): number {
  return said ?? (url === GATEWAY ? REFUND_SPACING_S : 0);
}

/** An account as the sandbox lists it, in its own signing mode, pointed at the sandbox's gateway. */
export function settingsFromSandbox(
  account: Readonly<Record<string, unknown>>,
  sandboxUrl: string,
): Readonly<Record<string, unknown>> {
  const { app_id, seller_id, private_key, alipay_public_key, app_cert, alipay_cert, root_cert } = account;
  const trust = account['sign_mode'] === 'certificate' ? { app_cert, alipay_cert, root_cert } : { alipay_public_key };
  const spacing = account['strict'] === true ? { refund_spacing_s: REFUND_SPACING_S } : {};
  return { app_id, seller_id, private_key, ...trust, ...spacing, gateway_url: `${sandboxUrl}/gateway.do` };
}
