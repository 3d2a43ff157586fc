import type { Prepare } from '@hutong/payment-port';
import type { AlipayClient } from '../alipay.client.js';
import { orderContent, pageAddresses } from './order.js';

/**
 * alipay.trade.wap.pay (opendocs open/02ivbs): a page in the phone's browser, which opens the wallet's app if it is
 * there. `quit_url` is where a payer who gives up goes.
 */
export function mobilePage(client: AlipayClient): Prepare<'mobile_page'> {
  return async (request) => {
    const order = orderContent(request, 'QUICK_WAP_WAY');
    const content = request.returnUrl === undefined ? order : { ...order, quit_url: request.returnUrl };
    const url = await client.pageUrl('alipay.trade.wap.pay', content, pageAddresses(request));
    return { type: 'redirect', url, expiresAt: request.expiresAt };
  };
}
