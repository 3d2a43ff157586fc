import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { sealText } from './aead-aes-256-gcm.js';
import { beijingTime } from './beijing-time.js';
import type { WechatContext } from './context.js';
import { parameterError, resourceNotExists } from './wechat-error.js';

/** GET /v3/certificates: the platform's certificate, encrypted with the merchant's APIv3 key (protocol §2.4). */
export function certificates(
  arrived: Arrived,
  account: WechatAccount,
  { platform }: WechatContext,
): Readonly<Record<string, unknown>> {
  refuseOtherAlgorithms(arrived.query.get('algorithm_type') ?? 'RSA');
  return {
    data: [
      {
        serial_no: platform.serial,
        effective_time: beijingTime(platform.effective),
        expire_time: beijingTime(platform.expires),
        encrypt_certificate: sealText(platform.certificate, account.api_v3_key, 'certificate'),
      },
    ],
  };
}

function refuseOtherAlgorithms(algorithm: string): void {
  if (algorithm === 'SM2') throw resourceNotExists('无可用的平台证书');
  if (algorithm !== 'RSA' && algorithm !== 'ALL') throw parameterError('algorithm_type取值不合法', algorithm);
}
