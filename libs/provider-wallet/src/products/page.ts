import type { PrepareRequest, Redirect } from '@hutong/payment-port';
import { fitBytes, plainText } from '@hutong/provider-kit';
import type { WalletClient } from '../wallet.client.js';
import { rejectionOf } from '../wallet.errors.js';
import { orderSnapshot, sameAs, type WalletOrder } from '../wallet.states.js';

/** The wire takes 1 to 127 characters. Counted in bytes, the text is safely shorter. */
const MAX_DESCRIPTION_BYTES = 127;

/** The wallet's own page, on a phone and on a desktop alike. POST /orders */
export function page(client: WalletClient): (request: PrepareRequest) => Promise<Redirect> {
  return async ({ reference, amount, description, expiresAt, notifyUrl, returnUrl }) => {
    const asked = { merchant_id: client.settings.merchant_id, reference, ...amount };
    const order = await client.call<WalletOrder>('prepare', '/orders', {
      ...asked,
      description: fitBytes(plainText(description), MAX_DESCRIPTION_BYTES) || reference,
      expires_at: expiresAt.toISOString(),
      notify_url: notifyUrl,
      ...(returnUrl === undefined ? {} : { return_url: returnUrl }),
    });
    // A retried request meets the order it made, whatever became of it meanwhile.
    const { state } = orderSnapshot(sameAs(order, asked, 'prepare'), 'prepare');
    if (state !== 'awaiting_payer') throw rejectionOf(state === 'closed' ? 'order_closed' : 'order_paid', 'prepare');
    return { type: 'redirect', url: order.pay_url, expiresAt };
  };
}
