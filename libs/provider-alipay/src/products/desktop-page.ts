import type { Prepare } from '@hutong/payment-port';
import type { AlipayClient } from '../alipay.client.js';
import { orderContent, pageAddresses } from './order.js';

/** alipay.trade.page.pay (opendocs open/028r8t): Alipay's cashier in a desktop browser, with its own code to scan. */
export function desktopPage(client: AlipayClient): Prepare<'desktop_page'> {
  return async (request) => {
    const content = orderContent(request, 'FAST_INSTANT_TRADE_PAY');
    const url = await client.pageUrl('alipay.trade.page.pay', content, pageAddresses(request));
    return { type: 'redirect', url, expiresAt: request.expiresAt };
  };
}
