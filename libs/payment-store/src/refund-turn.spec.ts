import { money } from '@hutong/payment-port';
import type { Account, Capture } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { anEvent, aPaidPayment, aRefund, minutesAfter, NOW, openShop } from './testing/specimens.js';

const A_MINUTE = { apartMs: 60_000 };

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

type Part = Omit<Capture, 'accepted'>;

const insert = (capture: Part, createdAt = NOW, spacing: { parts?: number; apartMs?: number } = A_MINUTE) =>
  test.stores.payments.insertRefund(
    aRefund(capture, { amount: money(1), createdAt }),
    anEvent('refund.created', capture.paymentId),
    spacing,
  );

async function inserted(capture: Part, createdAt = NOW) {
  const answer = await insert(capture, createdAt);
  if (answer.outcome !== 'inserted') throw new Error(answer.outcome);
  return answer.refund;
}

describe('refunds of one capture', () => {
  it('go one after the other, at the distance that the provider wants, however many come at once', async () => {
    const { capture } = await aPaidPayment(test.stores, account);
    const refunds = await Promise.all(Array.from({ length: 5 }, () => inserted(capture)));
    const times = refunds.map(({ sentAt, sendAt }) => (sentAt ?? sendAt)?.getTime()).toSorted();
    expect(times).toEqual([0, 1, 2, 3, 4].map((minute) => minutesAfter(minute).getTime()));
    const waiting = refunds.filter(({ sentAt }) => sentAt === undefined);
    expect(waiting).toHaveLength(4);
    expect(waiting.map(({ nextCheckAt }) => nextCheckAt)).toEqual(waiting.map(({ sendAt }) => sendAt));
  });

  it('that come later go at once, and nothing keeps those of another capture', async () => {
    const { capture } = await aPaidPayment(test.stores, account);
    const other = await aPaidPayment(test.stores, account);
    expect(await inserted(capture)).toMatchObject({ sentAt: NOW });
    expect(await inserted(other.capture)).toMatchObject({ sentAt: NOW });
    expect(await inserted(capture, minutesAfter(1))).toMatchObject({ sentAt: minutesAfter(1) });
  });

  it('are never more than the provider takes; what failed was none', async () => {
    const { payments } = test.stores;
    const { capture } = await aPaidPayment(test.stores, account);
    const all = await Promise.all(Array.from({ length: 6 }, () => insert(capture, NOW, { parts: 4 })));
    expect(all.map(({ outcome }) => outcome).toSorted()).toEqual([
      ...Array(4).fill('inserted'),
      'too_many',
      'too_many',
    ]);
    const one = all.find(({ outcome }) => outcome === 'inserted') as { refund: { id: string } };
    await payments.moveRefund(one.refund.id, 'failed', { code: 'no', nextCheckAt: null });
    expect(await insert(capture, NOW, { parts: 4 })).toMatchObject({ outcome: 'inserted' });
  });
});

describe('taking a turn', () => {
  it('commits the moment of sending; too soon after another it says when instead', async () => {
    const { payments } = test.stores;
    const { capture } = await aPaidPayment(test.stores, account);
    await inserted(capture);
    const [second, third] = [await inserted(capture), await inserted(capture)];
    const late = minutesAfter(2.5);
    expect(await payments.takeRefundTurn(second.id, late, A_MINUTE)).toEqual({ turn: 'now' });
    expect(await payments.takeRefundTurn(third.id, late, A_MINUTE)).toEqual({ turn: 'later', at: minutesAfter(3.5) });
    expect(await payments.findRefund('shop', second.id)).toMatchObject({ sentAt: late });
    const waiting = await payments.findRefund('shop', third.id);
    expect(waiting).toMatchObject({ sendAt: minutesAfter(3.5), nextCheckAt: minutesAfter(3.5) });
    expect(waiting).not.toHaveProperty('sentAt');
    expect(await payments.takeRefundTurn(third.id, minutesAfter(3.5), A_MINUTE)).toEqual({ turn: 'now' });
  });

  it('is given to one of many that ask at once', async () => {
    const { capture } = await aPaidPayment(test.stores, account);
    const refunds = [];
    for (let i = 0; i < 5; i++) refunds.push(await inserted(capture));
    const turns = await Promise.all(
      refunds.slice(1).map(({ id }) => test.stores.payments.takeRefundTurn(id, minutesAfter(9), A_MINUTE)),
    );
    expect(turns.filter(({ turn }) => turn === 'now')).toHaveLength(1);
  });
});
