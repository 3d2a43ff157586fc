import type { Account } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import {
  aCapture,
  anAttempt,
  anEvent,
  aPaidPayment,
  aPayment,
  aRefund,
  CODE,
  eventsOf,
  minutesAfter,
  openShop,
  settle,
} from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

describe('inserting a payment', () => {
  it('answers every field as it was given, to its app only', async () => {
    const { payments } = test.stores;
    const payment = aPayment({
      scene: 'desktop_web',
      payer: { id: 'u1', openid: 'o1', ip: '127.0.0.1', userAgent: '浏览器 "x"' },
      returnUrl: 'https://shop.example/done?a=1&b=2',
      metadata: { cart: '7', quote: `'";--` },
    });
    await expect(payments.insertPayment(payment, anEvent('payment.created', payment.id))).resolves.toEqual({
      inserted: true,
      payment,
    });
    const whole = { payment, attempts: [], captures: [], refunds: [] };
    expect(await payments.findPayment('shop', payment.id)).toEqual(whole);
    expect(await payments.findPaymentByOrderNo('shop', payment.orderNo)).toEqual(whole);
    expect(await payments.findPayment('other', payment.id)).toBeUndefined();
    expect(await payments.findPaymentByOrderNo('other', payment.orderNo)).toBeUndefined();
    expect(await eventsOf(test.stores, payment.id)).toEqual(['1 payment.created']);
  });

  it('answers the one that stands there when the order number is taken, however many come at once', async () => {
    const { payments } = test.stores;
    const rivals = Array.from({ length: 8 }, () => aPayment({ orderNo: 'order-1' }));
    const answers = await Promise.all(
      rivals.map((it) => payments.insertPayment(it, anEvent('payment.created', it.id))),
    );
    expect(answers.filter(({ inserted }) => inserted)).toHaveLength(1);
    expect(new Set(answers.map(({ payment }) => payment.id)).size).toBe(1);
    const { id } = answers[0]!.payment;
    expect(await eventsOf(test.stores, id)).toEqual(['1 payment.created']);
    expect(await test.database.client.event.count({ where: { paymentId: { in: rivals.map((it) => it.id) } } })).toBe(1);
  });

  it('does not mistake another collision for the same order', async () => {
    const { payments } = test.stores;
    const first = aPayment();
    await payments.insertPayment(first, anEvent('payment.created', first.id));
    const second = aPayment({ cashierToken: first.cashierToken });
    await expect(payments.insertPayment(second, anEvent('payment.created', second.id))).rejects.toThrow(/unique/i);
  });

  it('refuses an amount of nothing and a state nobody knows, whoever writes them', async () => {
    const { payments } = test.stores;
    const free = aPayment({ amount: { amount: 0, currency: 'CNY' } });
    await expect(payments.insertPayment(free, anEvent('payment.created', free.id))).rejects.toThrow(/payments_amount/);
    const odd = aPayment({ status: 'lost' as 'open' });
    await expect(payments.insertPayment(odd, anEvent('payment.created', odd.id))).rejects.toThrow(/payments_status/);
    expect(await payments.loadPayment(odd.id)).toBeUndefined();
  });
});

describe('closing a payment', () => {
  it('happens once, with one event', async () => {
    const { payments } = test.stores;
    const payment = aPayment();
    await payments.insertPayment(payment, anEvent('payment.created', payment.id));
    const close = () => payments.closePayment(payment.id, 'canceled', anEvent('payment.closed', payment.id));
    const closed = await Promise.all([close(), close(), close()]);
    expect(closed.filter(Boolean)).toHaveLength(1);
    expect((await payments.loadPayment(payment.id))?.payment).toMatchObject({
      status: 'closed',
      closedReason: 'canceled',
    });
    expect(await eventsOf(test.stores, payment.id)).toEqual(['1 payment.created', '2 payment.closed']);
  });

  it('never closes what is paid', async () => {
    const { payment } = await aPaidPayment(test.stores, account);
    const event = anEvent('payment.closed', payment.id);
    expect(await test.stores.payments.closePayment(payment.id, 'expired', event)).toBe(false);
    expect((await test.stores.payments.loadPayment(payment.id))?.payment.status).toBe('paid');
    expect(await eventsOf(test.stores, payment.id)).not.toContain('4 payment.closed');
  });
});

describe('reading a payment', () => {
  it('answers everything that hangs on it, oldest first, with dates as dates', async () => {
    const { payments } = test.stores;
    const payment = aPayment();
    await payments.insertPayment(payment, anEvent('payment.created', payment.id));
    const older = anAttempt(payment, account, { nextAction: CODE, status: 'awaiting_payer' });
    const younger = anAttempt(payment, account, { createdAt: minutesAfter(1) });
    for (const it of [younger, older]) await payments.openAttempt(it, anEvent('payment.attempt_opened', payment.id));
    const capture = aCapture(younger);
    await settle(test.stores, capture);
    const refund = aRefund(capture);
    await payments.insertRefund(refund, anEvent('refund.created', payment.id));

    const { nextCheckAt: _, ...settled } = younger;
    expect(await payments.loadPayment(payment.id)).toEqual({
      payment: { ...payment, status: 'paid', paidAt: capture.paidAt, paidWith: younger.id },
      attempts: [older, { ...settled, status: 'paid' }],
      captures: [{ ...capture, accepted: true }],
      refunds: [refund],
    });
    expect(await payments.findAttemptByReference(older.reference)).toEqual(older);
    expect(await payments.findRefund('shop', refund.id)).toEqual(refund);
    expect(await payments.findRefund('other', refund.id)).toBeUndefined();
    expect(await payments.findRefundByReference(refund.reference)).toEqual(refund);
  });
});
