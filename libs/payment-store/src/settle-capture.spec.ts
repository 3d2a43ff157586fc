import { newId, type Account } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { aCapture, anEvent, aPaymentWithAttempts, eventsOf, NOW, openShop, settle } from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

const ROUNDS = Array.from({ length: 20 }, (_, round) => round);

describe('settling a capture', () => {
  it('pays an open payment, whichever attempt it came from', async () => {
    const { payments } = test.stores;
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 2);
    const [older] = attempts as [(typeof attempts)[0]];
    await payments.moveAttempt(older.id, 'superseded', {});
    const capture = aCapture(older);
    expect(await settle(test.stores, capture)).toEqual({ outcome: 'accepted' });
    const record = await payments.loadPayment(payment.id);
    expect(record?.payment).toMatchObject({ status: 'paid', paidAt: capture.paidAt, paidWith: older.id });
    expect(record?.attempts.map(({ status }) => status).toSorted()).toEqual(['paid', 'starting']);
    expect(record?.refunds).toEqual([]);
    expect((await eventsOf(test.stores, payment.id)).at(-1)).toBe('4 payment.paid');
  });

  it('knows a capture again, and changes nothing', async () => {
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const capture = aCapture(attempts[0]!);
    await settle(test.stores, capture);
    const before = await test.stores.payments.loadPayment(payment.id);
    const again = aCapture(attempts[0]!, { providerReference: capture.providerReference });
    expect(await settle(test.stores, again)).toEqual({ outcome: 'known' });
    expect(await test.stores.payments.loadPayment(payment.id)).toEqual(before);
    expect(await eventsOf(test.stores, payment.id)).toHaveLength(3);
  });

  it.each(['canceled', 'expired'] as const)('owes back what reaches a payment that is %s', async (reason) => {
    const { payments } = test.stores;
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    await payments.closePayment(payment.id, reason, anEvent('payment.closed', payment.id));
    const capture = aCapture(attempts[0]!);
    const settled = await settle(test.stores, capture);
    const record = await payments.loadPayment(payment.id);
    expect(record?.payment).toMatchObject({ status: 'closed', closedReason: reason });
    expect(record?.attempts[0]?.status).toBe('paid');
    expect(record?.captures).toEqual([{ ...capture, accepted: false }]);
    expect(record?.refunds).toHaveLength(1);
    expect(settled).toEqual({ outcome: 'owed', refund: record?.refunds[0] });
    expect(record?.refunds[0]).toMatchObject({
      cause: 'obligation',
      captureId: capture.id,
      amount: capture.amount,
      nextCheckAt: NOW,
    });
    expect((await eventsOf(test.stores, payment.id)).at(-1)).toBe('4 payment.overpaid');
  });

  it.each(ROUNDS)('accepts one of two that race and owes the other (round %i)', async () => {
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 2);
    const captures = attempts.map((attempt) => aCapture(attempt));
    const outcomes = await Promise.all(captures.map((capture) => settle(test.stores, capture)));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['accepted', 'owed']);
    const record = await test.stores.payments.loadPayment(payment.id);
    const accepted = record?.captures.filter((capture) => capture.accepted) ?? [];
    expect(accepted).toHaveLength(1);
    expect(record?.payment.paidWith).toBe(accepted[0]?.attemptId);
    expect(record?.refunds.map(({ captureId }) => captureId)).toEqual(
      record?.captures.filter((it) => !it.accepted).map(({ id }) => id),
    );
    const events = (await eventsOf(test.stores, payment.id)).slice(3).map((event) => event.split(' ')[1]);
    expect(events.toSorted()).toEqual(['payment.overpaid', 'payment.paid']);
  });

  it('records one capture once, when a notification and a query prove it at the same moment', async () => {
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const providerReference = newId('cap');
    const race = Array.from({ length: 6 }, () => settle(test.stores, aCapture(attempts[0]!, { providerReference })));
    const outcomes = (await Promise.all(race)).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(['accepted', 'known', 'known', 'known', 'known', 'known']);
    expect((await test.stores.payments.loadPayment(payment.id))?.captures).toHaveLength(1);
    expect(await eventsOf(test.stores, payment.id)).toHaveLength(3);
  });

  it('either pays or closes when both come at once, and owes the money in the second case', async () => {
    for (const _ of ROUNDS) {
      const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
      const [{ outcome }, closed] = await Promise.all([
        settle(test.stores, aCapture(attempts[0]!)),
        test.stores.payments.closePayment(payment.id, 'expired', anEvent('payment.closed', payment.id)),
      ]);
      expect(outcome).toBe(closed ? 'owed' : 'accepted');
      const record = await test.stores.payments.loadPayment(payment.id);
      expect(record?.payment.status).toBe(closed ? 'closed' : 'paid');
    }
  });

  it('keeps the notification that proved it', async () => {
    const { payments, inbox } = test.stores;
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const { id } = await inbox.receive({
      id: newId('ntf'),
      provider: 'wire',
      accountId: account.id,
      accountVersion: 1,
      messageId: newId('ntf'),
      subject: 'payment',
      headers: {},
      body: new Uint8Array(),
      receivedAt: NOW,
    });
    await settle(test.stores, aCapture(attempts[0]!, { proof: 'notification', notificationId: id }));
    expect((await payments.loadPayment(payment.id))?.captures[0]).toMatchObject({
      proof: 'notification',
      notificationId: id,
    });
  });

  it('refuses a proof that nobody received', async () => {
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const proven = (change: object) =>
      settle(test.stores, aCapture(attempts[0]!, { proof: 'notification', ...change }));
    await expect(proven({ notificationId: 'ntf_none' })).rejects.toThrow(/23503/);
    await expect(proven({})).rejects.toThrow(/captures_proof/);
    expect((await test.stores.payments.loadPayment(payment.id))?.payment.status).toBe('open');
    expect(await eventsOf(test.stores, payment.id)).toHaveLength(2);
  });

  it('says so when there is no such payment', async () => {
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    await expect(settle(test.stores, aCapture(attempts[0]!, { paymentId: 'pay_none' }))).rejects.toThrow(
      /no payment pay_none/,
    );
  });
});
