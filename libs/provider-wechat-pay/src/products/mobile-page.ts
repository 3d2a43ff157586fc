import type { Prepare, PrepareRequest, Redirect } from '@hutong/payment-port';
import type { WechatPayClient } from '../wechat-pay.client.js';
import { refusedHere, unknownOutcome } from '../wechat-pay.errors.js';
import { actionExpiry, placeOrder } from './place-order.js';

/** An H5 address must be opened within five minutes. */
const H5_MS = 5 * 60 * 1_000;

/**
 * A phone browser outside WeChat (H5): pay.weixin.qq.com/doc/v3/merchant/4012791834.
 * @throws Rejected `invalid_request` before any call when the payer's address is not given
 */
export function mobilePage(client: WechatPayClient): Prepare<'mobile_page'> {
  return async (request: PrepareRequest): Promise<Redirect> => {
    const ip = request.payer?.ip;
    if (!ip)
      throw refusedHere(
        'order_h5',
        'invalid_request',
        'payer_ip_missing',
        "WeChat needs the address of the payer's browser: give payer.ip.",
      );
    const scene_info = { payer_client_ip: ip, h5_info: { type: 'Wap' } };
    const kind = { trade: 'h5', appid: client.merchant.appids.page, extra: { scene_info }, answers: 'h5_url' } as const;
    const h5Url = await placeOrder(client, kind, request);
    return {
      type: 'redirect',
      url: returning(h5Url, request.returnUrl),
      expiresAt: actionExpiry(request, H5_MS),
    };
  };
}

/** The only thing that may be done to an H5 address: saying where the browser goes afterwards. */
function returning(h5Url: string, returnUrl: string | undefined): string {
  if (!/^https?:\/\//.test(h5Url)) throw unknownOutcome('order_h5', 'h5_url is no web address');
  return returnUrl === undefined ? h5Url : `${h5Url}&redirect_url=${encodeURIComponent(returnUrl)}`;
}
