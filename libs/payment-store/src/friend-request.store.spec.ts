import { newId, type Account, type FriendRequest, type Payment } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import {
  anAttempt,
  anEvent,
  aPaidPayment,
  aPayment,
  aPaymentWithAttempts,
  eventsOf,
  minutesAfter,
  NOW,
  openShop,
} from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

function aRequest(payment: Payment, change: Partial<FriendRequest> = {}): FriendRequest {
  return {
    id: newId('fr'),
    app: payment.app,
    paymentId: payment.id,
    method: 'wire_friend_pay',
    contentHash: 'hash',
    token: newId('fr'),
    textCode: newId('fr'),
    createdAt: NOW,
    expiresAt: payment.expiresAt,
    attemptCount: 0,
    ...change,
  };
}

const created = ({ id }: Payment) => anEvent('friend_request.created', id);
const insert = (payment: Payment, request: FriendRequest) =>
  test.stores.friends.insertRequest(request, created(payment));

async function anOpenRequest(change: Partial<FriendRequest> = {}) {
  const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
  const request = aRequest(payment, change);
  expect(await insert(payment, request)).toEqual({ outcome: 'inserted' });
  return { payment, request };
}

describe('inserting a request', () => {
  it('keeps it whole, to be found by id, token and text code of its app only', async () => {
    const { request } = await anOpenRequest({ message: '帮我付一下' });
    const { friends } = test.stores;
    expect(await friends.findRequest('shop', request.id)).toEqual(request);
    expect(await friends.findRequestByToken(request.token)).toEqual(request);
    expect(await friends.findRequestByTextCode('shop', request.textCode)).toEqual(request);
    expect(await friends.findRequest('other', request.id)).toBeUndefined();
    expect(await friends.findRequestByTextCode('other', request.textCode)).toBeUndefined();
    expect(await friends.findRequestByToken(request.id)).toBeUndefined();
  });

  it('answers the one that stands, with no trace of the other', async () => {
    const { payment, request } = await anOpenRequest();
    const other = aRequest(payment, { createdAt: minutesAfter(1) });
    expect(await insert(payment, other)).toEqual({ outcome: 'stands', request });
    expect(await test.stores.friends.findRequest('shop', other.id)).toBeUndefined();
    expect(await eventsOf(test.stores, payment.id)).toEqual(['1 payment.created', '2 friend_request.created']);
  });

  it.each([
    ['another method', {}, { method: 'rival_friend_pay' }],
    ['one that is canceled', { canceledAt: NOW }, {}],
    ['one that is expired', { expiresAt: minutesAfter(1) }, { createdAt: minutesAfter(1) }],
  ])('is not kept away by %s', async (_what, standing, change) => {
    const { payment } = await anOpenRequest(standing);
    expect(await insert(payment, aRequest(payment, change))).toEqual({ outcome: 'inserted' });
  });

  it('is refused once the payment is paid, closed or of another app', async () => {
    const { payment } = await aPaidPayment(test.stores, account);
    expect(await insert(payment, aRequest(payment))).toEqual({ outcome: 'payment_over' });
    const { payment: foreign } = await aPaymentWithAttempts(test.stores, account, 0);
    expect(await insert(foreign, aRequest(foreign, { app: 'other' }))).toEqual({ outcome: 'payment_over' });
    const closed = aPayment();
    await test.stores.payments.insertPayment(closed, anEvent('payment.created', closed.id));
    await test.stores.payments.closePayment(closed.id, 'canceled', anEvent('payment.closed', closed.id));
    expect(await insert(closed, aRequest(closed))).toEqual({ outcome: 'payment_over' });
  });

  it('of ten at once inserts one', async () => {
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => insert(payment, aRequest(payment))));
    expect(outcomes.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'stands')).toHaveLength(9);
  });

  it('never uses a token twice, nor a code within an app', async () => {
    const { request } = await anOpenRequest();
    for (const twice of [{ token: request.token }, { textCode: request.textCode }]) {
      const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
      await expect(insert(payment, aRequest(payment, twice))).rejects.toThrow(/[Uu]nique/);
    }
  });
});

