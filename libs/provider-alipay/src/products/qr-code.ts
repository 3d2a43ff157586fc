import { OutcomeUnknown, type Prepare } from '@hutong/payment-port';
import type { AlipayClient } from '../alipay.client.js';
import { notifyAddress, orderContent } from './order.js';

const METHOD = 'alipay.trade.precreate';
/** A code lives two hours from the answer (opendocs open/02ekfg). */
const CODE_LIFE_MS = 2 * 60 * 60 * 1_000;

/**
 * alipay.trade.precreate as 订单码支付 (QR_CODE_OFFLINE): a code for one order. No trade exists until somebody scans it,
 * so "trade does not exist" says nothing about a code that is still shown.
 */
export function qrCode(client: AlipayClient): Prepare<'qr_code'> {
  return async (request) => {
    const codeEndsAt = request.requestedAt.getTime() + CODE_LIFE_MS;
    const expiresAt = new Date(Math.min(request.expiresAt.getTime(), codeEndsAt));
    const content = orderContent({ ...request, expiresAt }, 'QR_CODE_OFFLINE');
    const code = (await client.call(METHOD, content, notifyAddress(request)))('qr_code');
    if (code === undefined) {
      throw new OutcomeUnknown('Alipay took the order but answered no code.', {
        provider: 'alipay',
        operation: METHOD,
      });
    }
    return { type: 'show_qr_code', content: code, expiresAt };
  };
}
