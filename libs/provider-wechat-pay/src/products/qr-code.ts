import type { Prepare, PrepareRequest, ShowQrCode } from '@hutong/payment-port';
import type { WechatPayClient } from '../wechat-pay.client.js';
import { actionExpiry, placeOrder, PREPAY_MS } from './place-order.js';

/** A code that another WeChat scans (Native): pay.weixin.qq.com/doc/v3/merchant/4012791877. Its content is never parsed. */
export function qrCode(client: WechatPayClient): Prepare<'qr_code'> {
  return async (request: PrepareRequest): Promise<ShowQrCode> => {
    const kind = { trade: 'native', appid: client.merchant.appids.page, answers: 'code_url' } as const;
    const content = await placeOrder(client, kind, request);
    return { type: 'show_qr_code', content, expiresAt: actionExpiry(request, PREPAY_MS) };
  };
}
