import type { CloseOutcome, Payments, Snapshot } from '@hutong/payment-port';
import { page } from './products/page.js';
import type { WalletClient } from './wallet.client.js';
import { unlessRejected } from './wallet.errors.js';
import { orderSnapshot, sameAs, type WalletOrder } from './wallet.states.js';

/** GET /orders/{reference}, POST /orders/{reference}/close */
export function walletPayments(client: WalletClient): Payments {
  const asked = (reference: string) => ({ merchant_id: client.settings.merchant_id, reference });
  return {
    prepare: { mobile_page: page(client), desktop_page: page(client) },

    query: (reference) => {
      const found = client
        .call<WalletOrder>('query', `/orders/${reference}`)
        .then((order) => orderSnapshot(sameAs(order, asked(reference), 'query'), 'query'));
      return unlessRejected<Snapshot>(found, 'order_not_found', { state: 'not_found' });
    },

    close: (reference) => {
      const closed = client
        .call<WalletOrder>('close', `/orders/${reference}/close`, {})
        .then((order): CloseOutcome => (sameAs(order, { ...asked(reference), state: 'closed' }, 'close'), 'closed'));
      return unlessRejected(unlessRejected(closed, 'order_not_found', 'not_found'), 'order_paid', 'already_paid');
    },
  };
}
