import type { Scene } from '@hutong/payment-port';

const WECHAT = /MicroMessenger\//i;
const ALIPAY = /AlipayClient\//i;
const PHONE = /Android|iPhone|iPod|HarmonyOS|Windows Phone|\bMobile\b/i;
/** Android marks its web views; on iOS only Safari, and browsers that pose as it, say Safari. */
const WEB_VIEW = /; wv\)|(?:iPhone|iPod)(?!.*Safari\/)/i;

/**
 * Where the payer stands who opened a page. A wallet's own browser says so and is believed: the worst a liar gets is a product
 * that does not open. A payment made for an app (or a mini-program) keeps that scene only in a web view on a phone (in a web view of
 * a mini-program): the same link in a browser is paid like any other page.
 */
export function sceneOf(userAgent: string, madeFor?: Scene): Scene {
  if (WECHAT.test(userAgent)) {
    return madeFor === 'mini_program' && /miniProgram/i.test(userAgent) ? 'mini_program' : 'wechat_web';
  }
  if (ALIPAY.test(userAgent)) return 'alipay_web';
  if (!PHONE.test(userAgent)) return 'desktop_web';
  return madeFor === 'app' && WEB_VIEW.test(userAgent) ? 'app' : 'mobile_web';
}
