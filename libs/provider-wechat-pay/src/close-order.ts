import { Rejected, type CloseOutcome, type RejectionReason } from '@hutong/payment-port';
import { textField, type JsonObject } from './json-fields.js';
import { expectOrder, findOrder, orderPath } from './order-query.js';
import type { WechatPayClient } from './wechat-pay.client.js';
import { genuineError, unknownOutcome } from './wechat-pay.errors.js';

/** What a refusal says about the order. */
const ABOUT_THE_ORDER: Readonly<Partial<Record<RejectionReason, CloseOutcome>>> = {
  order_closed: 'closed',
  order_paid: 'already_paid',
  order_not_found: 'not_found',
};
/** Refusals of the call, whatever its order is: asking about the order would not help. */
const ABOUT_THE_CALL: ReadonlySet<RejectionReason> = new Set<RejectionReason>([
  'invalid_configuration',
  'rate_limited',
]);

interface Refused {
  readonly refusal: Error;
  readonly requestId: string | undefined;
}

/** Their internal error number of "only to be reversed, not closed" (只能撤销), as a request id ends. */
const ONLY_REVERSIBLE = /-268449641$/;

/**
 * Closes an order so that nobody can pay it: pay.weixin.qq.com/doc/v3/merchant/4012791860. Only a 204 is closed; closing
 * again answers 204 again. An order of a payer's code refuses to be closed and must be reversed instead; no document
 * names the code of that refusal, so any that says nothing about the order is looked into.
 */
export async function closeOrder(client: WechatPayClient, reference: string): Promise<CloseOutcome> {
  const path = `${orderPath(reference)}/close`;
  const body = { mchid: client.merchant.mchid };
  const { status, error, requestId } = await client.exchange({ operation: 'close', method: 'POST', path, body });
  if (error !== undefined) {
    const refusal = genuineError(error);
    return saidBy(refusal) ?? lookInto(client, reference, { refusal, requestId });
  }
  if (status !== 204) throw unknownOutcome('close', `HTTP ${status} where 204 says that it is closed`);
  return 'closed';
}

/**
 * A reverse gives back what was paid, so the order is asked about first: one that is paid is left alone, and one that is
 * not known to be of a payer's code stays refused.
 */
async function lookInto(client: WechatPayClient, reference: string, refused: Refused): Promise<CloseOutcome> {
  const found = await findOrder(client, reference);
  if (found === undefined) return 'not_found';
  const { state } = found.snapshot;
  if (state === 'paid' || state === 'refunded') return 'already_paid';
  if (state === 'closed') return 'closed';
  if (!isOfPayerCode(found.order, refused.requestId)) throw refused.refusal;
  return reverseOrder(client, reference);
}

/**
 * An unpaid order may lack its `trade_type`. Then its state says it, where only payer-presented codes have such a state;
 * or the request id of the refusal, which nobody signs: it decides about an order that a signed answer calls unpaid.
 */
function isOfPayerCode(order: JsonObject, requestId = ''): boolean {
  const tradeType = textField(order, 'trade_type');
  if (tradeType !== undefined) return tradeType === 'MICROPAY';
  const tradeState = textField(order, 'trade_state');
  return tradeState === 'USERPAYING' || tradeState === 'PAYERROR' || ONLY_REVERSIBLE.test(requestId);
}

/**
 * `POST …/reverse`: pay.weixin.qq.com/docs/merchant/apis/code-payment-v3/direct/reverse.html. Sent once, although it may be
 * repeated: a later one would give back what was paid since the question.
 */
async function reverseOrder(client: WechatPayClient, reference: string): Promise<CloseOutcome> {
  const operation = 'reverse';
  const { mchid, appids } = client.merchant;
  const body = { appid: appids.page, mchid };
  try {
    const path = `${orderPath(reference)}/reverse`;
    expectOrder(client, operation, reference, await client.ask({ operation, method: 'POST', path, body, once: true }));
    return 'closed';
  } catch (error) {
    const outcome = saidBy(error);
    if (outcome === undefined) throw error;
    return outcome;
  }
}

/** What a refusal says about the order, if anything. @throws the refusal when it is about the call */
function saidBy(refusal: unknown): CloseOutcome | undefined {
  if (!(refusal instanceof Rejected)) return undefined;
  if (ABOUT_THE_CALL.has(refusal.reason)) throw refusal;
  return ABOUT_THE_ORDER[refusal.reason];
}
