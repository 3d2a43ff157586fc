import type { RefundQuery, Refunds, RefundSnapshot } from '@hutong/payment-port';
import { fitBytes, plainText } from '@hutong/provider-kit';
import type { WalletClient } from './wallet.client.js';
import { unlessRejected } from './wallet.errors.js';
import { refundSnapshot, sameAs, type WalletRefund } from './wallet.states.js';

/** POST /orders/{reference}/refunds, GET /orders/{reference}/refunds/{refund_reference} */
export function walletRefunds(client: WalletClient): Refunds {
  const read = (refund: WalletRefund, request: RefundQuery, operation: string) => {
    const { merchant_id } = client.settings;
    const asked = {
      merchant_id,
      reference: request.paymentReference,
      refund_reference: request.reference,
      ...request.amount,
    };
    return refundSnapshot(sameAs(refund, asked, operation), operation);
  };
  return {
    refund: async (request) => {
      const { reference, paymentReference, amount, reason = '' } = request;
      const text = fitBytes(plainText(reason), 127);
      const content = { refund_reference: reference, amount: amount.amount, ...(text === '' ? {} : { reason: text }) };
      return read(await client.call('refund', `/orders/${paymentReference}/refunds`, content), request, 'refund');
    },

    query: (request) => {
      const found = client
        .call<WalletRefund>('refund_query', `/orders/${request.paymentReference}/refunds/${request.reference}`)
        .then((refund) => read(refund, request, 'refund_query'));
      return unlessRejected<RefundSnapshot>(found, 'refund_not_found', { state: 'not_found' });
    },
  };
}
