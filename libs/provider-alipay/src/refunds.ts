import {
  money,
  OutcomeUnknown,
  Rejected,
  type RefundQuery,
  type RefundRequest,
  type Refunds,
  type RefundSnapshot,
} from '@hutong/payment-port';
import { fenToYuan, fitBytes, plainText, readBeijingTime, yuanToFen } from '@hutong/provider-kit';
import type { AlipayClient, BizContent } from './alipay.client.js';
import { businessCode, type CallContext } from './alipay.errors.js';
import { isRefundStatus, REFUND_STATES } from './alipay.states.js';
import type { Fields } from './message-fields.js';

const REFUND: CallContext = { provider: 'alipay', operation: 'alipay.trade.refund' };
const QUERY: CallContext = { provider: 'alipay', operation: 'alipay.trade.fastpay.refund.query' };

/**
 * What a repeated refund may be refused with *because its first sending succeeded*: a full refund closes the trade, and
 * a sum is used up. Whether Alipay recognises its number first is unconfirmed, so the refund query decides.
 */
const MAY_BE_ITS_OWN_ECHO = new Set([
  'TRADE_HAS_CLOSE',
  'TRADE_HAS_FINISHED',
  'TRADE_STATUS_ERROR',
  'REASON_TRADE_STATUS_INVALID',
  'REASON_ILLEGAL_STATUS',
  'REFUND_AMT_NOT_EQUAL_TOTAL',
  'REASON_TRADE_REFUND_FEE_ERR',
  'REFUND_FEE_ERROR',
]);

export function alipayRefunds(client: AlipayClient): Refunds {
  return {
    refund: (request) => refund(client, request),
    query: (request) => queryRefund(client, request),
  };
}

/**
 * alipay.trade.refund (opendocs open/02ekfk). Success is `fund_change: Y`; a 10000 with N repeats an earlier request and
 * proves nothing by itself. `refund_fee` is the sum of all refunds of the trade, so it is a floor, not the amount.
 */
async function refund(client: AlipayClient, request: RefundRequest): Promise<RefundSnapshot> {
  try {
    const answer = await client.call(REFUND.operation, refundContent(request));
    if (movedNow(answer, request)) return { state: 'succeeded', amount: request.amount, ...refundedAt(answer) };
  } catch (error) {
    if (!(error instanceof Rejected) || !MAY_BE_ITS_OWN_ECHO.has(businessCode(error.code))) throw error;
    const earlier = await confirmed(client, request);
    if (earlier.state !== 'not_found') return earlier;
    throw error;
  }
  const found = await confirmed(client, request);
  return found.state === 'not_found' ? { state: 'processing' } : found;
}

/** Asks about a refund that may have happened: from here on no failed question makes it a refused or unsent one. */
async function confirmed(client: AlipayClient, request: RefundRequest): Promise<RefundSnapshot> {
  try {
    return await queryRefund(client, request);
  } catch (cause) {
    throw new OutcomeUnknown('Alipay took a refund but did not confirm it.', { ...REFUND, cause });
  }
}

/** Unknown fields may fail a refund or double it (opendocs), so there is nothing here that is not needed. */
function refundContent(request: RefundRequest): BizContent {
  const reason = fitBytes(plainText(request.reason ?? ''), 256);
  return {
    ...numbersOf(request),
    refund_amount: fenToYuan(request.amount.amount),
    ...(reason === '' ? {} : { refund_reason: reason }),
  };
}

function numbersOf(request: RefundQuery): BizContent {
  return {
    trade_no: request.paymentProviderReference,
    out_trade_no: request.paymentReference,
    out_request_no: request.reference,
  };
}

function movedNow(answer: Fields, { amount }: RefundRequest): boolean {
  return answer('fund_change') === 'Y' && fenOf(REFUND, answer('refund_fee')) >= amount.amount;
}

/**
 * alipay.trade.fastpay.refund.query (opendocs open/02ekfl). An out_request_no that Alipay does not know is answered
 * 10000 without any refund field; older trades have an amount but no refund_status.
 */
async function queryRefund(client: AlipayClient, request: RefundQuery): Promise<RefundSnapshot> {
  const content = { ...numbersOf(request), query_options: ['gmt_refund_pay'] };
  try {
    return refundOf(await client.call(QUERY.operation, content), request);
  } catch (error) {
    if (error instanceof Rejected && error.reason === 'order_not_found') return { state: 'not_found' };
    throw error;
  }
}

function refundOf(answer: Fields, request: RefundQuery): RefundSnapshot {
  const amountText = answer('refund_amount');
  const status = answer('refund_status') ?? (amountText === undefined ? undefined : 'REFUND_SUCCESS');
  if (status === undefined) return { state: 'not_found' };
  if (!isRefundStatus(status)) throw unclear(QUERY, 'has a refund_status that no document lists');
  if (answer('out_request_no') === undefined) throw unclear(QUERY, 'names no out_request_no');
  const state = REFUND_STATES[status];
  if (state === 'processing') return { state };
  if (state === 'stuck') return { state, code: status };
  const amount = money(fenOf(QUERY, amountText));
  if (amount.amount !== request.amount.amount) throw unclear(QUERY, 'is about another amount');
  return { state, amount, ...refundedAt(answer) };
}

/** The date is a courtesy: without a readable one the refund stands all the same. */
function refundedAt(answer: Fields): { refundedAt?: Date } {
  try {
    return { refundedAt: readBeijingTime(answer('gmt_refund_pay') ?? '') };
  } catch {
    return {};
  }
}

function fenOf(context: CallContext, yuan: string | undefined): number {
  try {
    return yuanToFen(yuan ?? '');
  } catch (cause) {
    throw unclear(context, 'has no readable amount', cause);
  }
}

function unclear(context: CallContext, what: string, cause?: unknown): OutcomeUnknown {
  return new OutcomeUnknown(`Alipay's answer to ${context.operation} ${what}.`, { ...context, cause });
}
