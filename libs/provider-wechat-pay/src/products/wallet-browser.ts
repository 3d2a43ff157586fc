import type { Prepare } from '@hutong/payment-port';
import type { WechatPayClient } from '../wechat-pay.client.js';
import { jsapiSheet } from './jsapi-sheet.js';

/** A page inside WeChat's own browser: pay.weixin.qq.com/doc/v3/merchant/4012791856. */
export function walletBrowser(client: WechatPayClient): Prepare<'wallet_browser'> {
  return (request) => jsapiSheet(client, { sdk: 'wechat_jsapi', appid: client.merchant.appids.page }, request);
}
