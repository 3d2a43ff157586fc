import {
  money,
  NotReached,
  OutcomeUnknown,
  UntrustedMessage,
  type BilledPayment,
  type BillLine,
  type Snapshot,
} from '@hutong/payment-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcileDay, reconcileDue } from './reconcile-day.js';
import { lineFor, openWireShop, refundLine, type WireShop } from './test-wire.js';

let shop: WireShop;
beforeAll(async () => {
  shop = await openWireShop();
});
afterAll(() => shop.close());

/** Each promise has a day of its own, so that none sees another's lines. */
let days = 0;
const aDay = (): string => new Date(Date.UTC(2026, 2, 1 + 3 * days++)).toISOString().slice(0, 10);
const at = (date: string, time: string): Date => new Date(`${date}T${time}+08:00`);
const after = (date: string, hours = 24 + 11): Date =>
  new Date(Date.parse(`${date}T00:00:00+08:00`) + hours * 3_600_000);
const paidAs = ({ amount, at: paidAt, providerReference }: BilledPayment): Snapshot => ({
  state: 'paid',
  payee: 'us',
  paidAt,
  providerReference,
  amount,
});
const said = { provider: 'wire', operation: 'bill' };

async function reconcile(date: string, now = after(date)) {
  shop.clock.now = now;
  await reconcileDay(shop.core, { account: shop.account, date });
  return shop.day(date);
}

/** Whatever is due, as a worker does it. */
async function workDue(): Promise<void> {
  while (await reconcileDue(shop.core));
}

const kindsOf = async (date: string) => {
  const { run } = await shop.day(date);
  return (await shop.differences(date))
    .filter((it) => it.run === run)
    .map((it) => `${it.subject} ${it.kind} ${it.resolution}`);
};

describe('a day whose statement says what we say', () => {
  it('has nothing but matches, and sums to the fen', async () => {
    const date = aDay();
    const one = await shop.paid(at(date, '12:00:00'), 1_000);
    const other = await shop.paid(at(date, '13:00:00'), 2_000);
    const back = await shop.refunded(other, at(date, '14:00:00'), 500);
    shop.publish(date, [one.line, other.line, back.line]);
    const day = await reconcile(date);
    expect(day).toMatchObject({ status: 'ready', waiting: 0 });
    expect(day.tally!.matched).toEqual({
      payments: { count: 2, amount: 3_000n },
      refunds: { count: 1, amount: 500n },
      fees: 15n,
    });
    expect(day.tally!.statement).toEqual(day.tally!.matched);
    expect(await shop.differences(date)).toEqual([]);
  });

  it('may be a day on which nothing happened', async () => {
    const date = aDay();
    shop.answerBill(date, async () => ({ status: 'empty' }));
    expect(await reconcile(date)).toMatchObject({ status: 'ready', waiting: 0 });
  });

  it('is not one on which we hold money and they do not', async () => {
    const date = aDay();
    const { payment } = await shop.paid(at(date, '12:00:00'));
    shop.answerBill(date, async () => ({ status: 'empty' }));
    await reconcile(date);
    expect(await kindsOf(date)).toEqual(['payment missing_there review']);
    expect(await shop.eventsOf(payment, 'payment.needs_review')).toMatchObject([
      { data: { code: 'not_billed', date, amount: 1_299 } },
    ]);
  });
});

describe('a statement that does not hold', () => {
  const broken: readonly (readonly [string, (date: string) => Promise<void>, string])[] = [
    ['is cut off', async (date) => breakOff(date, new OutcomeUnknown('The file is cut off.', said)), 'outcome_unknown'],
    ['is forged', async (date) => breakOff(date, new UntrustedMessage('The hash differs.', said)), 'untrusted_message'],
    [
      'cannot be fetched',
      async (date) => shop.answerBill(date, () => Promise.reject(new NotReached('gone', said))),
      'not_reached',
    ],
  ];

  async function breakOff(date: string, error: Error): Promise<void> {
    const { line } = await shop.paid(at(date, '12:00:00'));
    async function* lines(): AsyncGenerator<BillLine, void> {
      yield line;
      throw error;
    }
    shop.answerBill(date, async () => ({ status: 'ready', lines: lines() }));
  }

  it.each(broken)('never yields a result when it %s, and is asked for again', async (_, make, code) => {
    const date = aDay();
    await make(date);
    const day = await reconcile(date);
    expect(day).toMatchObject({ status: 'failed', code, dueAt: new Date(after(date).getTime() + 600_000) });
    expect(day.tally).toBeUndefined();
    expect(await shop.differences(date)).toEqual([]);
    expect(await shop.database.client.reconciliationLine.count()).toBe(0);
    expect(await shop.database.client.statementListing.count({ where: { date } })).toBe(0);
  });

  it('is waited for while it is not ready, and then read', async () => {
    const date = aDay();
    const { line } = await shop.paid(at(date, '12:00:00'));
    const { dueAt } = await reconcile(date, after(date, 33));
    expect(await shop.day(date)).toMatchObject({ status: 'not_ready', tries: 1 });
    shop.publish(date, [line]);
    shop.clock.now = dueAt!;
    await workDue();
    const day = await shop.day(date);
    expect(day).toMatchObject({ status: 'ready', tries: 0 });
    expect(day.dueAt).toBeUndefined();
  });
});

