import type { Signer } from '@hutong/payment-port';
import type { AlipayClient } from './alipay.client.js';

/** A number that no order of ours ever has: those are ids with a prefix of their own. */
const NOBODYS = 'hutong_asks_who_signs';

/**
 * Asks about a trade that does not exist: "no such trade" is signed as any answer is. In key mode Alipay's key has no name
 * of its own, so it is called by its setting.
 */
export function askSigner(client: AlipayClient): Promise<Signer> {
  return client.signerOf('alipay.trade.query', { out_trade_no: NOBODYS });
}
