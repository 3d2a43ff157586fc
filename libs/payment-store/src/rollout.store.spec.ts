import { newId, type Account, type AppEvent, type AttemptStatus, type RolloutHold } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { anAttempt, anEvent, aPayment, BY, minutesAfter, NOW, openShop } from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

const held = (method: string): RolloutHold => ({
  id: newId('hld'),
  app: 'shop',
  method,
  heldAt: NOW,
  cause: 'guardrail',
  paid: 3,
  failed: 7,
});
const event = (method: string): AppEvent => ({
  id: newId('evt'),
  type: 'rollout.held',
  app: 'shop',
  data: { method },
  createdAt: NOW,
});

describe('a rollout', () => {
  it('is held once, with its event, until it is released', async () => {
    const { rollouts } = test.stores;
    const hold = held('wire_pay');
    const tries = await Promise.all([hold, held('wire_pay')].map((it) => rollouts.hold(it, event('wire_pay'), BY)));
    expect(tries.toSorted()).toEqual([false, true]);
    const [kept] = await rollouts.listHolds('shop');
    expect(kept).toMatchObject({ method: 'wire_pay', heldAt: NOW, paid: 3, failed: 7 });
    expect(await test.database.client.event.count({ where: { type: 'rollout.held' } })).toBe(1);

    expect(await rollouts.release('shop', 'wire_pay', minutesAfter(5), BY)).toBe(true);
    expect(await rollouts.release('shop', 'wire_pay', minutesAfter(5), BY)).toBe(false);
    expect(await rollouts.listHolds('shop')).toEqual([]);
    expect(await rollouts.hold(held('wire_pay'), event('wire_pay'), BY)).toBe(true);
    const log = await test.stores.audit.listEntries({ app: 'shop', after: 0, limit: 100 });
    expect(log.map(({ action }) => action).filter((action) => action.startsWith('rollout'))).toEqual([
      'rollout.held',
      'rollout.released',
      'rollout.held',
    ]);
  });

  it('is judged by how the attempts since its step ended', async () => {
    const ended: readonly [AttemptStatus, number][] = [
      ['paid', 1],
      ['failed', 2],
      ['failed', 3],
      ['closed', 4],
      ['superseded', 5],
      ['unknown', 6],
      ['failed', -10],
    ];
    for (const [status, minutes] of ended) await insertEnded(status, minutesAfter(minutes));
    expect(await test.stores.rollouts.tally('shop', 'wire_scan', NOW)).toEqual({ paid: 1, failed: 2 });
    expect(await test.stores.rollouts.tally('shop', 'wire_scan', minutesAfter(-60))).toEqual({ paid: 1, failed: 3 });
    expect(await test.stores.rollouts.tally('shop', 'other', NOW)).toEqual({ paid: 0, failed: 0 });
  });
});

async function insertEnded(status: AttemptStatus, createdAt: Date): Promise<void> {
  const payment = aPayment();
  await test.stores.payments.insertPayment(payment, anEvent('payment.created', payment.id));
  const attempt = anAttempt(payment, account, { createdAt });
  await test.stores.payments.openAttempt(attempt, anEvent('payment.attempt_opened', payment.id));
  await test.database.client.attempt.update({ where: { id: attempt.id }, data: { status } });
}

describe('what payers were shown', () => {
  it('is kept with every fact, per payment and by time', async () => {
    const { impressions, payments } = test.stores;
    const payment = aPayment();
    await payments.insertPayment(payment, anEvent('payment.created', payment.id));
    const facts = {
      amount: 1_299,
      currency: 'CNY',
      scene: 'app' as const,
      now: NOW,
      accounts: ['wire'],
      holds: { wire_pay: NOW.toISOString() },
      unfit: {},
    };
    const at = (minutes: number) => ({
      id: newId('imp', minutesAfter(minutes)),
      app: 'shop',
      paymentId: payment.id,
      configVersion: 3,
      facts,
      shown: ['wire_pay', 'wire_scan'],
      createdAt: minutesAfter(minutes),
    });
    const [first, second] = [at(1), at(2)];
    await impressions.addImpression(first);
    await impressions.addImpression(second);
    expect(await impressions.listImpressions('shop', payment.id)).toEqual([first, second]);
    expect(await impressions.listImpressions('other', payment.id)).toEqual([]);
    const between = (from: number, until: number, after?: string) =>
      impressions.listImpressionsBetween({
        app: 'shop',
        from: minutesAfter(from),
        until: minutesAfter(until),
        limit: 10,
        ...(after === undefined ? {} : { after }),
      });
    expect(await between(1, 2)).toEqual([first]);
    expect(await between(1, 3)).toEqual([first, second]);
    expect(await between(1, 3, first.id)).toEqual([second]);
  });
});
