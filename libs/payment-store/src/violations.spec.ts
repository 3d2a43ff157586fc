import { newId, type Account } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVARIANTS } from './invariants/invariants.js';
import { openTestDatabase, type TestDatabase } from './testing.js';
import {
  aCapture,
  anEvent,
  aPaidPayment,
  aPayment,
  aPaymentWithAttempts,
  aRefund,
  minutesAfter,
  NOW,
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

const QUERY = { now: NOW, horizonMs: 600_000, after: '', limit: 500 };
const look = (id: string) => test.stores.operation.violations(id, QUERY);
const sql = (text: string, ...values: unknown[]) => test.database.client.$executeRawUnsafe(text, ...values);

/** A payment that was paid twice, so that a refund is owed for its second capture. */
async function paidTwice() {
  const { payment, attempts } = await aPaymentWithAttempts(test.stores, account, 2);
  const [first, second] = attempts.map((attempt) => aCapture(attempt));
  await settle(test.stores, first!);
  const settled = await settle(test.stores, second!);
  if (settled.outcome !== 'owed') throw new Error('The second capture is owed.');
  await overpaidSays(payment.id, second!.id);
  return { payment, attempts, accepted: first!, owed: second!, obligation: settled.refund };
}

/** The specimens' events do not name the capture; the core's do. */
const overpaidSays = (payment: string, capture: string) =>
  sql(
    `UPDATE events SET data = jsonb_build_object('capture_id', $2::text) WHERE payment_id = $1 AND type = 'payment.overpaid'`,
    payment,
    capture,
  );

async function paidAndRefunded(amount = 100) {
  const { payment, capture } = await aPaidPayment(test.stores, account);
  const refund = aRefund(capture, { amount: { amount, currency: 'CNY' } });
  await test.stores.payments.insertRefund(refund, anEvent('refund.created', payment.id));
  const event = { ...anEvent('refund.succeeded', payment.id), data: { refund_id: refund.id } };
  await test.stores.payments.moveRefund(refund.id, 'succeeded', { succeededAt: NOW, nextCheckAt: null }, event);
  return { payment, capture, refund };
}

async function lastEventOf(payment: string): Promise<{ readonly id: string }> {
  const [row] = await test.database.client.$queryRaw<{ id: string }[]>`
    SELECT id FROM events WHERE payment_id = ${payment} ORDER BY sequence DESC LIMIT 1`;
  return row!;
}

/** Of the last event of a payment, as only a hand in the database could leave it. */
async function aDelivery({ status, nextAt }: { readonly status: string; readonly nextAt?: Date }): Promise<string> {
  const { payment } = await aPaidPayment(test.stores, account);
  const event = await lastEventOf(payment.id);
  const [endpoint, delivery] = [newId('whe'), newId('whd')];
  await sql(
    `INSERT INTO webhook_endpoints (id, app, url, event_types, enabled, created_at) VALUES ($1, $2, 'https://shop.test/', '{}', true, $3::timestamptz)`,
    endpoint,
    account.app,
    NOW,
  );
  await sql(
    `INSERT INTO webhook_deliveries (id, app, event_id, endpoint_id, status, next_attempt_at, created_at) VALUES ($1, $2, $3, $4, $5, $6::timestamptz, $7::timestamptz)`,
    delivery,
    account.app,
    event.id,
    endpoint,
    status,
    nextAt ?? null,
    NOW,
  );
  return delivery;
}

describe('a database after ordinary life', () => {
  it('breaks no invariant', async () => {
    await paidTwice();
    await paidAndRefunded();
    const open = aPayment();
    await test.stores.payments.insertPayment(open, anEvent('payment.created', open.id));
    const closed = aPayment();
    await test.stores.payments.insertPayment(closed, anEvent('payment.created', closed.id));
    await test.stores.payments.closePayment(closed.id, 'canceled', anEvent('payment.closed', closed.id));
    const found = await Promise.all(INVARIANTS.map(async ({ id }) => [id, await look(id)] as const));
    expect(found.filter(([, violations]) => violations.length > 0)).toEqual([]);
  });
});

/** What is planted, and the id and words by which it is found. */
type Plant = () => Promise<{ readonly id: string; readonly says: RegExp }>;

const PLANTS: readonly (readonly [id: string, what: string, plant: Plant])[] = [
  [
    'I-01',
    'a payment paid with another amount',
    async () => {
      const { payment } = await aPaidPayment(test.stores, account);
      await sql(`UPDATE captures SET amount = 1 WHERE payment_id = $1`, payment.id);
      return { id: payment.id, says: /of 1 CNY was accepted for 1299 CNY/ };
    },
  ],
  [
    'I-01',
    'more money gone back than came',
    async () => {
      const { payment, refund } = await paidAndRefunded();
      await sql(`UPDATE refunds SET amount = 1300 WHERE id = $1`, refund.id);
      return { id: payment.id, says: /1300 of 1299 went back/ };
    },
  ],
  [
    'I-03',
    'a payment with two accepted captures',
    async () => {
      const { payment } = await paidTwice();
      await sql(`DROP INDEX IF EXISTS captures_one_accepted`);
      await sql(`UPDATE captures SET accepted = true WHERE payment_id = $1`, payment.id);
      return { id: payment.id, says: /paid, with 2 accepted captures/ };
    },
  ],
  [
    'I-03',
    'an open payment with an accepted capture',
    async () => {
      const { payment } = await aPaidPayment(test.stores, account);
      await sql(`UPDATE payments SET status = 'open', paid_at = NULL, paid_with = NULL WHERE id = $1`, payment.id);
      return { id: payment.id, says: /open, with 1 accepted captures/ };
    },
  ],
  [
    'I-03',
    'a payment that names another attempt than the one that paid it',
    async () => {
      const { payment, attempts } = await paidTwice();
      await sql(`UPDATE payments SET paid_with = $2 WHERE id = $1`, payment.id, attempts[1]!.id);
      return { id: payment.id, says: /paid with att_/ };
    },
  ],
  [
    'I-04',
    'a second charge that nobody owes back',
    async () => {
      const { owed, obligation } = await paidTwice();
      await sql(`DELETE FROM refunds WHERE id = $1`, obligation.id);
      return { id: owed.id, says: /owed back 0 times/ };
    },
  ],
  [
    'I-04',
    'a second charge owed back twice',
    async () => {
      const { owed, obligation } = await paidTwice();
      await sql(`DROP INDEX IF EXISTS refunds_one_obligation`);
      const columns = `app, payment_id, capture_id, amount, currency, status, cause, created_at`;
      await sql(
        `INSERT INTO refunds (id, reference, ${columns}) SELECT $2, $2, ${columns} FROM refunds WHERE id = $1`,
        obligation.id,
        newId('ref'),
      );
      return { id: owed.id, says: /owed back 2 times/ };
    },
  ],
  [
    'I-04',
    'a second charge owed back in part',
    async () => {
      const { owed, obligation } = await paidTwice();
      await sql(`UPDATE refunds SET amount = 1298 WHERE id = $1`, obligation.id);
      return { id: owed.id, says: /of 1299, but refund ref_\w+ owes 1298/ };
    },
  ],
  [
    'I-04',
    'an obligation that was given up',
    async () => {
      const { owed, obligation } = await paidTwice();
      await sql(`UPDATE refunds SET status = 'failed' WHERE id = $1`, obligation.id);
      return { id: owed.id, says: /nobody looks after it/ };
    },
  ],
  [
    'I-05',
    'a rule that sends back what paid the payment',
    async () => {
      const { accepted, obligation } = await paidTwice();
      await sql(`UPDATE refunds SET capture_id = $2 WHERE id = $1`, obligation.id, accepted.id);
      return { id: accepted.id, says: /owes it back/ };
    },
  ],
  [
    'I-06',
    'refunds under way for more than was captured',
    async () => {
      const { capture, refund } = await paidAndRefunded();
      await sql(`UPDATE refunds SET amount = 1300, status = 'unknown' WHERE id = $1`, refund.id);
      return { id: capture.id, says: /1300 of 1299/ };
    },
  ],
  [
    'I-07',
    'two refunds under one number',
    async () => {
      const [one, two] = [await paidAndRefunded(), await paidAndRefunded()];
      await sql(`DROP INDEX IF EXISTS refunds_reference_key`);
      await sql(`UPDATE refunds SET reference = $2 WHERE id = $1`, two.refund.id, one.refund.reference);
      return { id: one.refund.reference, says: /it stands for ref_\w+, ref_\w+/ };
    },
  ],
  [
    'I-07',
    "a refund against another payment's capture",
    async () => {
      const [one, two] = [await paidAndRefunded(), await paidAndRefunded()];
      await sql(`UPDATE refunds SET capture_id = $2 WHERE id = $1`, one.refund.id, two.capture.id);
      return { id: one.refund.id, says: /of another payment/ };
    },
  ],
  [
    'I-08',
    'an attempt paid without a capture',
    async () => {
      const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
      await sql(`UPDATE attempts SET status = 'paid' WHERE id = $1`, attempts[0]!.id);
      return { id: attempts[0]!.id, says: /without a capture/ };
    },
  ],
  [
    'I-08',
    'a capture of another account than its attempt',
    async () => {
      const { capture } = await aPaidPayment(test.stores, account);
      await sql(`UPDATE captures SET account_id = 'acc_other' WHERE id = $1`, capture.id);
      return { id: capture.id, says: /of account acc_other/ };
    },
  ],
  [
    'I-08',
    'a capture proven by a message that was refused',
    async () => {
      const { capture } = await aPaidPayment(test.stores, account);
      const id = newId('ntf');
      await test.stores.inbox.receive({
        id,
        provider: account.provider,
        accountId: account.id,
        accountVersion: account.version,
        messageId: id,
        subject: 'payment',
        headers: {},
        body: Buffer.from('{}'),
        receivedAt: NOW,
      });
      await test.stores.inbox.markApplied(id, 'mismatch');
      await sql(`UPDATE captures SET proof = 'notification', notification_id = $2 WHERE id = $1`, capture.id, id);
      return { id: capture.id, says: /not about what we hold/ };
    },
  ],
  [
    'I-09',
    'a payment that was closed after it was paid',
    async () => {
      const { payment } = await aPaidPayment(test.stores, account);
      await test.stores.payments.appendEvent(anEvent('payment.closed', payment.id));
      return { id: payment.id, says: /payment\.paid, then payment\.closed/ };
    },
  ],
  [
    'I-09',
    'a refund that failed after it had succeeded',
    async () => {
      const { refund } = await paidAndRefunded();
      await sql(`UPDATE refunds SET status = 'failed' WHERE id = $1`, refund.id);
      return { id: refund.id, says: /says that it succeeded/ };
    },
  ],
  [
    'I-10',
    'an attempt called failed although its money is proven',
    async () => {
      const { capture } = await aPaidPayment(test.stores, account);
      await sql(`UPDATE attempts SET status = 'failed' WHERE id = $1`, capture.attemptId);
      return { id: capture.attemptId, says: /failed, although capture/ };
    },
  ],
  [
    'I-11',
    'an event that is missing',
    async () => {
      const { payment } = await aPaidPayment(test.stores, account);
      await sql(`DELETE FROM events WHERE payment_id = $1 AND type = 'payment.attempt_opened'`, payment.id);
      return { id: payment.id, says: /its events are 2, up to 3, and it counted 3/ };
    },
  ],
  [
    'I-11',
    'a payment that ended in silence',
    async () => {
      const { payment } = await aPaidPayment(test.stores, account);
      await sql(`UPDATE events SET type = 'payment.created' WHERE payment_id = $1`, payment.id);
      return { id: payment.id, says: /paid, without an event/ };
    },
  ],
  [
    'I-11',
    'a second charge that nobody was told of',
    async () => {
      const { payment, owed } = await paidTwice();
      await overpaidSays(payment.id, 'cap_other');
      return { id: owed.id, says: /owed back, without an event/ };
    },
  ],
  [
    'I-11',
    'a refund that ended in silence',
    async () => {
      const { payment, refund } = await paidAndRefunded();
      await sql(`UPDATE events SET data = '{}' WHERE payment_id = $1 AND type = 'refund.succeeded'`, payment.id);
      return { id: refund.id, says: /succeeded, without an event/ };
    },
  ],
  [
    'I-12',
    'an event that stays in the outbox',
    async () => {
      const { payment } = await aPaidPayment(test.stores, account);
      await sql(`UPDATE events SET created_at = $2::timestamptz WHERE payment_id = $1`, payment.id, minutesAfter(-11));
      const { id } = await lastEventOf(payment.id);
      return { id, says: /payment.paid, in the outbox since/ };
    },
  ],
  [
    'I-12',
    'a delivery that nobody tries',
    async () => ({ id: await aDelivery({ status: 'pending', nextAt: minutesAfter(-11) }), says: /due since/ }),
  ],
  [
    'I-12',
    'a delivery that was refused, called delivered',
    async () => {
      const id = await aDelivery({ status: 'delivered' });
      await sql(
        `INSERT INTO webhook_attempts (id, delivery_id, at, duration_ms, status) VALUES ($1, $1, now(), 3, 302)`,
        id,
      );
      return { id, says: /delivered, without an answer/ };
    },
  ],
  [
    'I-15',
    'two payments under one order number',
    async () => {
      const [one, two] = [await aPaidPayment(test.stores, account), await aPaidPayment(test.stores, account)];
      await sql(`DROP INDEX IF EXISTS payments_app_order_no_key`);
      await sql(`UPDATE payments SET order_no = $2 WHERE id = $1`, two.payment.id, one.payment.orderNo);
      return { id: [one.payment.id, two.payment.id].toSorted()[0]!, says: /has 2 payments/ };
    },
  ],
  [
    'I-15',
    'two refunds under one refund number',
    async () => {
      const [one, two] = [await paidAndRefunded(), await paidAndRefunded()];
      await sql(`DROP INDEX IF EXISTS refunds_app_refund_no_key`);
      await sql(`UPDATE refunds SET refund_no = $2 WHERE id = $1`, two.refund.id, one.refund.refundNo);
      return { id: [one.refund.id, two.refund.id].toSorted()[0]!, says: /has 2 refunds/ };
    },
  ],
  ...(['attempts', 'refunds', 'events'] as const).map((table): readonly [string, string, Plant] => [
    'I-16',
    `${table} of another app than their payment`,
    async () => {
      const { payment } = await paidAndRefunded();
      await sql(`UPDATE ${table} SET app = 'elsewhere' WHERE payment_id = $1`, payment.id);
      const [row] = await test.database.client.$queryRawUnsafe<{ id: string }[]>(
        `SELECT id FROM ${table} WHERE payment_id = $1 LIMIT 1`,
        payment.id,
      );
      return { id: row!.id, says: /of elsewhere, on payment pay_\w+ of shop/ };
    },
  ]),
  [
    'I-16',
    'a request to a friend of another app than its payment',
    async () => {
      const { payment } = await aPaidPayment(test.stores, account);
      const id = newId('fr');
      await sql(
        `INSERT INTO friend_requests (id, app, payment_id, method, content_hash, token, text_code, created_at, expires_at)
         VALUES ($1, 'elsewhere', $2, 'm', 'h', $1, $1, now(), now())`,
        id,
        payment.id,
      );
      return { id, says: /of elsewhere/ };
    },
  ],
  [
    'I-18',
    'an attempt that was due long ago',
    async () => {
      const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
      await test.stores.payments.scheduleAttempt(attempts[0]!.id, minutesAfter(-11));
      return { id: attempts[0]!.id, says: /due since/ };
    },
  ],
  [
    'I-18',
    'an attempt that nobody will ask about',
    async () => {
      const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
      await test.stores.payments.scheduleAttempt(attempts[0]!.id, null);
      return { id: attempts[0]!.id, says: /nobody will ask/ };
    },
  ],
  [
    'I-18',
    'a refund that nobody will ask about',
    async () => {
      const { refund } = await paidAndRefunded();
      await sql(`UPDATE refunds SET status = 'unknown', next_check_at = NULL WHERE id = $1`, refund.id);
      return { id: refund.id, says: /nobody will ask/ };
    },
  ],
  [
    'I-18',
    'a refund that was due long ago',
    async () => {
      const { refund } = await paidAndRefunded();
      await sql(`UPDATE refunds SET next_check_at = $2::timestamptz WHERE id = $1`, refund.id, minutesAfter(-11));
      return { id: refund.id, says: /due since/ };
    },
  ],
  [
    'I-18',
    'an open payment long past its expiry',
    async () => {
      const payment = aPayment({ expiresAt: minutesAfter(-11) });
      await test.stores.payments.insertPayment(payment, anEvent('payment.created', payment.id));
      return { id: payment.id, says: /although it expired/ };
    },
  ],
  [
    'I-18',
    'a message that was kept and never applied',
    async () => {
      const id = newId('ntf');
      await sql(
        `INSERT INTO notifications (id, provider, account_id, account_version, message_id, subject, headers, body, received_at)
         VALUES ($1, 'wire', 'acc', 1, $1, 'payment', '{}', '', $2::timestamptz)`,
        id,
        minutesAfter(-11),
      );
      return { id, says: /never applied/ };
    },
  ],
  [
    'I-20',
    'a refund in another currency than its capture',
    async () => {
      const { refund } = await paidAndRefunded();
      await sql(`UPDATE refunds SET currency = 'USD' WHERE id = $1`, refund.id);
      return { id: refund.id, says: /in USD, of a capture in CNY/ };
    },
  ],
  [
    'I-20',
    'an amount that JSON would round',
    async () => {
      const { payment } = await aPaidPayment(test.stores, account);
      await sql(`UPDATE payments SET amount = 9007199254740993 WHERE id = $1`, payment.id);
      return { id: payment.id, says: /9007199254740993/ };
    },
  ],
  [
    'I-20',
    'a column of money that rounds',
    async () => {
      await sql(`CREATE TABLE tips (amount double precision)`);
      return { id: 'tips.amount', says: /double precision/ };
    },
  ],
  [
    'I-27',
    "an attempt with another app's account",
    async () => {
      const { attempts } = await aPaymentWithAttempts(test.stores, account, 1);
      await sql(`UPDATE attempts SET app = 'elsewhere' WHERE id = $1`, attempts[0]!.id);
      return { id: attempts[0]!.id, says: /of elsewhere at wire, with account acc_\w+ of shop/ };
    },
  ],
];

describe('the check', () => {
  it.each(PLANTS)('finds for %s %s', async (invariant, _, plant) => {
    const before = new Set((await look(invariant)).map(({ id }) => id));
    const { id, says } = await plant();
    const found = (await look(invariant)).filter((it) => !before.has(it.id));
    expect(found).toEqual(expect.arrayContaining([{ id, detail: expect.stringMatching(says) }]));
  });

  it('has a plant for every invariant', () => {
    expect(new Set(PLANTS.map(([id]) => id))).toEqual(new Set(INVARIANTS.map(({ id }) => id)));
  });

  it('hands violations out a page at a time, each once', async () => {
    const all = (await look('I-18')).map(({ id }) => id);
    expect(all.length).toBeGreaterThan(3);
    const paged: string[] = [];
    for (let after = ''; ;) {
      const page = await test.stores.operation.violations('I-18', { ...QUERY, after, limit: 2 });
      paged.push(...page.map(({ id }) => id));
      if (page.length < 2) break;
      after = paged.at(-1)!;
    }
    expect(paged).toEqual(all);
  });

  it('names no invariant that there is not', async () => {
    await expect(look('I-99')).rejects.toThrow('There is no invariant I-99.');
  });
});
