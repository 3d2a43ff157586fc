import type { Upkeep } from '@hutong/payment-port';
import type { WechatPayClient } from './wechat-pay.client.js';
import type { WechatPaySettings } from './wechat-pay.config.js';

/**
 * Platform certificates are replaced with overlap, so that asking twice a day keeps ahead of them. A merchant with the
 * public key alone has nothing that is ever replaced.
 */
export function certificateUpkeep(
  { certificates }: WechatPayClient,
  { public_key, platform_certificates }: WechatPaySettings,
): Upkeep | undefined {
  if (public_key && platform_certificates.length === 0) return undefined;
  return { isDue: () => certificates.isDue(), run: () => certificates.refresh() };
}
