import type { Scene } from '@hutong/client';

/** Where the payer stands, as far as a web shop can tell from the browser. */
export function sceneOf(userAgent: string): Scene {
  if (/MicroMessenger/i.test(userAgent)) return 'wechat_web';
  if (/AlipayClient/i.test(userAgent)) return 'alipay_web';
  return /Android|iPhone|Mobile/i.test(userAgent) ? 'mobile_web' : 'desktop_web';
}
