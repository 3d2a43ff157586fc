import {
  OutcomeUnknown,
  Rejected,
  UntrustedMessage,
  type RefundQuery,
  type RefundRequest,
  type Refunds,
  type RefundSnapshot,
} from '@hutong/payment-port';
import { fitBytes, plainText } from '@hutong/provider-kit';
import { objectField, textField, type JsonObject } from './json-fields.js';
import { moneyField } from './order-snapshot.js';
import { refundSnapshot } from './refund-snapshot.js';
import type { WechatPayClient } from './wechat-pay.client.js';
import { unknownOutcome } from './wechat-pay.errors.js';

const PATH = '/v3/refund/domestic/refunds';
/** Limits of this wire are counted in bytes. */
const REASON_BYTES = 80;

export function wechatRefunds(client: WechatPayClient): Refunds {
  return {
    refund: (request) => refund(client, request),
    query: (request) => query(client, request),
  };
}

/**
 * `POST /v3/refund/domestic/refunds`: pay.weixin.qq.com/doc/v3/merchant/4013071036. The same number with the same
 * content is one refund. Of a 429 its document says "query first", so here it is unknown, not a rejection.
 */
async function refund(client: WechatPayClient, request: RefundRequest): Promise<RefundSnapshot> {
  try {
    const answer = await client.ask({ operation: 'refund', method: 'POST', path: PATH, body: refundBody(request) });
    return readRefund('refund', request, answer);
  } catch (error) {
    if (!(error instanceof Rejected) || error.reason !== 'rate_limited') throw error;
    throw new OutcomeUnknown('WeChat Pay limits refunds just now; query this one before it goes again.', {
      provider: 'wechat_pay',
      operation: 'refund',
      cause: error,
    });
  }
}

/** `GET /v3/refund/domestic/refunds/{out_refund_no}`: pay.weixin.qq.com/doc/v3/merchant/4013071041. */
async function query(client: WechatPayClient, request: RefundQuery): Promise<RefundSnapshot> {
  const operation = 'refund_query';
  try {
    const answer = await client.ask({
      operation,
      method: 'GET',
      path: `${PATH}/${encodeURIComponent(request.reference)}`,
    });
    return readRefund(operation, request, answer);
  } catch (error) {
    if (error instanceof Rejected && error.reason === 'order_not_found') return { state: 'not_found' };
    throw error;
  }
}

function refundBody(request: RefundRequest): JsonObject {
  const reason = fitBytes(plainText(request.reason ?? ''), REASON_BYTES);
  return {
    transaction_id: request.paymentProviderReference,
    out_refund_no: request.reference,
    ...(reason === '' ? {} : { reason }),
    notify_url: request.notifyUrl,
    amount: { refund: request.amount.amount, total: request.total.amount, currency: request.amount.currency },
  };
}

/** A genuine answer counts only for the refund that was asked about: its number, its trade and its amount. */
function readRefund(operation: string, asked: RefundQuery, answer: JsonObject): RefundSnapshot {
  if (answer['out_refund_no'] !== asked.reference || answer['transaction_id'] !== asked.paymentProviderReference) {
    throw new UntrustedMessage("WeChat Pay's answer is about another refund.", { provider: 'wechat_pay', operation });
  }
  const amount = moneyField(objectField(answer, 'amount'), 'refund');
  if (amount?.amount !== asked.amount.amount || amount.currency !== asked.amount.currency) {
    throw unknownOutcome(operation, 'the answer carries another amount');
  }
  const snapshot = refundSnapshot(textField(answer, 'status'), answer, amount);
  if (snapshot === undefined) throw unknownOutcome(operation, 'no document lists this refund status');
  return snapshot;
}
