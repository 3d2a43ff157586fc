import {
  ATTEMPT_SOURCES,
  ATTEMPT_STATUSES,
  hasWallet,
  type Account,
  type Attempt,
  type AttemptStatus,
} from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import {
  anAttempt,
  anEvent,
  aPaidPayment,
  aPayment,
  aPaymentWithAttempts,
  aScanCode,
  CODE,
  eventsOf,
  minutesAfter,
  openShop,
} from './testing/specimens.js';

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

type Target = Exclude<AttemptStatus, 'paid' | 'starting'>;

const isTarget = (status: AttemptStatus): status is Target => status !== 'paid' && status !== 'starting';
const moves = ATTEMPT_STATUSES.flatMap((from) => ATTEMPT_STATUSES.filter(isTarget).map((to) => ({ from, to })));

describe('opening an attempt', () => {
  it('is refused, without a trace, once the payment is paid or closed', async () => {
    const { payment } = await aPaidPayment(test.stores, account);
    const before = await eventsOf(test.stores, payment.id);
    const late = anAttempt(payment, account);
    expect(await test.stores.payments.openAttempt(late, anEvent('payment.attempt_opened', payment.id))).toBe(false);
    expect(await test.stores.payments.findAttemptByReference(late.reference)).toBeUndefined();
    expect(await eventsOf(test.stores, payment.id)).toEqual(before);
  });

  it('is refused for another app than the payment has', async () => {
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    const foreign = anAttempt(payment, account, { app: 'other' });
    expect(await test.stores.payments.openAttempt(foreign, anEvent('payment.attempt_opened', payment.id))).toBe(false);
  });

  it('never uses a reference twice, and leaves no gap when it fails', async () => {
    const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const again = anAttempt(payment, account, { reference: attempts[0]!.reference });
    await expect(
      test.stores.payments.openAttempt(again, anEvent('payment.attempt_opened', payment.id)),
    ).rejects.toThrow(/23505/);
    await test.stores.payments.appendEvent(anEvent('payment.needs_review', payment.id));
    expect(await eventsOf(test.stores, payment.id)).toEqual([
      '1 payment.created',
      '2 payment.attempt_opened',
      '3 payment.needs_review',
    ]);
  });

  it('needs an account version that exists', async () => {
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    const pinned = anAttempt(payment, account, { accountVersion: 99 });
    await expect(
      test.stores.payments.openAttempt(pinned, anEvent('payment.attempt_opened', payment.id)),
    ).rejects.toThrow(/23503/);
  });
});

describe.each(moves)('an attempt that is $from', ({ from, to }) => {
  const legal = (ATTEMPT_SOURCES[to] as readonly AttemptStatus[]).includes(from);

  it.each([true, false])(`${legal ? 'moves' : 'never moves'} to ${to} (with an event: %s)`, async (withEvent) => {
    const { payments } = test.stores;
    const payment = aPayment();
    await payments.insertPayment(payment, anEvent('payment.created', payment.id));
    const attempt = anAttempt(payment, account, { status: from });
    await payments.openAttempt(attempt, anEvent('payment.attempt_opened', payment.id));
    const event = withEvent ? anEvent('payment.attempt_failed', payment.id) : undefined;
    expect(await payments.moveAttempt(attempt.id, to, { code: 'why' }, event)).toBe(legal);
    const after = await payments.findAttemptByReference(attempt.reference);
    expect(after).toEqual(legal ? { ...attempt, status: to, code: 'why' } : attempt);
    const events = await eventsOf(test.stores, payment.id);
    expect(events.slice(2)).toEqual(legal && withEvent ? ['3 payment.attempt_failed'] : []);
  });
});

describe('a move', () => {
  it('changes what it names, clears a date with null and leaves the rest', async () => {
    const { payments } = test.stores;
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const [attempt] = attempts as [(typeof attempts)[0]];
    await payments.moveAttempt(attempt.id, 'awaiting_payer', { nextAction: CODE });
    expect(await payments.findAttemptByReference(attempt.reference)).toEqual({
      ...attempt,
      status: 'awaiting_payer',
      nextAction: CODE,
    });
    await payments.moveAttempt(attempt.id, 'closed', { nextCheckAt: null });
    const { nextCheckAt: _, ...unwatched } = attempt;
    expect(await payments.findAttemptByReference(attempt.reference)).toEqual({
      ...unwatched,
      status: 'closed',
      nextAction: CODE,
    });
  });

  it('is false for an attempt that does not exist', async () => {
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    expect(
      await test.stores.payments.moveAttempt('att_none', 'closed', {}, anEvent('payment.closed', payment.id)),
    ).toBe(false);
  });
});

describe('a code that any wallet may scan', () => {
  const open = (code: Attempt) =>
    test.stores.payments.openAttempt(code, anEvent('payment.attempt_opened', code.paymentId));

  it('is kept without a provider, claimed when its time is over, and closed', async () => {
    const { payments } = test.stores;
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    const code = aScanCode(payment, { nextCheckAt: minutesAfter(-5) });
    expect(await open(code)).toBe(true);
    expect(await payments.findAttemptByReference(code.reference)).toEqual(code);
    expect((await payments.loadPayment(payment.id))?.attempts).toEqual([code]);
    const part = { besides: [account.provider] };
    const due = await payments.claimDue({ part, now: minutesAfter(-4), limit: 50, leaseMs: 1_000 });
    expect(due.attempts.map(({ row }) => [row.id, hasWallet(row)])).toEqual([[code.id, false]]);
    expect(await payments.moveAttempt(code.id, 'closed', { nextCheckAt: null })).toBe(true);
  });

  it.each(['provider', 'accountId', 'accountVersion'] as const)(
    'cannot be half bound: not by its %s alone',
    async (one) => {
      const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
      const bound = { provider: account.provider, accountId: account.id, accountVersion: account.version };
      await expect(open({ ...aScanCode(payment), [one]: bound[one] } as Attempt)).rejects.toThrow(/attempts_wallet/);
    },
  );

  it.each(['superseded', 'failed', 'unknown'] as const)('is never %s: no provider can say so', async (to) => {
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    const code = aScanCode(payment);
    await open(code);
    await expect(test.stores.payments.moveAttempt(code.id, to, {})).rejects.toThrow(/attempts_without_wallet/);
  });
});

describe('scheduling an attempt', () => {
  it('sets when to ask next and counts one check', async () => {
    const { payments } = test.stores;
    const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
    const { id, reference } = attempts[0]!;
    await payments.scheduleAttempt(id, minutesAfter(5));
    await payments.scheduleAttempt(id, minutesAfter(9));
    expect(await payments.findAttemptByReference(reference)).toMatchObject({
      checks: 2,
      nextCheckAt: minutesAfter(9),
      status: 'starting',
    });
    await payments.scheduleAttempt(id, null);
    expect(await payments.findAttemptByReference(reference)).not.toHaveProperty('nextCheckAt');
  });
});
