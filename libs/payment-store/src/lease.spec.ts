import type { Account, Lease, WorkPart } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, storesOn, type TestDatabase } from './testing.js';
import {
  aCapture,
  anEvent,
  aPaidPayment,
  aPaymentWithAttempts,
  aRefund,
  eventsOf,
  minutesAfter,
  openShop,
  settle,
} from './testing/specimens.js';

const PART: WorkPart = { at: 'wire' };

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

/** Claims what is due as a worker with stores of its own; a lease of no length is one that was slept through. */
async function claimAll(leaseMs: number): Promise<Map<string, Lease>> {
  const { payments } = storesOn(test.database, test.masterKey);
  const due = await payments.claimDue({ part: PART, now: minutesAfter(31), limit: 1_000, leaseMs });
  return new Map([...due.attempts, ...due.refunds, ...due.expired].map(({ row, lease }) => [row.id, lease]));
}

/** One of each kind, claimed by a worker that was stopped, and then by another. */
async function takenOver() {
  const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
  const { capture, payment: paid } = await aPaidPayment(test.stores, account);
  const refund = aRefund(capture);
  await test.stores.payments.insertRefund(refund, anEvent('refund.created', paid.id));
  const stopped = await claimAll(0);
  const taker = await claimAll(60_000);
  const of = (leases: Map<string, Lease>, id: string) => test.stores.payments.underLease(leases.get(id)!);
  return { payment, paid, attempt: attempts[0]!, refund, stopped, taker, of };
}

describe('F-13 a worker that was stopped for longer than its lease', () => {
  it('moves and schedules nothing once another has taken the row', async () => {
    const { payment, paid, attempt, refund, stopped, of } = await takenOver();
    const before = [
      await test.stores.payments.loadPayment(payment.id),
      await test.stores.payments.loadPayment(paid.id),
    ];
    const [asked, refunded, expired] = [of(stopped, attempt.id), of(stopped, refund.id), of(stopped, payment.id)];
    const event = anEvent('payment.needs_review', payment.id);
    expect(await asked.moveAttempt(attempt.id, 'unknown', {})).toBe(false);
    expect(await asked.moveAttempt(attempt.id, 'failed', {}, anEvent('payment.attempt_failed', payment.id))).toBe(
      false,
    );
    await asked.scheduleAttempt(attempt.id, minutesAfter(99));
    await asked.scheduleAttempt(attempt.id, minutesAfter(99), { at: minutesAfter(99), event });
    await asked.raiseReview(event);
    expect(await refunded.moveRefund(refund.id, 'unknown', {})).toBe(false);
    await refunded.scheduleRefund(refund.id, minutesAfter(99));
    expect(await refunded.takeRefundTurn(refund.id, minutesAfter(31), {})).toEqual({ turn: 'lost' });
    expect(await expired.moveAttempt(attempt.id, 'superseded', {})).toBe(false);
    expect(await expired.closePayment(payment.id, 'expired', anEvent('payment.closed', payment.id))).toBe(false);
    const after = [await test.stores.payments.loadPayment(payment.id), await test.stores.payments.loadPayment(paid.id)];
    expect(after).toEqual(before);
    expect(await eventsOf(test.stores, payment.id)).toEqual(['1 payment.created', '2 payment.attempt_opened']);
  });

  it('is told so before it calls anybody, and the one who took over is not', async () => {
    const { payment, attempt, refund, stopped, taker } = await takenOver();
    for (const id of [payment.id, attempt.id, refund.id]) {
      expect(await test.stores.payments.renewLease(stopped.get(id)!, 60_000)).toBe(false);
      expect(await test.stores.payments.renewLease(taker.get(id)!, 60_000)).toBe(true);
    }
  });

  it('still brings the proof that money moved', async () => {
    const { payment, attempt } = await takenOver();
    expect(await settle(test.stores, aCapture(attempt))).toEqual({ outcome: 'accepted' });
    expect((await test.stores.payments.loadPayment(payment.id))?.payment.status).toBe('paid');
  });
});

describe('a lease', () => {
  it('ends with the move that it was for, so that the row is free at its next time', async () => {
    const { attempt, refund, payment, taker, of } = await takenOver();
    await of(taker, attempt.id).scheduleAttempt(attempt.id, minutesAfter(31));
    await of(taker, refund.id).moveRefund(refund.id, 'unknown', { nextCheckAt: minutesAfter(31) });
    const again = await claimAll(60_000);
    expect([again.get(attempt.id)?.number, again.get(refund.id)?.number]).toEqual([3, 3]);
    expect(again.has(payment.id)).toBe(false);
  });

  it('is renewed for as long as it is held, so that nobody else gets the row', async () => {
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const { id } = attempts[0]!;
    const lease = (await claimAll(0)).get(id)!;
    expect(await test.stores.payments.renewLease(lease, 60_000)).toBe(true);
    expect((await claimAll(60_000)).has(id)).toBe(false);
  });

  it('binds workers only: what a request learns is written whoever has the row', async () => {
    const { attempt, refund } = await takenOver();
    expect(await test.stores.payments.moveAttempt(attempt.id, 'unknown', {})).toBe(true);
    expect(await test.stores.payments.moveRefund(refund.id, 'unknown', {})).toBe(true);
  });
});
