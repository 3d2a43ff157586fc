import type { PaymentStatus } from '../payment.js';

/** Bytes that a message may have at most; what is particular to an event gives way first. */
export const MAX_BODY_BYTES = 20_000;

/** An event's row with what its message says beside it. */
export interface EventFacts {
  readonly id: string;
  readonly app: string;
  readonly type: string;
  readonly createdAt: Date;
  /** Null for what happened to the app. */
  readonly sequence: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly payment?: {
    readonly id: string;
    readonly orderNo: string;
    readonly amount: number;
    readonly currency: string;
  };
  /** The payment's events that change what is told of it, in any order; later ones than this event may be among them. */
  readonly history: readonly PastEvent[];
}

export interface PastEvent {
  readonly sequence: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The types that `EventFacts.history` is read from. */
export const TELLING_TYPES = ['payment.paid', 'payment.closed', 'refund.succeeded'] as const;

/**
 * The message of an event, as text that never changes: `{id, type, created_at, app, sequence, data}`. What it says of the payment is
 * the payment as it stood at this event, folded from the events up to it, so that a message sent late does not tell of later things.
 */
export function webhookBody(facts: EventFacts): string {
  const body = bodyWith(facts, facts.data);
  return Buffer.byteLength(body) <= MAX_BODY_BYTES ? body : bodyWith(facts, { left_out: 'too_large' });
}

function bodyWith(facts: EventFacts, detail: EventFacts['data']): string {
  const { id, type, app, sequence } = facts;
  const data = facts.payment === undefined ? detail : { ...paymentAt(facts, facts.payment), detail };
  return JSON.stringify({ id, type, created_at: facts.createdAt.toISOString(), app, sequence, data });
}

function paymentAt({ sequence, history }: EventFacts, payment: NonNullable<EventFacts['payment']>) {
  const past = history.filter((it) => it.sequence <= (sequence ?? 0));
  return {
    payment_id: payment.id,
    order_no: payment.orderNo,
    status: statusAfter(past),
    amount: payment.amount,
    currency: payment.currency,
    amount_refunded: refundedBy(past),
  };
}

function statusAfter(past: readonly PastEvent[]): PaymentStatus {
  const happened = (type: string): boolean => past.some((it) => it.type === type);
  if (happened('payment.paid')) return 'paid';
  return happened('payment.closed') ? 'closed' : 'open';
}

/** What we owed back by rule was never the merchant's money. */
function refundedBy(past: readonly PastEvent[]): number {
  const refunds = past.filter((it) => it.type === 'refund.succeeded' && it.data['cause'] === 'merchant');
  return refunds.reduce((sum, { data }) => sum + Number(data['amount']), 0);
}
