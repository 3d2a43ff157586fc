import type { Money, NextAction } from '@hutong/payment-port';
import type { Attempt, Capture, NewEvent, Payment, PaymentEvent, PaymentRecord, Refund } from '@hutong/payment-core';
import { Prisma } from './generated/client.js';
import { withoutNulls } from './without-nulls.js';

export type PaymentRow = Prisma.PaymentGetPayload<object>;
export type AttemptRow = Prisma.AttemptGetPayload<object>;
export type CaptureRow = Prisma.CaptureGetPayload<object>;
export type RefundRow = Prisma.RefundGetPayload<object>;
export type EventRow = Prisma.EventGetPayload<object>;
export type RecordRow = PaymentRow & {
  readonly attempts: readonly AttemptRow[];
  readonly captures: readonly CaptureRow[];
  readonly refunds: readonly RefundRow[];
};

/** States are closed by CHECKs, and what we wrote into a JSON column is what comes back: the casts below say only that. */
export function paymentOf({ amount, currency, openReviews, ...row }: PaymentRow): Payment {
  const { lastSequence: _, nextCheckAt: __, leasedUntil: ___, lease: ____, ...payment } = row;
  return {
    ...withoutNulls(payment),
    amount: moneyOf(amount, currency),
    ...(openReviews > 0 && { needsReview: true }),
  } as Payment;
}

export function attemptOf({ nextAction, leasedUntil: _, lease: __, ...row }: AttemptRow): Attempt {
  return { ...withoutNulls(row), ...(nextAction === null ? {} : { nextAction: actionOf(nextAction) }) } as Attempt;
}

export function captureOf({ amount, currency, ...row }: CaptureRow): Capture {
  return { ...withoutNulls(row), amount: moneyOf(amount, currency) } as Capture;
}

export function refundOf({ amount, currency, leasedUntil: _, lease: __, ...row }: RefundRow): Refund {
  return { ...withoutNulls(row), amount: moneyOf(amount, currency) } as Refund;
}

export function eventOf({ relayedAt: _, body: __, ...row }: EventRow): PaymentEvent {
  return row as unknown as PaymentEvent;
}

export function recordOf({ attempts, captures, refunds, ...payment }: RecordRow): PaymentRecord {
  return {
    payment: paymentOf(payment),
    attempts: attempts.map(attemptOf),
    captures: captures.map(captureOf),
    refunds: refunds.map(refundOf),
  };
}

/** BIGINT comes back as bigint; what we store is a safe integer, so the number is exact. */
export function moneyOf(amount: bigint, currency: string): Money {
  return { amount: Number(amount), currency } as Money;
}

/** JSON has no dates: `expiresAt` travels as ISO 8601 text. */
export function actionOf(json: Prisma.JsonValue): NextAction {
  const action = json as unknown as Omit<NextAction, 'expiresAt'> & { readonly expiresAt: string };
  return { ...action, expiresAt: new Date(action.expiresAt) } as NextAction;
}

export function actionRow(action: NextAction): Prisma.InputJsonObject {
  return { ...action, expiresAt: action.expiresAt.toISOString() } as unknown as Prisma.InputJsonObject;
}

export function paymentRow({ amount, payer, metadata, needsReview: _, ...payment }: Payment) {
  return {
    ...payment,
    amount: amount.amount,
    currency: amount.currency,
    payer: (payer as Prisma.InputJsonObject | undefined) ?? Prisma.DbNull,
    metadata: metadata ?? Prisma.DbNull,
    nextCheckAt: payment.status === 'open' ? payment.expiresAt : null,
  };
}

export function refundRow({ amount, ...refund }: Refund) {
  return { ...refund, amount: amount.amount, currency: amount.currency };
}

export function eventRow({ data, ...event }: NewEvent, sequence: number) {
  return { ...event, data: data as Prisma.InputJsonObject, sequence };
}
