import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Body = any;

const MINUTE_MS = 60_000;

let world: World;
let merchant: Merchant;
beforeAll(async () => {
  world = await startWorld(['eleme']);
  merchant = world.merchant('eleme');
});
afterAll(() => world.close());

const open = (payment: Body, method: string, more: object = {}) =>
  merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene: 'app', ...more }).then(({ body }) => body);

const inMiniProgram = () => ({ scene: 'mini_program', payer: { openid: world.openidFor('eleme', 'xiaoming') } });

const seen = (payment: Body, refresh = false): Promise<Body> =>
  merchant.get(`/v1/payments/${payment.id}${refresh ? '?refresh=true' : ''}`).then(({ body }) => body);

/** The payment when everything that was paid on top has gone back, as the merchant reads it. */
const atRest = (payment: Body, captures: number): Promise<Body> =>
  world.until(
    () => seen(payment),
    (it) =>
      it.captures.length === captures &&
      it.captures.every((capture: Body) => capture.accepted || refundOf(it, capture)?.status === 'succeeded'),
    10_000,
  );

const refundOf = (payment: Body, capture: Body): Body =>
  payment.refunds.find((refund: Body) => refund.id === capture.returned_by);

/** I-01, I-03, I-04 and I-05, here and in the sandbox's own books. */
async function expectMoneyRight(payment: Body): Promise<void> {
  const accepted = payment.captures.filter((it: Body) => it.accepted);
  expect(accepted).toHaveLength(payment.status === 'paid' ? 1 : 0);
  const surplus = payment.captures.filter((it: Body) => !it.accepted);
  expect(payment.amount_overpaid).toBe(surplus.length * payment.amount);
  const obligations = payment.refunds.filter((it: Body) => it.cause === 'obligation');
  expect(obligations.map((it: Body) => it.capture_id).toSorted()).toEqual(surplus.map((it: Body) => it.id).toSorted());
  for (const attempt of payment.attempts) {
    const capture = payment.captures.find((it: Body) => it.attempt_id === attempt.id);
    const trade = await world.payer.trade(attempt.reference);
    const kept = capture?.accepted === true ? payment.amount : 0;
    expect({ reference: attempt.reference, kept: moved(trade) }).toEqual({ reference: attempt.reference, kept });
  }
}

const moved = (trade: Body): number =>
  ['paid', 'refunded'].includes(trade?.state) ? trade.amount - trade.refunded : 0;

const confirm = (trade: Body) => world.payer.confirm(trade.id, { force: true });

/** Notifications of so many orders stay away, so that the captures come by questions. */
const loseNotifications = () =>
  world.payer.faults([{ match: { operation: 'notification' }, phase: 'before', action: 'drop', times: 1_000 }]);

/** Messages of two wallets overtake one another: whichever is taken first pays. */
const untilPaid = ({ id }: { readonly id: string }) =>
  world.until(
    () => merchant.get(`/v1/payments/${id}`),
    ({ body }) => body.status === 'paid',
    10_000,
  );

describe('a payment paid more than once', () => {
  it('F-60 by two wallets keeps the first and gives the other back, and says so', async () => {
    const payment = await merchant.createPayment();
    const first = await open(payment, 'alipay');
    const trade = await world.payer.open(first.next_action);
    const second = await open(payment, 'wechat_pay');
    await world.payer.pay(second.next_action);
    await untilPaid(payment);
    await confirm(trade);
    const after = await atRest(payment, 2);
    expect(after).toMatchObject({ status: 'paid', paid_with: { attempt_id: second.id }, needs_review: false });
    await expectMoneyRight(after);
  });

  it('F-62 twice at the same wallet: the old code was closed, and paid just before that', async () => {
    const payment = await merchant.createPayment();
    const first = await open(payment, 'wechat_pay');
    const old = await world.payer.open(first.next_action);
    const second = await open(payment, 'wechat_pay', inMiniProgram());
    expect((await world.payer.trade(first.reference)).state).toBe('closed');
    await world.payer.pay(second.next_action);
    await untilPaid(payment);
    await confirm(old);
    const after = await atRest(payment, 2);
    expect(after.paid_with.attempt_id).toBe(second.id);
    await expectMoneyRight(after);
  });

  it('F-71 three times gives back all but one, exactly once each, and keeps the events in order', async () => {
    const payment = await merchant.createPayment();
    const trades = [];
    for (const [method, more] of [
      ['alipay', {}],
      ['wechat_pay', {}],
      ['wechat_pay', inMiniProgram()],
    ] as const)
      trades.push(await world.payer.open((await open(payment, method, more)).next_action));
    await Promise.all(trades.map(confirm));
    const after = await atRest(payment, 3);
    await expectMoneyRight(after);
    const events = await world.stores.payments.listEvents('eleme', payment.id);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ type }) => type === 'payment.paid')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'payment.overpaid')).toHaveLength(2);
  });
});

