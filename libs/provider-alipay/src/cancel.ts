import { OutcomeUnknown } from '@hutong/payment-port';
import type { AlipayClient } from './alipay.client.js';

const METHOD = 'alipay.trade.cancel';
const ACTIONS = ['close', 'refund'] as const;

export interface Cancelled {
  /** What Alipay did. `refund`: it was paid, and all of it has gone back. `none`: there was no trade to undo. */
  readonly action: (typeof ACTIONS)[number] | 'none';
  /** Not done yet: the same call must go again. */
  readonly retry: boolean;
}

/**
 * alipay.trade.cancel (opendocs open/02ekfi): undoes a trade whatever its state, on the day of payment.
 *
 * It *refunds what is paid*, so it is the tool for one situation only: a payer-presented code whose charge has an
 * unknown outcome after all polling, while the payer stands at the till and nothing has been accepted. It must never
 * touch a trade that may have been accepted: there `close` (which refuses a paid trade) or a refund is right. Hence it
 * is no part of `close`, and nothing in the port calls it; what it is for is covered by close and by watching (README).
 * @throws OutcomeUnknown on an action that no document lists, and what `AlipayClient.call` throws
 */
export async function cancelTrade(client: AlipayClient, reference: string): Promise<Cancelled> {
  const answer = await client.call(METHOD, { out_trade_no: reference });
  const retry = answer('retry_flag') === 'Y';
  const action = answer('action');
  if (action === undefined) return { action: 'none', retry };
  const listed = ACTIONS.find((one) => one === action);
  if (listed !== undefined) return { action: listed, retry };
  throw new OutcomeUnknown('Alipay cancelled in a way that no document lists.', {
    provider: 'alipay',
    operation: METHOD,
  });
}
