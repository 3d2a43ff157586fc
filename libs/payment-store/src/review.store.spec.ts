import type { Account } from '@hutong/payment-core';
import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { anEvent, aPaidPayment, aPaymentWithAttempts, aRefund, BY, NOW, openShop } from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
let paymentId: string;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
beforeEach(async () => {
  paymentId = (await aPaymentWithAttempts(test.stores, account, 1)).payment.id;
});
afterAll(() => test.close());

const review = (code: string) => ({ ...anEvent('payment.needs_review', paymentId), data: { code } });
const raise = async (code: string) => {
  const event = review(code);
  await test.stores.payments.raiseReview(event);
  return event.id;
};
const needsReview = async () => (await test.stores.payments.loadPayment(paymentId))?.payment.needsReview ?? false;
const open = async () =>
  (await test.stores.reviews.listReviews({ status: 'open', limit: 500 })).filter((it) => it.paymentId === paymentId);

async function resolve(id: string) {
  const found = (await test.stores.reviews.findReview(id))!;
  return test.stores.reviews.resolveReview(found, { action: 'dismiss', note: 'by phone', at: NOW }, BY);
}

describe('a review', () => {
  it('is open from its event to its resolution, and its payment says so', async () => {
    expect(await needsReview()).toBe(false);
    const [first, second] = [await raise('a'), await raise('b')];
    expect((await open()).map(({ id }) => id)).toEqual([first, second].toSorted());
    expect(await resolve(first)).toBe(true);
    expect([await needsReview(), (await open()).map(({ id }) => id)]).toEqual([true, [second]]);
    await resolve(second);
    expect([await needsReview(), await open()]).toEqual([false, []]);
    const resolution = { action: 'dismiss', note: 'by phone', actor: 'test', at: NOW };
    expect(await test.stores.reviews.findReview(first)).toMatchObject({ data: { code: 'a' }, resolution });
  });

  it('is not raised twice for the same matter while it is open, and again afterwards', async () => {
    const first = await raise('again');
    await raise('again');
    expect((await open()).map(({ id }) => id)).toEqual([first]);
    await resolve(first);
    const next = await raise('again');
    expect((await open()).map(({ id }) => id)).toEqual([next]);
  });

  it('is resolved by one of many who try at once, with one entry in the audit log', async () => {
    const id = await raise('race');
    const answers = await Promise.all(Array.from({ length: 5 }, () => resolve(id)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await needsReview()).toBe(false);
    const entries = await test.stores.audit.listEntries({ after: 0, limit: 500 });
    expect(entries.filter(({ subject }) => subject === `review ${id}`)).toMatchObject([
      { action: 'review.resolved', app: 'shop', actor: 'test', detail: { action: 'dismiss', code: 'race' } },
    ]);
  });

  it('is also what a refund that waits for a person is', async () => {
    const { payment, capture } = await aPaidPayment(test.stores, account);
    const refund = aRefund(capture);
    await test.stores.payments.insertRefund(refund, anEvent('refund.created', payment.id));
    const event = anEvent('refund.needs_review', payment.id);
    await test.stores.payments.moveRefund(refund.id, 'needs_review', {}, event);
    expect((await test.stores.payments.loadPayment(payment.id))?.payment.needsReview).toBe(true);
    expect(await test.stores.reviews.findReview(event.id)).toMatchObject({ type: 'refund.needs_review' });
  });

  it('is listed page by page, of one app or by state; other events are no reviews', async () => {
    const ids = [await raise('1'), await raise('2'), await raise('3')].toSorted();
    const [last] = (await test.stores.reviews.listReviews({ limit: 500 })).filter(({ id }) => id < ids[0]!).slice(-1);
    const page = (after: string | undefined) =>
      test.stores.reviews.listReviews({ app: 'shop', ...(after !== undefined && { after }), limit: 2 });
    const first = await page(last?.id);
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect((await page(ids[1])).map(({ id }) => id)).toEqual(ids.slice(2));
    expect(await test.stores.reviews.listReviews({ app: 'nobody', limit: 9 })).toEqual([]);
    await resolve(ids[0]!);
    expect((await open()).map(({ id }) => id)).toEqual(ids.slice(1));
    expect(await test.stores.reviews.listReviews({ status: 'resolved', limit: 500 })).toContainEqual(
      expect.objectContaining({ id: ids[0] }),
    );
    const [created] = await test.stores.payments.listEvents('shop', paymentId);
    expect(await test.stores.reviews.findReview(created!.id)).toBeUndefined();
  });
});
