import { X509Certificate } from 'node:crypto';
import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { sealText } from './aead-aes-256-gcm.js';
import { beijingTime } from './beijing-time.js';
import type { CertifiedKey } from './certificate.js';
import type { WechatContext } from './context.js';
import { badQuery, resourceNotExists } from './wechat-error.js';

type View = Readonly<Record<string, unknown>>;

/** GET /v3/certificates: the merchant's platform certificates, encrypted with its APIv3 key (protocol §2.4). */
export async function certificates(
  arrived: Arrived,
  account: WechatAccount,
  { platform }: WechatContext,
): Promise<View> {
  // What a merchant that has only the public key is told (protocol §2.3).
  if (account.verify_mode === 'public_key')
    throw resourceNotExists('无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。');
  refuseOtherAlgorithms(arrived.query.get('algorithm_type') ?? 'RSA');
  const listed = await platform.certificates.listed(account.mchid);
  return { data: listed.map((one) => certificateView(one, account)) };
}

function certificateView({ serial_no, certificate }: CertifiedKey, account: WechatAccount): View {
  const { validFrom, validTo } = new X509Certificate(certificate);
  return {
    serial_no,
    effective_time: beijingTime(new Date(validFrom)),
    expire_time: beijingTime(new Date(validTo)),
    encrypt_certificate: sealText(certificate, account.api_v3_key, 'certificate'),
  };
}

function refuseOtherAlgorithms(algorithm: string): void {
  if (algorithm === 'SM2') throw resourceNotExists('无可用的平台证书');
  if (algorithm !== 'RSA' && algorithm !== 'ALL') throw badQuery('algorithm_type', algorithm);
}