describe('holding a request', () => {
  const hold = (request: FriendRequest, holder: string, minute: number) =>
    test.stores.friends.hold(
      request,
      { holder, now: minutesAfter(minute), until: minutesAfter(minute + 3) },
      anEvent('friend_request.held', request.paymentId),
    );

  it('is for one at a time: they go on as long as they act, and the next may come when they do not', async () => {
    const { request, payment } = await anOpenRequest();
    expect(await hold(request, 'one', 0)).toBe(true);
    expect(await hold(request, 'two', 1)).toBe(false);
    expect(await hold(request, 'one', 2)).toBe(true);
    expect(await hold(request, 'two', 4)).toBe(false);
    expect(await hold(request, 'two', 5)).toBe(true);
    expect(await hold(request, 'one', 6)).toBe(false);
    expect(await test.stores.friends.findRequest('shop', request.id)).toMatchObject({
      holder: 'two',
      heldUntil: minutesAfter(8),
    });
    const held = (await eventsOf(test.stores, payment.id)).filter((it) => it.endsWith('held'));
    expect(held).toEqual(['3 friend_request.held', '4 friend_request.held']);
  });

  it('of ten at once is one', async () => {
    const { request, payment } = await anOpenRequest();
    const held = await Promise.all(Array.from({ length: 10 }, (_, at) => hold(request, `friend-${at}`, 0)));
    expect(held.filter(Boolean)).toHaveLength(1);
    expect((await eventsOf(test.stores, payment.id)).filter((it) => it.endsWith('held'))).toHaveLength(1);
  });

  it('ends with the request', async () => {
    const { request } = await anOpenRequest({ expiresAt: minutesAfter(1) });
    expect(await hold(request, 'one', 1)).toBe(false);
    const { request: canceled } = await anOpenRequest({ canceledAt: NOW });
    expect(await hold(canceled, 'one', 0)).toBe(false);
  });
});

describe('canceling a request', () => {
  it('happens once, with its event', async () => {
    const { request, payment } = await anOpenRequest();
    const cancel = (minute: number) =>
      test.stores.friends.cancelRequest(
        request.id,
        minutesAfter(minute),
        anEvent('friend_request.canceled', payment.id),
      );
    expect(await cancel(1)).toBe(true);
    expect(await cancel(2)).toBe(false);
    expect(await test.stores.friends.findRequest('shop', request.id)).toMatchObject({ canceledAt: minutesAfter(1) });
    expect((await eventsOf(test.stores, payment.id)).at(-1)).toBe('3 friend_request.canceled');
  });
});

describe("a friend's try", () => {
  const turnOf = ({ id }: FriendRequest, change = {}) => ({
    requestId: id,
    holder: 'one',
    attemptsSeen: 0,
    ...change,
  });
  const openTry = (payment: Payment, request: FriendRequest, change = {}) => {
    const attempt = anAttempt(payment, account, { friendRequestId: request.id });
    const event = anEvent('payment.attempt_opened', payment.id);
    return test.stores.friends.openAttempt(attempt, event, turnOf(request, change));
  };
  const aHeldRequest = () => anOpenRequest({ holder: 'one', heldUntil: minutesAfter(3) });

  it('is kept with its request, and counted', async () => {
    const { request, payment } = await aHeldRequest();
    const attempt = anAttempt(payment, account, { friendRequestId: request.id });
    const event = anEvent('payment.attempt_opened', payment.id);
    expect(await test.stores.friends.openAttempt(attempt, event, turnOf(request))).toBe(true);
    expect(await test.stores.payments.findAttemptByReference(attempt.reference)).toEqual(attempt);
    expect(await test.stores.friends.findRequest('shop', request.id)).toMatchObject({ attemptCount: 1 });
    expect((await eventsOf(test.stores, payment.id)).at(-1)).toBe('3 payment.attempt_opened');
  });

  it('is for whoever holds the request, and for one of those who looked at the same time', async () => {
    const { request, payment } = await aHeldRequest();
    expect(await openTry(payment, request, { holder: 'two' })).toBe(false);
    const tries = await Promise.all(Array.from({ length: 10 }, () => openTry(payment, request)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect((await test.stores.payments.loadPayment(payment.id))?.attempts).toHaveLength(1);
    expect(await openTry(payment, request, { attemptsSeen: 1 })).toBe(true);
  });

  it('is refused, without a trace, once the request is canceled or the payment is over', async () => {
    const { request, payment } = await aHeldRequest();
    await test.stores.friends.cancelRequest(request.id, NOW, anEvent('friend_request.canceled', payment.id));
    expect(await openTry(payment, request)).toBe(false);
    const { request: late, payment: closed } = await aHeldRequest();
    await test.stores.payments.closePayment(closed.id, 'expired', anEvent('payment.closed', closed.id));
    expect(await openTry(closed, late)).toBe(false);
    expect(await test.stores.friends.findRequest('shop', late.id)).toMatchObject({ attemptCount: 0 });
    expect((await test.stores.payments.loadPayment(closed.id))?.attempts).toEqual([]);
  });
});
