import { Rejected, UntrustedMessage, type Snapshot } from '@hutong/payment-port';
import type { JsonObject } from './json-fields.js';
import { orderSnapshot } from './order-snapshot.js';
import type { WechatPayClient } from './wechat-pay.client.js';
import { unknownOutcome } from './wechat-pay.errors.js';

/** An order as WeChat Pay tells of it, and what that means. */
export interface KnownOrder {
  readonly order: JsonObject;
  readonly snapshot: Snapshot;
}

/**
 * `GET /v3/pay/transactions/out-trade-no/{out_trade_no}?mchid=`: pay.weixin.qq.com/doc/v3/merchant/4012791859. Undefined
 * when there is no such order.
 */
export async function findOrder(client: WechatPayClient, reference: string): Promise<KnownOrder | undefined> {
  const path = `${orderPath(reference)}?mchid=${client.merchant.mchid}`;
  try {
    return readOrder(client, 'query', reference, await client.ask({ operation: 'query', method: 'GET', path }));
  } catch (error) {
    if (error instanceof Rejected && error.reason === 'order_not_found') return undefined;
    throw error;
  }
}

/** Reads an order object for the order that was asked about. @throws UntrustedMessage, OutcomeUnknown */
export function readOrder(
  client: WechatPayClient,
  operation: string,
  reference: string,
  order: JsonObject,
): KnownOrder {
  expectOrder(client, operation, reference, order);
  const snapshot = orderSnapshot(client.merchant, order);
  if (snapshot === undefined)
    throw unknownOutcome(operation, 'no document lists this trade_state with what stands beside it');
  return { order, snapshot };
}

/**
 * Well signed, an answer may still be to another question: replayed, or swapped on the way.
 * @throws UntrustedMessage when it is about another order, or of another merchant
 */
export function expectOrder(client: WechatPayClient, operation: string, reference: string, order: JsonObject): void {
  if (order['out_trade_no'] === reference && order['mchid'] === client.merchant.mchid) return;
  throw new UntrustedMessage("WeChat Pay's answer is about another order.", { provider: 'wechat_pay', operation });
}

export function orderPath(reference: string): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(reference)}`;
}
