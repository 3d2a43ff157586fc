import {
  money,
  OutcomeUnknown,
  UntrustedMessage,
  type Money,
  type RefundSnapshot,
  type Snapshot,
} from '@hutong/payment-port';
import { readState, type StateTable } from '@hutong/provider-kit';

/** What the adapter reads of an order. */
export interface WalletOrder extends Money {
  readonly order_id: string;
  readonly merchant_id: string;
  readonly reference: string;
  readonly state: string;
  readonly pay_url: string;
  readonly paid_at?: string;
  readonly payer_id?: string;
}

/** What the adapter reads of a refund. */
export interface WalletRefund extends Money {
  readonly refund_id: string;
  readonly refund_reference: string;
  readonly merchant_id: string;
  readonly reference: string;
  readonly state: string;
  readonly refunded_at: string;
}

/** Their states in ours, beside the evidence: whether the order carries a readable payment date. */
const STATES = {
  awaiting_payer: { undated: 'awaiting_payer', dated: 'unlisted' },
  paid: { undated: 'unlisted', dated: 'paid' },
  closed: { undated: 'closed', dated: 'unlisted' },
  refunded: { undated: 'unlisted', dated: 'refunded' },
} as const satisfies StateTable<'awaiting_payer' | 'paid' | 'closed' | 'refunded', 'dated' | 'undated'>;

/** @throws OutcomeUnknown on a state that the document does not list */
export function orderSnapshot(order: WalletOrder, operation: string): Snapshot {
  const paidAt = new Date(order.paid_at ?? Number.NaN);
  const state = readState(STATES, order.state, Number.isNaN(paidAt.getTime()) ? 'undated' : 'dated');
  if (state === 'awaiting_payer' || state === 'closed') return { state };
  if (state !== 'paid' && state !== 'refunded') throw unlisted(order.state, operation);
  const payer = order.payer_id === undefined ? {} : { payer: { id: order.payer_id } };
  const amount = money(order.amount, order.currency);
  return { state, amount, paidAt, providerReference: order.order_id, payee: order.merchant_id, ...payer };
}

/** @throws OutcomeUnknown on a state that the document does not list */
export function refundSnapshot(refund: WalletRefund, operation: string): RefundSnapshot {
  if (refund.state !== 'succeeded') throw unlisted(refund.state, operation);
  const amount = money(refund.amount, refund.currency);
  return { state: 'succeeded', amount, refundedAt: new Date(refund.refunded_at), providerReference: refund.refund_id };
}

/** A genuine answer about something else proves nothing about what we asked. @throws UntrustedMessage */
export function sameAs<T extends object>(answer: T, asked: Partial<T>, operation: string): T {
  const other = Object.entries(asked).find(([field, value]) => answer[field as keyof T] !== value);
  if (other === undefined) return answer;
  throw new UntrustedMessage(`The answer to ${operation} names another ${other[0]}.`, {
    provider: 'wallet',
    operation,
  });
}

function unlisted(state: string, operation: string): OutcomeUnknown {
  return new OutcomeUnknown(`The state "${String(state).slice(0, 40)}" is not listed.`, {
    provider: 'wallet',
    operation,
  });
}
