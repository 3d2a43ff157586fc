import type { Account } from '@hutong/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import {
  aCapture,
  anEvent,
  aPaidPayment,
  aPaymentWithAttempts,
  aRefund,
  aScanCode,
  minutesAfter,
  NOW,
  openShop,
  settle,
} from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
beforeEach(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterEach(() => test.close());

const NOTHING = { rows: 0, age: 0 };

describe('what waits in the database', () => {
  it('is nothing at first', async () => {
    expect(await test.stores.operation.backlog(NOW)).toEqual({
      unknownAttempts: 0,
      oldestUnknownAge: 0,
      due: { attempts: NOTHING, refunds: NOTHING, payments: NOTHING, events: NOTHING, webhooks: NOTHING },
      refunds: { processing: 0, unknown: 0, needs_review: 0 },
      openReviews: 0,
    });
  });

  it('has the age of its oldest row, and counts only what is due', async () => {
    const { payments, operation } = test.stores;
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 3);
    await payments.moveAttempt(attempts[0]!.id, 'unknown', { nextCheckAt: minutesAfter(-2) });
    await payments.moveAttempt(attempts[1]!.id, 'unknown', { nextCheckAt: minutesAfter(9) });
    const capture = aCapture(attempts[2]!);
    await settle(test.stores, capture);
    await payments.insertRefund(aRefund(capture), anEvent('refund.created', payment.id));
    const event = { ...anEvent('refund.needs_review', payment.id) };
    const stuck = aRefund(capture);
    await payments.insertRefund(stuck, anEvent('refund.created', payment.id));
    await payments.moveRefund(stuck.id, 'needs_review', { nextCheckAt: null }, event);
    expect(await operation.backlog(minutesAfter(3))).toEqual({
      unknownAttempts: 2,
      oldestUnknownAge: 180,
      due: {
        attempts: { rows: 1, age: 300 },
        refunds: { rows: 1, age: 180 },
        payments: NOTHING,
        events: { rows: 8, age: 180 },
        webhooks: NOTHING,
      },
      refunds: { processing: 1, unknown: 0, needs_review: 1 },
      openReviews: 1,
    });
  });

  it('is counted without reading the tables through', async () => {
    const explained = await test.database.client.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<Record<string, string>[]>`
        EXPLAIN SELECT count(*) FROM events WHERE type IN ('payment.needs_review', 'refund.needs_review')`;
    });
    expect(explained.map((row) => row['QUERY PLAN']).join('\n')).toContain('events_for_review');
  });
});

describe('the schema', () => {
  it('is up to date, and says what is missing when it is not', async () => {
    expect(await test.stores.operation.pendingMigrations()).toEqual([]);
    await test.database.client.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name = '0001_init'`;
    expect(await test.stores.operation.pendingMigrations()).toEqual(['0001_init']);
  });
});

describe('the ledger', () => {
  it('lists what each number at a provider captured and sent back, by number, in pages', async () => {
    const { payment, capture } = await aPaidPayment(test.stores, account);
    const refund = aRefund(capture);
    await test.stores.payments.insertRefund(refund, anEvent('refund.created', payment.id));
    const { payment: other } = await aPaymentWithAttempts(test.stores, account, 1);
    await test.stores.payments.openAttempt(aScanCode(other), anEvent('payment.attempt_opened', other.id));
    const whole = await test.stores.operation.ledger({ after: '', limit: 10 });
    expect(whole.map(({ reference }) => reference)).toEqual(whole.map(({ reference }) => reference).toSorted());
    expect(whole).toHaveLength(2);
    expect(whole.find(({ paymentId }) => paymentId === payment.id)).toEqual({
      reference: expect.stringMatching(/^att_/),
      provider: 'wire',
      paymentId: payment.id,
      status: 'paid',
      captured: 1_299,
      refunds: [{ reference: refund.reference, amount: 100, status: 'processing' }],
    });
    const after = whole[0]!.reference;
    expect(await test.stores.operation.ledger({ after, limit: 1 })).toEqual([whole[1]]);
  });
});
