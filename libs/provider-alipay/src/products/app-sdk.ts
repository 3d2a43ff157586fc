import type { Prepare } from '@hutong/payment-port';
import type { AlipayClient } from '../alipay.client.js';
import { notifyAddress, orderContent } from './order.js';

/**
 * alipay.trade.app.pay (opendocs open/02e7gq): the order is signed here, handed to the wallet's SDK, and born there
 * when the payer confirms. Until then a query says that it does not exist.
 */
export function appSdk(client: AlipayClient): Prepare<'app_sdk'> {
  return async (request) => {
    const content = orderContent(request, 'QUICK_MSECURITY_PAY');
    const orderString = await client.orderString('alipay.trade.app.pay', content, notifyAddress(request));
    return {
      type: 'invoke_sdk',
      sdk: 'alipay_app',
      params: { order_string: orderString },
      expiresAt: request.expiresAt,
    };
  };
}