describe('money that we did not know of', () => {
  it('is settled by what the provider proves, not by the statement', async () => {
    const date = aDay();
    const { payment, attempt } = await shop.order(at(date, '12:00:00'));
    const line = lineFor(attempt, at(date, '12:01:00'));
    shop.publish(date, [line]);
    shop.answers.set(attempt.reference, paidAs(line));
    await reconcile(date);
    expect(await kindsOf(date)).toEqual(['payment missing_here settled']);
    expect((await shop.stores.payments.loadPayment(payment.id))!.payment.status).toBe('paid');
    await reconcile(date);
    expect(await kindsOf(date)).toEqual([]);
    expect((await shop.day(date)).tally!.matched.payments).toEqual({ count: 1, amount: 1_299n });
    expect(await shop.differences(date)).toMatchObject([{ run: 1, resolution: 'settled' }]);
  });

  it('is owed back where the order was closed', async () => {
    const date = aDay();
    const { payment, attempt } = await shop.order(at(date, '12:00:00'));
    const now = at(date, '12:30:00');
    const data = {
      id: `evt_${payment.id}`,
      type: 'payment.closed' as const,
      app: 'shop',
      paymentId: payment.id,
      data: {},
    };
    await shop.stores.payments.closePayment(payment.id, 'expired', { ...data, createdAt: now });
    await shop.stores.payments.moveAttempt(attempt.id, 'closed', { nextCheckAt: null });
    const line = lineFor(attempt, at(date, '12:01:00'));
    shop.publish(date, [line]);
    shop.answers.set(attempt.reference, paidAs(line));
    await reconcile(date);
    expect(await kindsOf(date)).toEqual(['payment missing_here owed']);
    const { refunds } = (await shop.stores.payments.loadPayment(payment.id))!;
    expect(refunds).toMatchObject([{ cause: 'obligation', amount: money(1_299) }]);
  });

  it('is left to a person where the provider does not say the same when asked', async () => {
    const date = aDay();
    const { payment, attempt } = await shop.order(at(date, '12:00:00'));
    shop.publish(date, [lineFor(attempt, at(date, '12:01:00'))]);
    await reconcile(date);
    await reconcile(date);
    expect(await kindsOf(date)).toEqual(['payment missing_here review']);
    expect((await shop.stores.payments.loadPayment(payment.id))!.payment.status).toBe('open');
    expect(await shop.eventsOf(payment, 'payment.needs_review')).toMatchObject([
      { data: { code: 'billed_not_confirmed' } },
    ]);
  });

  it('is asked about again where the provider does not answer', async () => {
    const date = aDay();
    const { attempt } = await shop.order(at(date, '12:00:00'));
    const line = lineFor(attempt, at(date, '12:01:00'));
    shop.publish(date, [line]);
    shop.answers.set(attempt.reference, new NotReached('gone', said));
    const { dueAt } = await reconcile(date);
    expect(await kindsOf(date)).toEqual(['payment missing_here unanswered']);
    expect(dueAt).toBeDefined();
    shop.answers.set(attempt.reference, paidAs(line));
    await reconcile(date, dueAt);
    expect(await kindsOf(date)).toEqual(['payment missing_here settled']);
  });

  it('is left alone while it is on its way, and looked at after the grace', async () => {
    const date = aDay();
    const { attempt } = await shop.order(at(date, '23:50:00'));
    const line = lineFor(attempt, at(date, '23:55:00'));
    shop.publish(date, [line]);
    const night = after(date, 24.01);
    const day = await reconcile(date, night);
    expect(await kindsOf(date)).toEqual([]);
    expect(day.tally!.in_flight.payments).toEqual({ count: 1, amount: 1_299n });
    expect(day.dueAt).toEqual(new Date(night.getTime() + 3_600_000));
    await reconcile(date, day.dueAt);
    expect(await kindsOf(date)).toEqual(['payment missing_here review']);
  });

  it('is not ours when another account of ours has the number', async () => {
    const date = aDay();
    const second = await shop.stores.config.addAccountVersion(
      { app: 'shop', provider: 'wire', ref: `other-${date}`, settings: {} },
      [],
      { actor: 'test' },
    );
    const { payment, attempt } = await shop.order(at(date, '12:00:00'), 1_299, second);
    shop.publish(date, [lineFor(attempt, at(date, '12:01:00'))]);
    await reconcile(date);
    expect(await kindsOf(date)).toEqual(['payment foreign none']);
    expect(await shop.eventsOf(payment, 'payment.needs_review')).toEqual([]);
  });

  it('was reversed whole by our own close, and nothing is missing', async () => {
    const date = aDay();
    const { attempt } = await shop.order(at(date, '12:00:00'));
    await shop.stores.payments.moveAttempt(attempt.id, 'closed', { nextCheckAt: null });
    const line = lineFor(attempt, at(date, '12:01:00'));
    shop.publish(date, [line, refundLine(line, line.reference, at(date, '12:02:00'), 1_299)]);
    await reconcile(date);
    expect(await kindsOf(date)).toEqual([]);
  });
});

