import type { Signer } from '@hutong/payment-port';
import { orderPath } from './order-query.js';
import type { WechatPayClient } from './wechat-pay.client.js';

/** A number that no order of ours ever has: those are ids with a prefix of their own. */
const NOBODYS = 'hutong_asks_who_signs';

/**
 * Asks about an order that does not exist. WeChat Pay signs what it answers to a request whose own signature held, "no such
 * order" too, so any answer that verifies will do.
 */
export async function askSigner(client: WechatPayClient): Promise<Signer> {
  const path = `${orderPath(NOBODYS)}?mchid=${client.merchant.mchid}`;
  const { signedBy } = await client.exchange({ operation: 'ask_signer', method: 'GET', path });
  return { kind: signedBy.startsWith('PUB_KEY_ID_') ? 'public_key' : 'certificate', name: signedBy };
}
