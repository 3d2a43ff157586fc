import type { Method } from '@hutong/payment-port';

/**
 * What a payer can choose. A Native code can only be scanned by another camera: long-pressing it inside WeChat is
 * refused there, so `wechat_scan` does not stand in `wechat_web`; H5 does not run inside WeChat, so `wechat_pay` takes
 * JSAPI there.
 */
export const wechatPayMethods: readonly Method[] = [
  {
    id: 'wechat_pay',
    kind: 'wallet',
    title: { 'zh-CN': '微信支付', en: 'WeChat Pay' },
    scenes: { app: 'app_sdk', mini_program: 'mini_program', wechat_web: 'wallet_browser', mobile_web: 'mobile_page' },
  },
  {
    id: 'wechat_scan',
    kind: 'scan',
    title: { 'zh-CN': '微信扫码付', en: 'WeChat scan-to-pay' },
    help: { 'zh-CN': '用微信“扫一扫”付款，可以用另一部手机', en: 'Scan with WeChat, on another phone if you like' },
    scenes: { app: 'qr_code', mobile_web: 'qr_code', desktop_web: 'qr_code' },
  },
];
