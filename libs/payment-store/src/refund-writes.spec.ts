import { money } from '@hutong/payment-port';
import { REFUND_SOURCES, REFUND_STATUSES, type Account, type RefundStatus } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { anEvent, aPaidPayment, aRefund, eventsOf, minutesAfter, NOW, openShop } from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

const created = (paymentId: string) => anEvent('refund.created', paymentId);

describe('inserting a refund', () => {
  it('never lets many at once exceed what was captured', async () => {
    const { payments } = test.stores;
    const { payment, capture } = await aPaidPayment(test.stores, account);
    const rivals = Array.from({ length: 20 }, () => aRefund(capture, { amount: money(150) }));
    const answers = await Promise.all(rivals.map((it) => payments.insertRefund(it, created(payment.id))));
    expect(answers.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(8);
    expect(answers.filter(({ outcome }) => outcome === 'exceeds')).toContainEqual({
      outcome: 'exceeds',
      refundable: 99,
    });
    expect((await payments.loadPayment(payment.id))?.refunds).toHaveLength(8);
    const events = await eventsOf(test.stores, payment.id);
    expect(events).toHaveLength(3 + 8);
    expect(events.at(-1)).toBe('11 refund.created');
  });

  it('may take everything, and gives back what failed', async () => {
    const { payments } = test.stores;
    const { payment, capture } = await aPaidPayment(test.stores, account);
    const all = aRefund(capture, { amount: capture.amount });
    expect(await payments.insertRefund(all, created(payment.id))).toEqual({ outcome: 'inserted', refund: all });
    const one = aRefund(capture, { amount: money(1) });
    expect(await payments.insertRefund(one, created(payment.id))).toEqual({ outcome: 'exceeds', refundable: 0 });
    await payments.moveRefund(all.id, 'unknown', {});
    expect(await payments.insertRefund(one, created(payment.id))).toMatchObject({ outcome: 'exceeds' });
    await payments.moveRefund(all.id, 'failed', { code: 'no_balance', nextCheckAt: null });
    expect(await payments.insertRefund(one, created(payment.id))).toMatchObject({ outcome: 'inserted' });
  });

  it('answers the one that stands there when the number is taken, also from another payment of the app', async () => {
    const { payments } = test.stores;
    const [a, b] = [await aPaidPayment(test.stores, account), await aPaidPayment(test.stores, account)];
    const rivals = [a, b, a, b].map(({ capture }) => aRefund(capture, { refundNo: 'refund-1' }));
    const answers = await Promise.all(rivals.map((it) => payments.insertRefund(it, created(it.paymentId))));
    expect(answers.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'exists')).toHaveLength(3);
    expect(new Set(answers.map((it) => ('refund' in it ? it.refund.id : ''))).size).toBe(1);
    const events = [...(await eventsOf(test.stores, a.payment.id)), ...(await eventsOf(test.stores, b.payment.id))];
    expect(events.filter((it) => it.endsWith('refund.created'))).toEqual(['4 refund.created']);
  });

  it('is refused for a capture of another payment', async () => {
    const [a, b] = [await aPaidPayment(test.stores, account), await aPaidPayment(test.stores, account)];
    const crossed = aRefund(a.capture, { paymentId: b.payment.id });
    await expect(test.stores.payments.insertRefund(crossed, created(b.payment.id))).rejects.toThrow(/record/);
  });
});

const moves = REFUND_STATUSES.flatMap((from) => REFUND_STATUSES.map((to) => ({ from, to })));

describe.each(moves)('a refund that is $from', ({ from, to }) => {
  const legal = (REFUND_SOURCES[to] as readonly RefundStatus[]).includes(from);

  it.each([true, false])(`${legal ? 'moves' : 'never moves'} to ${to} (with an event: %s)`, async (withEvent) => {
    const { payments } = test.stores;
    const { payment, capture } = await aPaidPayment(test.stores, account);
    const refund = aRefund(capture, { status: from, ...(from === 'succeeded' ? { succeededAt: NOW } : {}) });
    await payments.insertRefund(refund, created(payment.id));
    const change = { nextCheckAt: null, ...(to === 'succeeded' ? { succeededAt: minutesAfter(3) } : {}) };
    const event = withEvent ? anEvent('refund.needs_review', payment.id) : undefined;
    expect(await payments.moveRefund(refund.id, to, change, event)).toBe(legal);
    const { nextCheckAt: _, ...unwatched } = refund;
    const after = { ...unwatched, status: to, ...(to === 'succeeded' ? { succeededAt: minutesAfter(3) } : {}) };
    expect(await payments.findRefund('shop', refund.id)).toEqual(legal ? after : refund);
    const events = await eventsOf(test.stores, payment.id);
    expect(events.slice(4)).toEqual(legal && withEvent ? ['5 refund.needs_review'] : []);
  });
});

describe('scheduling a refund', () => {
  it('sets when to ask next and counts one check', async () => {
    const { payment, capture } = await aPaidPayment(test.stores, account);
    const refund = aRefund(capture);
    await test.stores.payments.insertRefund(refund, created(payment.id));
    await test.stores.payments.scheduleRefund(refund.id, minutesAfter(5));
    expect(await test.stores.payments.findRefund('shop', refund.id)).toEqual({
      ...refund,
      checks: 1,
      nextCheckAt: minutesAfter(5),
    });
  });
});
