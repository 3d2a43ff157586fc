import type { Account, Due } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import {
  anEvent,
  aPaidPayment,
  aPaymentWithAttempts,
  aRefund,
  minutesAfter,
  NOW,
  openShop,
} from './testing/specimens.js';

const LEASE_MS = 60_000;

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

const idsOf = ({ attempts, refunds, expired }: Due): string[] =>
  [...attempts, ...refunds, ...expired].map(({ id }) => id);
const claim = (now: Date, limit = 1_000) => test.stores.payments.claimDue(now, limit, LEASE_MS);

/** Empties what other tests left due. */
const drain = (now: Date) => claim(now);

describe('claiming due work', () => {
  it('finds attempts, refunds and expired payments when their time has come, and not before', async () => {
    await drain(minutesAfter(120));
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const { capture } = await aPaidPayment(test.stores, account);
    const refund = aRefund(capture);
    await test.stores.payments.insertRefund(refund, anEvent('refund.created', refund.paymentId));

    expect(idsOf(await claim(new Date(NOW.getTime() - 1)))).toEqual([]);
    expect(await claim(NOW)).toMatchObject({ attempts: [], refunds: [{ id: refund.id }], expired: [] });
    expect(idsOf(await claim(minutesAfter(1)))).toEqual([attempts[0]!.id, refund.id]);
    const due = await claim(minutesAfter(30));
    expect(due.expired).toEqual([payment]);
    expect(due.attempts[0]).toEqual({ ...attempts[0], nextCheckAt: minutesAfter(31) });
  });

  it('leaves a claimed row alone until its lease has passed', async () => {
    await drain(minutesAfter(120));
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const due = minutesAfter(1);
    expect(idsOf(await claim(due))).toEqual([attempts[0]!.id]);
    expect(idsOf(await claim(new Date(due.getTime() + LEASE_MS - 1)))).toEqual([]);
    expect(idsOf(await claim(new Date(due.getTime() + LEASE_MS)))).toEqual([attempts[0]!.id]);
  });

  it('never gives the same row to two claimers', async () => {
    await drain(minutesAfter(120));
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 40);
    const claimed = (await Promise.all(Array.from({ length: 10 }, () => claim(minutesAfter(2), 5)))).flatMap(idsOf);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = idsOf(await claim(minutesAfter(2)));
    expect([...claimed, ...rest].toSorted()).toEqual(attempts.map(({ id }) => id).toSorted());
  });

  it('takes the longest waiting first when there are more than the limit', async () => {
    await drain(minutesAfter(120));
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 3);
    const [a, b, c] = attempts.map(({ id }) => id) as [string, string, string];
    for (const [id, minutes] of [
      [a, 3],
      [b, 1],
      [c, 2],
    ] as const)
      await test.stores.payments.scheduleAttempt(id, minutesAfter(minutes));
    expect(idsOf(await claim(minutesAfter(5), 2)).toSorted()).toEqual([b, c].toSorted());
  });

  it('forgets payments that are paid or closed', async () => {
    await drain(minutesAfter(120));
    await aPaidPayment(test.stores, account);
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    await test.stores.payments.closePayment(payment.id, 'canceled', anEvent('payment.closed', payment.id));
    expect((await claim(minutesAfter(60))).expired).toEqual([]);
  });
});