describe('refunds', () => {
  it('under way here and done there are settled by asking', async () => {
    const date = aDay();
    const known = await shop.paid(at(date, '12:00:00'));
    const refund = await shop.refundOf(known.payment, at(date, '13:00:00'), 100);
    shop.publish(date, [known.line, refundLine(known.line, refund.reference, at(date, '13:00:01'))]);
    shop.answers.set(refund.reference, { state: 'succeeded', amount: money(100), refundedAt: at(date, '13:00:01') });
    await reconcile(date);
    expect(await kindsOf(date)).toEqual(['refund state settled']);
    expect((await shop.stores.payments.findRefund('shop', refund.id))!.status).toBe('succeeded');
  });

  it('done here and failed there are told to a person once, unless the provider now says what we say', async () => {
    const date = aDay();
    const known = await shop.paid(at(date, '12:00:00'));
    const { refund, line } = await shop.refunded(known, at(date, '13:00:00'));
    const other = await shop.refunded(known, at(date, '14:00:00'));
    shop.publish(date, [known.line, { ...line, state: 'failed' }, { ...other.line, state: 'failed' }]);
    shop.answers.set(refund.reference, { state: 'failed', code: 'CLOSED' });
    shop.answers.set(other.refund.reference, { state: 'succeeded', amount: money(100) });
    await reconcile(date);
    await reconcile(date);
    expect((await kindsOf(date)).toSorted()).toEqual(['refund state confirmed', 'refund state review']);
    expect(await shop.eventsOf(known.payment, 'refund.needs_review')).toMatchObject([
      { data: { code: 'billed_state', refund_id: refund.id } },
    ]);
  });

  it('made at the provider’s console are told to a person', async () => {
    const date = aDay();
    const known = await shop.paid(at(date, '12:00:00'));
    shop.publish(date, [known.line, refundLine(known.line, 'console-1', at(date, '13:00:00'))]);
    await reconcile(date);
    expect(await kindsOf(date)).toEqual(['refund missing_here review']);
    expect(await shop.eventsOf(known.payment, 'payment.needs_review')).toMatchObject([
      { data: { code: 'refunded_elsewhere', refund_reference: 'console-1', billed_amount: 100 } },
    ]);
  });

  it('of days later match the payment of another day', async () => {
    const date = aDay();
    const known = await shop.paid(at(date, '12:00:00'));
    shop.publish(date, [known.line]);
    await reconcile(date);
    const later = aDay();
    const { line } = await shop.refunded(known, at(later, '09:00:00'));
    shop.publish(later, [line]);
    expect(await reconcile(later)).toMatchObject({ status: 'ready', waiting: 0 });
    expect(await kindsOf(later)).toEqual([]);
  });

  it('that were under way in the night and have ended since agree', async () => {
    const date = aDay();
    const known = await shop.paid(at(date, '12:00:00'));
    const early = await shop.refundOf(known.payment, at(date, '22:00:00'), 100);
    const moved = { succeededAt: after(date, 26), nextCheckAt: null };
    await shop.stores.payments.moveRefund(early.id, 'succeeded', moved);
    shop.publish(date, [
      known.line,
      { ...refundLine(known.line, early.reference, at(date, '22:00:00')), state: 'processing' },
    ]);
    await reconcile(date);
    expect(await kindsOf(date)).toEqual([]);
  });
});

