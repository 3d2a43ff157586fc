import type { Account } from '@hutong/payment-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { BY, anEvent, aPaidPayment, aPayment, aRefund, openShop } from './testing/specimens.js';
import { Abandon, atomically, type Tx } from './transaction.js';

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
  await test.database.client.$executeRawUnsafe(
    'CREATE TABLE marks (id int, CONSTRAINT late UNIQUE (id) DEFERRABLE INITIALLY DEFERRED)',
  );
});
beforeEach(() => test.database.client.$executeRaw`DELETE FROM marks`);
afterAll(() => test.close());

const mark = (tx: Tx, id: number) => tx.$executeRaw`INSERT INTO marks VALUES (${id}::int)`;
const marks = async () => (await test.database.client.$queryRaw<unknown[]>`SELECT id FROM marks`).length;

describe('a transaction', () => {
  it('keeps everything', async () => {
    const answer = await atomically(test.database.client, async (tx) => (await mark(tx, 1)) + (await mark(tx, 2)));
    expect([answer, await marks()]).toEqual([2, 2]);
  });

  it('keeps nothing when it throws, and throws that', async () => {
    const error = new Error('no');
    const work = async (tx: Tx): Promise<void> => {
      await mark(tx, 1);
      throw error;
    };
    await expect(atomically(test.database.client, work)).rejects.toBe(error);
    expect(await marks()).toBe(0);
  });

  it('keeps nothing when it is abandoned, and answers what was asked for', async () => {
    const work = async (tx: Tx): Promise<boolean> => {
      await mark(tx, 1);
      throw new Abandon(false);
    };
    expect(await atomically(test.database.client, work)).toBe(false);
    expect(await marks()).toBe(0);
  });

  it('is not called committed when COMMIT itself fails', async () => {
    const twice = async (tx: Tx) => (await mark(tx, 7), mark(tx, 7));
    await expect(atomically(test.database.client, twice)).rejects.toThrow(/late|unique/i);
    expect(await marks()).toBe(0);
  });

  it('leaves the database usable after a statement inside it failed', async () => {
    const broken = (tx: Tx) => tx.$executeRaw`INSERT INTO nowhere VALUES (1)`;
    await expect(atomically(test.database.client, broken)).rejects.toThrow(/nowhere/);
    await test.stores.ping();
  });
});

describe('a write', () => {
  it('reaches its own transaction only: many at once never wait for one another for ever', async () => {
    const { payments } = test.stores;
    const { payment, capture } = await aPaidPayment(test.stores, account);
    const writes = Array.from({ length: 12 }, (_, index) => [
      payments.insertRefund(aRefund(capture), anEvent('refund.created', payment.id)),
      payments.appendEvent(anEvent('payment.needs_review', payment.id)),
      payments.insertPayment(aPayment({ id: `pay_many_${index}` }), anEvent('payment.created', `pay_many_${index}`)),
      payments.closePayment(payment.id, 'expired', anEvent('payment.closed', payment.id)),
      payments.moveAttempt('att_none', 'failed', {}, anEvent('payment.attempt_failed', payment.id)),
      payments.moveRefund('ref_none', 'failed', {}, anEvent('refund.failed', payment.id)),
      test.stores.config.addAccountVersion({ app: 'shop', provider: 'wire', ref: 'main', settings: {} }, [], BY),
      payments.loadPayment(payment.id),
    ]).flat();
    const ended = await Promise.allSettled(writes);
    expect(ended.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});
