import type { Account, Due, DueQuery, WorkPart } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import {
  anAttempt,
  anEvent,
  aPaidPayment,
  aPayment,
  aPaymentWithAttempts,
  aRefund,
  aScanCode,
  minutesAfter,
  NOW,
  openShop,
} from './testing/specimens.js';

const LEASE_MS = 60_000;
const AT_WIRE: WorkPart = { at: 'wire' };
const ELSEWHERE: WorkPart = { besides: ['wire'] };

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

const idsOf = ({ attempts, refunds, expired }: Due): string[] =>
  [...attempts, ...refunds, ...expired].map(({ row }) => row.id);
const claim = (now: Date, { limit = 1_000, part = AT_WIRE, leaseMs = LEASE_MS }: Partial<DueQuery> = {}) =>
  test.stores.payments.claimDue({ part, now, limit, leaseMs });

/** Takes what other tests left due out of the way. */
const drain = async () => {
  await claim(minutesAfter(120));
  await claim(minutesAfter(120), { part: ELSEWHERE });
};

describe('claiming due work', () => {
  it('finds attempts, refunds and expired payments when their time has come, and not before', async () => {
    await drain();
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const { capture } = await aPaidPayment(test.stores, account);
    const refund = aRefund(capture);
    await test.stores.payments.insertRefund(refund, anEvent('refund.created', refund.paymentId));

    expect(idsOf(await claim(new Date(NOW.getTime() - 1)))).toEqual([]);
    expect(await claim(NOW)).toMatchObject({ attempts: [], refunds: [{ row: { id: refund.id } }], expired: [] });
    expect(await claim(minutesAfter(1))).toMatchObject({ attempts: [{ row: attempts[0] }], refunds: [] });
    const due = await claim(minutesAfter(30));
    expect(due).toMatchObject({ attempts: [], refunds: [], expired: [{ row: payment }] });
    expect(due.expired[0]?.lease).toEqual({ kind: 'payment', id: payment.id, number: 1 });
  });

  it("leaves a claimed row alone while its lease lasts by the database's clock, however late it is here", async () => {
    await drain();
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    expect(idsOf(await claim(minutesAfter(1)))).toEqual([attempts[0]!.id]);
    expect(idsOf(await claim(minutesAfter(29)))).toEqual([]);
    const { attempts: others } = await aPaymentWithAttempts(test.stores, account, 1);
    const leases = [];
    for (let round = 0; round < 3; round++) leases.push(...(await claim(minutesAfter(1), { leaseMs: 0 })).attempts);
    expect(leases.map(({ lease }) => lease)).toEqual(
      [1, 2, 3].map((number) => ({ kind: 'attempt', id: others[0]!.id, number })),
    );
  });

  it('never gives the same row to two claimers', async () => {
    await drain();
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 40);
    const rounds = Array.from({ length: 10 }, () => claim(minutesAfter(2), { limit: 5 }));
    const claimed = (await Promise.all(rounds)).flatMap(idsOf);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = idsOf(await claim(minutesAfter(2)));
    expect([...claimed, ...rest].toSorted()).toEqual(attempts.map(({ id }) => id).toSorted());
  });

  it('takes the longest waiting first, whatever they are, and no more than the limit in all', async () => {
    await drain();
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 3);
    const [a, b, c] = attempts.map(({ id }) => id) as [string, string, string];
    const { capture } = await aPaidPayment(test.stores, account);
    const refund = aRefund(capture, { nextCheckAt: minutesAfter(1.5) });
    await test.stores.payments.insertRefund(refund, anEvent('refund.created', refund.paymentId));
    for (const [id, minutes] of [
      [a, 3],
      [b, 1],
      [c, 2],
    ] as const)
      await test.stores.payments.scheduleAttempt(id, minutesAfter(minutes));
    expect(idsOf(await claim(minutesAfter(5), { limit: 2 })).toSorted()).toEqual([b, refund.id].toSorted());
    expect(idsOf(await claim(minutesAfter(5), { limit: 1 }))).toEqual([c]);
  });

  it('forgets payments that are paid or closed', async () => {
    await drain();
    await aPaidPayment(test.stores, account);
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    await test.stores.payments.closePayment(payment.id, 'canceled', anEvent('payment.closed', payment.id));
    expect((await claim(minutesAfter(60), { part: ELSEWHERE })).expired).toEqual([]);
  });
});

describe('the work of one provider', () => {
  it('is not that of another, nor of the rest', async () => {
    await drain();
    const { payments } = test.stores;
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const code = aScanCode(payment, { nextCheckAt: minutesAfter(1) });
    await payments.openAttempt(code, anEvent('payment.attempt_opened', payment.id));
    const { capture } = await aPaidPayment(test.stores, account);
    const refund = aRefund(capture);
    await payments.insertRefund(refund, anEvent('refund.created', refund.paymentId));

    expect(idsOf(await claim(minutesAfter(2), { part: { at: 'another' } }))).toEqual([]);
    expect(idsOf(await claim(minutesAfter(2), { part: ELSEWHERE }))).toEqual([code.id]);
    expect(idsOf(await claim(minutesAfter(2))).toSorted()).toEqual([attempts[0]!.id, refund.id].toSorted());
  });

  it('includes expired payments with a live attempt there; those without wait for nobody', async () => {
    await drain();
    const { payments } = test.stores;
    const { payment } = await aPaymentWithAttempts(test.stores, account, 1);
    const idle = aPayment();
    await payments.insertPayment(idle, anEvent('payment.created', idle.id));
    const over = aPayment();
    await payments.insertPayment(over, anEvent('payment.created', over.id));
    const failed = anAttempt(over, account, { status: 'failed' });
    await payments.openAttempt(failed, anEvent('payment.attempt_opened', over.id));

    const rest = await claim(minutesAfter(30), { part: ELSEWHERE });
    expect(rest.expired.map(({ row }) => row.id).toSorted()).toEqual([idle.id, over.id].toSorted());
    expect((await claim(minutesAfter(30))).expired.map(({ row }) => row.id)).toEqual([payment.id]);
  });

  it('of a provider that is not installed any more is part of the rest', async () => {
    await drain();
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    expect(idsOf(await claim(minutesAfter(1), { part: { besides: ['another'] } }))).toEqual([attempts[0]!.id]);
  });
});