describe('around midnight', () => {
  it('a payment that the two clocks put on different days is no difference on either', async () => {
    const first = aDay();
    const second = new Date(Date.parse(first) + 86_400_000).toISOString().slice(0, 10);
    const late = await shop.paid(at(first, '23:59:59'));
    const early = await shop.paid(at(second, '00:00:01'));
    // Theirs the other way round.
    shop.publish(first, [early.line]);
    shop.publish(second, [late.line]);
    expect(await reconcile(first)).toMatchObject({ status: 'ready', waiting: 0 });
    expect(await reconcile(second)).toMatchObject({ status: 'ready', waiting: 0 });
    expect([...(await kindsOf(first)), ...(await kindsOf(second))]).toEqual([]);
  });

  it('money that neither day lists is found once, by the second', async () => {
    const first = aDay();
    const second = new Date(Date.parse(first) + 86_400_000).toISOString().slice(0, 10);
    await shop.paid(at(first, '23:59:59'));
    for (const day of [first, second]) shop.answerBill(day, async () => ({ status: 'empty' }));
    await reconcile(first);
    expect(await kindsOf(first)).toEqual([]);
    await reconcile(second);
    expect(await kindsOf(second)).toEqual(['payment missing_there review']);
  });

  it('waits for the statement of the day before, and is woken by it', async () => {
    const first = aDay();
    const second = new Date(Date.parse(first) + 86_400_000).toISOString().slice(0, 10);
    const { line } = await shop.paid(at(second, '00:00:01'));
    shop.answerBill(second, async () => ({ status: 'empty' }));
    expect(await reconcile(second)).toMatchObject({ status: 'ready', waiting: 1 });
    expect(await kindsOf(second)).toEqual([]);
    shop.publish(first, [line]);
    await reconcile(first, after(second));
    await workDue();
    expect(await shop.day(second)).toMatchObject({ status: 'ready', waiting: 0, run: 2 });
    expect(await kindsOf(second)).toEqual([]);
  });

  it('a trade that two days list is a duplicate on the second', async () => {
    const first = aDay();
    const second = new Date(Date.parse(first) + 86_400_000).toISOString().slice(0, 10);
    const { line } = await shop.paid(at(first, '12:00:00'));
    for (const day of [first, second]) shop.publish(day, [line]);
    await reconcile(first);
    await reconcile(second);
    expect(await kindsOf(first)).toEqual([]);
    expect(await kindsOf(second)).toEqual(['payment duplicate review']);
  });

  it.each([
    ['a month', '2027-01-31', '2027-02-01'],
    ['a leap day', '2028-02-29', '2028-03-01'],
    ['a year', '2026-12-31', '2027-01-01'],
  ])('the end of %s is a midnight like any other, whatever TZ says', async (_, date, next) => {
    const before = process.env['TZ'];
    process.env['TZ'] = 'America/New_York';
    try {
      const known = await shop.paid(new Date(Date.parse(`${next}T00:00:00+08:00`) - 1_000));
      shop.publish(date, [known.line]);
      shop.answerBill(next, async () => ({ status: 'empty' }));
      await reconcile(date);
      await reconcile(next);
      expect([...(await kindsOf(date)), ...(await kindsOf(next))]).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});

describe('a day', () => {
  it('is reconciled by one at a time: the second is told so', async () => {
    const date = aDay();
    const { line } = await shop.paid(at(date, '12:00:00'));
    shop.publish(date, [line]);
    shop.clock.now = after(date);
    const both = await Promise.allSettled([1, 2].map(() => reconcileDay(shop.core, { account: shop.account, date })));
    const refused = both.filter((it) => it.status === 'rejected').map((it) => it.reason.code);
    expect(refused).toEqual(['reconciliation_running']);
    expect(await shop.day(date)).toMatchObject({ status: 'ready', run: 1 });
  });

  it('is given back at once by a worker that is being stopped, and done by the next', async () => {
    const date = aDay();
    const { line } = await shop.paid(at(date, '12:00:00'));
    shop.publish(date, [line]);
    await workDue();
    shop.clock.now = after(date);
    await shop.stores.reconciliations.request(shop.account, date, shop.clock.now);
    expect(await reconcileDue(shop.core, AbortSignal.abort())).toBe(true);
    expect((await shop.day(date)).tally).toBeUndefined();
    await workDue();
    expect(await shop.day(date)).toMatchObject({ status: 'ready', run: 2 });
  });

  it('begins again after a crash, and what the dead run still writes is not read', async () => {
    const date = aDay();
    const { line } = await shop.paid(at(date, '12:00:00'));
    shop.publish(date, [line]);
    const { reconciliations } = shop.stores;
    const dead = (await reconciliations.begin(shop.account, date, after(date), 0))!;
    await reconciliations.stage(dead, [
      {
        position: 1,
        key: 'payment:x',
        type: 'payment',
        reference: 'x',
        providerReference: 'x',
        amount: 1,
        currency: 'CNY',
        fee: 0,
        at: after(date, 1),
      },
    ]);
    await reconcile(date);
    const end = { status: 'failed' as const, at: after(date) };
    await expect(reconciliations.finish(dead, end)).rejects.toThrow('taken over');
    await expect(reconciliations.renew(dead, 1_000)).rejects.toThrow('taken over');
    const day = await shop.day(date);
    expect(day).toMatchObject({ status: 'ready', run: 2 });
    expect(day.tally!.statement.payments.count).toBe(1);
  });
});
