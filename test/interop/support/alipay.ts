import { AlipaySdk } from 'alipay-sdk';
import type { Payer } from '../../e2e/support/payer.js';

/** The SDK for the sandbox's app of that mode, pointed at `url` in both of its protocols. */
export async function alipaySdkIn(mode: 'key' | 'certificate', payer: Payer, url: string): Promise<AlipaySdk> {
  const { alipay } = (await payer.control('GET', '/accounts')).body;
  const account = alipay.find((one: { sign_mode: string }) => one.sign_mode === mode);
  const certificates = {
    appCertContent: account.app_cert,
    alipayPublicCertContent: account.alipay_cert,
    alipayRootCertContent: account.root_cert,
  };
  return new AlipaySdk({
    appId: account.app_id,
    privateKey: account.private_key,
    gateway: `${url}/gateway.do`,
    endpoint: url,
    ...(mode === 'key' ? { alipayPublicKey: account.alipay_public_key } : certificates),
  });
}
