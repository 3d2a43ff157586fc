import { certificateNames } from './certificate-check.js';
import { gatewayRefusal } from './gateway-refusal.js';
import type { Call } from './methods.js';
import type { TradeAnswer } from './trade-answers.js';

/**
 * alipay.open.app.alipaycert.download: how a client gets the certificate that an answer named and it does not have.
 * The content is the Base64 of the PEM's text. @throws GatewayRefusal
 */
export function downloadAlipayCert({ account, biz }: Call): TradeAnswer {
  const wanted = biz.text('alipay_cert_sn', 64);
  if (wanted === undefined) throw gatewayRefusal('isv.missing-alipay-cert-sn');
  if (account.sign_mode === 'key' || wanted !== certificateNames(account).alipay) {
    throw gatewayRefusal('isv.alipay-cert-not-exist');
  }
  return { alipay_cert_content: Buffer.from(account.alipay_cert).toString('base64') };
}
