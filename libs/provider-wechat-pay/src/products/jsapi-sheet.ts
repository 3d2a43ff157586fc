import type { InvokeSdk, PrepareRequest } from '@hutong/payment-port';
import type { WechatPayClient } from '../wechat-pay.client.js';
import { refusedHere } from '../wechat-pay.errors.js';
import { actionExpiry, placeOrder, PREPAY_MS } from './place-order.js';

/** The two places with a payment sheet inside WeChat; each has its own app id, and openids belong to one app id. */
export interface JsapiPlace {
  readonly sdk: 'wechat_jsapi' | 'wechat_mini_program';
  readonly appid: string;
}

/**
 * Orders for the payment sheet inside WeChat. The order is bound to one openid; nobody else can pay it.
 * @throws Rejected `payer_unfit` before any call when the payer's openid is not given
 */
export async function jsapiSheet(
  client: WechatPayClient,
  place: JsapiPlace,
  request: PrepareRequest,
): Promise<InvokeSdk> {
  const openid = request.payer?.openid;
  if (!openid) {
    throw refusedHere(
      'order_jsapi',
      'payer_unfit',
      'openid_missing',
      `WeChat needs the payer's openid under ${place.appid}: give payer.openid.`,
    );
  }
  const kind = { trade: 'jsapi', appid: place.appid, extra: { payer: { openid } }, answers: 'prepay_id' } as const;
  const prepayId = await placeOrder(client, kind, request);
  return {
    type: 'invoke_sdk',
    sdk: place.sdk,
    params: await signedParams(client, place.appid, `prepay_id=${prepayId}`),
    expiresAt: actionExpiry(request, PREPAY_MS),
  };
}

/** The second signature: app id, timestamp, nonce and package. `signType` is told, not signed; the mini-program ignores `appId`. */
async function signedParams(
  client: WechatPayClient,
  appId: string,
  prepayPackage: string,
): Promise<InvokeSdk['params']> {
  const timeStamp = client.timestamp();
  const nonceStr = client.tools.nonce();
  const paySign = await client.sign([appId, timeStamp, nonceStr, prepayPackage]);
  return { appId, timeStamp, nonceStr, package: prepayPackage, signType: 'RSA', paySign };
}
