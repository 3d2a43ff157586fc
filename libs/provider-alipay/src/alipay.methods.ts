import type { Method } from '@hutong/payment-port';

/** What a payer can choose here, and which product serves each scene. */
export const alipayMethods: readonly Method[] = [
  {
    id: 'alipay',
    kind: 'wallet',
    title: { 'zh-CN': '支付宝', en: 'Alipay' },
    help: { 'zh-CN': '打开支付宝付款', en: 'Pay with the Alipay app or page' },
    scenes: {
      app: 'app_sdk',
      alipay_web: 'wallet_browser',
      mobile_web: 'mobile_page',
      desktop_web: 'desktop_page',
    },
  },
  {
    id: 'alipay_scan',
    kind: 'scan',
    title: { 'zh-CN': '支付宝扫码付', en: 'Alipay scan-to-pay' },
    help: { 'zh-CN': '用另一部手机的支付宝扫码', en: 'Scan with Alipay on another phone' },
    scenes: { app: 'qr_code', mobile_web: 'qr_code', desktop_web: 'qr_code' },
  },
];
