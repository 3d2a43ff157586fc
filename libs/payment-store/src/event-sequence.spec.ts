import { money } from '@hutong/payment-port';
import type { Account } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { aCapture, anAttempt, anEvent, aPaymentWithAttempts, aRefund, openShop, settle } from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

describe('the events of a payment', () => {
  it('are numbered without a gap, whatever writes to it at once and whatever of that is refused', async () => {
    const { payments } = test.stores;
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 6);
    const event = (type: Parameters<typeof anEvent>[0]) => anEvent(type, payment.id);
    const first = aCapture(attempts[0]!);
    await settle(test.stores, first);
    await Promise.allSettled([
      ...attempts.map((attempt) => settle(test.stores, aCapture(attempt))),
      ...attempts.map((attempt) => payments.moveAttempt(attempt.id, 'failed', {}, event('payment.attempt_failed'))),
      ...attempts.map(() => payments.openAttempt(anAttempt(payment, account), event('payment.attempt_opened'))),
      ...attempts.map(() => payments.insertRefund(aRefund(first, { amount: money(400) }), event('refund.created'))),
      ...attempts.map(() => payments.appendEvent(event('payment.needs_review'))),
      payments.closePayment(payment.id, 'expired', event('payment.closed')),
    ]);
    const events = await payments.listEvents('shop', payment.id);
    expect(events.length).toBeGreaterThan(7 + 1 + 6 + 3 + 5);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    const row = await test.database.client.payment.findUniqueOrThrow({ where: { id: payment.id } });
    expect(row.lastSequence).toBe(events.length);
  });

  it('come back as they were written, to their own app only', async () => {
    const { payments } = test.stores;
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    const event = {
      ...anEvent('payment.needs_review', payment.id),
      data: { code: 'amount_mismatch', amount: 1300, 名: ['“”', null] },
    };
    await payments.appendEvent(event);
    expect((await payments.listEvents('shop', payment.id))[1]).toEqual({ ...event, sequence: 2 });
    expect(await payments.listEvents('other', payment.id)).toEqual([]);
  });
});