describe("F-85 the merchant's refund beside the one that is owed", () => {
  it('takes the accepted money only: all of it goes back, each part once', async () => {
    const payment = await merchant.createPayment();
    const trade = await world.payer.open((await open(payment, 'alipay')).next_action);
    const second = await open(payment, 'wechat_pay');
    await world.payer.pay(second.next_action);
    await world.until(
      () => seen(payment),
      ({ status }) => status === 'paid',
      5_000,
    );
    const refund = { refund_no: `${payment.id}-all`, amount: payment.amount };
    const [, { body }] = await Promise.all([
      confirm(trade),
      merchant.post(`/v1/payments/${payment.id}/refunds`, refund),
    ]);
    const after = await world.until(
      () => atRest(payment, 2),
      ({ amount_refunded: refunded }) => refunded === payment.amount,
      10_000,
    );
    const [accepted] = after.captures.filter((it: Body) => it.accepted);
    expect(body.capture_id).toBe(accepted.id);
    expect(after.refunds.map((it: Body) => [it.cause, it.amount]).toSorted()).toEqual([
      ['merchant', payment.amount],
      ['obligation', payment.amount],
    ]);
    for (const { reference } of after.attempts)
      expect(await world.payer.trade(reference)).toMatchObject({ state: 'refunded', refunded: payment.amount });
    const more = await merchant.post(`/v1/payments/${payment.id}/refunds`, { refund_no: `${payment.id}-1`, amount: 1 });
    expect(more).toMatchObject({ status: 409, body: { code: 'refund_exceeds_payment' } });
  });
});

describe('money that comes after the end', () => {
  it.each([
    ['a minute', MINUTE_MS],
    ['an hour', 60 * MINUTE_MS],
    ['a day', 24 * 60 * MINUTE_MS],
  ])('F-46 of a canceled payment, %s late, goes back', async (_, lateMs) => {
    const payment = await merchant.createPayment();
    const trade = await world.payer.open((await open(payment, 'wechat_pay')).next_action);
    await merchant.post(`/v1/payments/${payment.id}/cancel`);
    await world.payer.advance(lateMs);
    await confirm(trade);
    const after = await atRest(payment, 1);
    expect(after).toMatchObject({ status: 'closed', paid_with: null, amount_refunded: 0 });
    await expectMoneyRight(after);
  });

  it('of an expired payment goes back', async () => {
    const payment = await merchant.createPayment({ expires_in: 120 });
    const trade = await world.payer.open((await open(payment, 'wechat_pay')).next_action);
    await world.payer.advance(2 * MINUTE_MS);
    await world.until(
      () => seen(payment),
      ({ status }) => status === 'closed',
      10_000,
    );
    await confirm(trade);
    const after = await atRest(payment, 1);
    expect(after).toMatchObject({ status: 'closed', closed_reason: 'expired' });
    await expectMoneyRight(after);
  });

  it('of a superseded order is found by a question, when no notification comes', async () => {
    const payment = await merchant.createPayment();
    const first = await open(payment, 'alipay');
    const second = await open(payment, 'wechat_pay');
    await world.payer.pay(second.next_action);
    await world.until(
      () => seen(payment),
      ({ status }) => status === 'paid',
      5_000,
    );
    await loseNotifications();
    await world.payer.pay(first.next_action);
    const refreshed = await seen(payment, true);
    expect(refreshed.captures).toHaveLength(2);
    await world.payer.faults([]);
    await expectMoneyRight(await atRest(payment, 2));
  });
});
