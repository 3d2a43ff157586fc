import type { InvokeSdk, Prepare, PrepareRequest } from '@hutong/payment-port';
import type { WechatPayClient } from '../wechat-pay.client.js';
import { actionExpiry, placeOrder, PREPAY_MS } from './place-order.js';

/** WeChat's SDK inside the merchant's app: pay.weixin.qq.com/doc/v3/merchant/4013070347. */
export function appSdk(client: WechatPayClient): Prepare<'app_sdk'> {
  return async (request: PrepareRequest): Promise<InvokeSdk> => {
    const appid = client.merchant.appids.app;
    const prepayid = await placeOrder(client, { trade: 'app', appid, answers: 'prepay_id' }, request);
    return {
      type: 'invoke_sdk',
      sdk: 'wechat_app',
      params: await signedParams(client, appid, prepayid),
      expiresAt: actionExpiry(request, PREPAY_MS),
    };
  };
}

/** The second signature, which the SDK checks: app id, timestamp, nonce and the bare prepay id. Merchant key again. */
async function signedParams(client: WechatPayClient, appid: string, prepayid: string): Promise<InvokeSdk['params']> {
  const timestamp = client.timestamp();
  const noncestr = client.tools.nonce();
  const sign = await client.sign([appid, timestamp, noncestr, prepayid]);
  return { appid, partnerid: client.merchant.mchid, prepayid, package: 'Sign=WXPay', noncestr, timestamp, sign };
}
