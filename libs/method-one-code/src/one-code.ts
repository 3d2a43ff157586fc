import type { Scene, SharedMethod } from '@hutong/payment-port';

/** Whose browser a scene is. */
const WALLET_OF_BROWSER: Readonly<Partial<Record<Scene, string>>> = { wechat_web: 'wechat_pay', alipay_web: 'alipay' };

/**
 * One code for every wallet (聚合码): it holds an address of ours, and whose browser opens that address says which wallet
 * pays. Any other browser gets the app's own list.
 */
export const oneCode: SharedMethod = {
  id: 'one_code',
  kind: 'code',
  title: { 'zh-CN': '扫码付款', en: 'Scan to pay' },
  help: { 'zh-CN': '微信、支付宝都可以扫', en: 'Scan with WeChat or Alipay' },
  offeredIn: ['app', 'mobile_web', 'desktop_web', 'in_store'],
  handsOver: 'scan_code',
  scenes: { wechat_web: 'wallet_browser', alipay_web: 'mobile_page' },
  providers: Object.values(WALLET_OF_BROWSER),
  providerOf: ({ scene }) => WALLET_OF_BROWSER[scene],
};
