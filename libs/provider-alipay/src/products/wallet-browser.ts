import { OutcomeUnknown, Rejected, type Prepare, type PrepareRequest } from '@hutong/payment-port';
import type { AlipayClient, BizContent } from '../alipay.client.js';
import { notifyAddress, orderContent } from './order.js';

const METHOD = 'alipay.trade.create';

/**
 * alipay.trade.create for JSAPI: the trade exists at once, for this one payer, and my.tradePay (opendocs mini/05xhsr)
 * takes its number.
 */
export function walletBrowser(client: AlipayClient): Prepare<'wallet_browser'> {
  return async (request) => {
    const buyer = buyerOf(request);
    const content = { ...orderContent(request, 'JSAPI_PAY'), op_app_id: client.appId, ...buyer };
    const tradeNo = (await client.call(METHOD, content, notifyAddress(request)))('trade_no');
    if (tradeNo === undefined) {
      throw new OutcomeUnknown('Alipay made a trade but named no trade_no.', { provider: 'alipay', operation: METHOD });
    }
    return { type: 'invoke_sdk', sdk: 'alipay_jsapi', params: { trade_no: tradeNo }, expiresAt: request.expiresAt };
  };
}

/** Merchants of before 2023 know payers by user id (2088…, 16 digits), newer ones by an opaque open id. */
function buyerOf({ payer }: PrepareRequest): BizContent {
  const id = payer?.openid;
  if (id === undefined || id === '') {
    throw new Rejected("Inside Alipay the payer's openid (or 2088… user id) is needed: pass payer.openid.", {
      provider: 'alipay',
      operation: METHOD,
      reason: 'payer_unfit',
      code: 'openid_missing',
    });
  }
  return /^2088\d{12}$/.test(id) ? { buyer_id: id } : { buyer_open_id: id };
}
