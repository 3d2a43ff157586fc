import { expirePayment, MAX_ATTEMPTS, newId } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './support/browser.js';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['eleme', 'taote', 'pinduoduo']);
});
afterAll(() => world.close());

const dropNotifications = (reference: string) => ({
  match: { operation: 'notification', reference },
  phase: 'before',
  action: 'drop',
  times: 100,
});

async function started(app: string, method: string, scene: string, more: Record<string, unknown> = {}) {
  const merchant = world.merchant(app);
  const payment = await merchant.createPayment(more);
  const attempt = (await merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene })).body;
  return { merchant, payment, attempt };
}

describe('a payment whose notification never comes', () => {
  it.each([
    ['eleme', 'wechat_pay', 'app'],
    ['eleme', 'alipay', 'mobile_web'],
    ['pinduoduo', 'duoduo_wallet', 'desktop_web'],
  ])('%s with %s is settled on the spot by refresh', async (app, method, scene) => {
    const { merchant, payment, attempt } = await started(app, method, scene);
    await world.payer.faults([dropNotifications(attempt.reference)]);
    await world.payer.pay(attempt.next_action);
    expect((await merchant.get(`/v1/payments/${payment.id}`)).body.status).toBe('open');
    expect((await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body).toMatchObject({
      status: 'paid',
      paid_with: { method },
    });
    await world.payer.faults([]);
  });

  it('is settled by the worker when its next question is due', async () => {
    const { merchant, payment, attempt } = await started('eleme', 'wechat_pay', 'app');
    await world.payer.faults([dropNotifications(attempt.reference)]);
    await world.payer.pay(attempt.next_action);
    await world.payer.advance(31_000);
    const paid = await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}`)).body,
      (it) => it.status === 'paid',
      10_000,
    );
    expect(paid.paid_with.reference).toBe(attempt.reference);
    await world.payer.faults([]);
  });
});

describe('B-30: a payment that is tried again and again', () => {
  it('is refused the 301st try, by API and cashier, and keeps the one that awaits its payer', async () => {
    const { merchant, payment, attempt } = await started('eleme', 'wechat_pay', 'app');
    const { payments } = world.stores;
    const { nextCheckAt: _, ...last } = (await payments.findAttemptByReference(attempt.reference))!;
    const [event] = await payments.listEvents('eleme', payment.id);
    for (let count = 1; count < MAX_ATTEMPTS; count += 1) {
      const id = newId('att');
      await payments.openAttempt({ ...last, id, reference: id, status: 'closed' }, { ...event!, id: newId('evt') });
    }
    const tries = `/v1/payments/${payment.id}/attempts`;
    const another = await merchant.post(tries, { method: 'alipay', scene: 'mobile_web' });
    expect(another).toMatchObject({ status: 409, body: { code: 'attempts_exhausted', limit: 300 } });
    expect((await new Browser('phone').post(`${payment.cashier_url}/pay`, { method: 'alipay' })).status).toBe(409);
    const same = await merchant.post(tries, { method: 'wechat_pay', scene: 'app' });
    expect(same).toMatchObject({ status: 200, body: { id: attempt.id, status: 'awaiting_payer' } });
  });
});

describe('canceling', () => {
  it('closes at the provider first, and then takes no money any more', async () => {
    const { merchant, payment, attempt } = await started('eleme', 'wechat_pay', 'app');
    const trade = await world.payer.open(attempt.next_action);
    const canceled = await merchant.post(`/v1/payments/${payment.id}/cancel`);
    expect(canceled).toMatchObject({
      status: 200,
      body: { status: 'closed', closed_reason: 'canceled', attempts: [{ status: 'closed' }] },
    });
    expect((await world.payer.trade(attempt.reference)).state).toBe('closed');
    expect((await world.payer.control('POST', `/trades/${trade.id}/pay`, {})).status).toBe(409);
    expect((await merchant.post(`/v1/payments/${payment.id}/cancel`)).status).toBe(200);
    const again = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_pay', scene: 'app' });
    expect(again).toMatchObject({ status: 409, body: { code: 'payment_closed' } });
  });

  it.each(['canceled', 'expired'] as const)(
    'closes also what begins while it closes the others: %s',
    async (reason) => {
      const { merchant, payment } = await started('eleme', 'wechat_pay', 'app', { expires_in: 60 });
      const { payments } = world.stores;
      const close = payments.closePayment.bind(payments);
      const begun: Promise<{ body: { reference: string } }>[] = [];
      vi.spyOn(payments, 'closePayment').mockImplementationOnce(async (...closing) => {
        begun.push(merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_pay', scene: 'app' }));
        await begun[0];
        return close(...closing);
      });
      if (reason === 'canceled') await merchant.post(`/v1/payments/${payment.id}/cancel`);
      else {
        const record = await payments.loadPayment(payment.id);
        await expirePayment(world.core, record!.payment);
      }
      const after = (await merchant.get(`/v1/payments/${payment.id}`)).body;
      expect(after).toMatchObject({ status: 'closed', closed_reason: reason });
      expect(after.attempts.map((it: { status: string }) => it.status)).toEqual(['closed', 'closed']);
      const { body } = (await begun[0])!;
      expect((await world.payer.trade(body.reference)).state).toBe('closed');
    },
  );

  it('is 409 when the payer was faster, even before their notification came', async () => {
    const { merchant, payment, attempt } = await started('eleme', 'wechat_pay', 'app');
    await world.payer.faults([dropNotifications(attempt.reference)]);
    await world.payer.pay(attempt.next_action);
    expect(await merchant.post(`/v1/payments/${payment.id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'payment_already_paid' },
    });
    expect((await merchant.get(`/v1/payments/${payment.id}`)).body.status).toBe('paid');
    await world.payer.faults([]);
  });

  it('gives money back that arrives after all: an unopened Alipay order stays payable', async () => {
    const { merchant, payment, attempt } = await started('eleme', 'alipay', 'mobile_web');
    const canceled = (await merchant.post(`/v1/payments/${payment.id}/cancel`)).body;
    expect(canceled).toMatchObject({ status: 'closed', attempts: [{ status: 'superseded' }] });
    await world.payer.pay(attempt.next_action);
    const after = await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body,
      (it) => it.refunds[0]?.status === 'succeeded',
      5_000,
    );
    expect(after).toMatchObject({
      status: 'closed',
      amount_refunded: 0,
      paid_with: null,
      refunds: [{ cause: 'obligation', amount: 1_299 }],
    });
    expect(await world.payer.trade(attempt.reference)).toMatchObject({ state: 'refunded', refunded: 1_299 });
  });
});

describe('paying twice', () => {
  it('with two wallets keeps the first and gives the second back, exactly once', async () => {
    const { merchant, payment, attempt: first } = await started('eleme', 'alipay', 'mobile_web');
    const second = (await merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_pay', scene: 'app' }))
      .body;
    await world.payer.pay(second.next_action);
    await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}`)).body,
      (it) => it.status === 'paid',
      2_000,
    );
    await world.payer.pay(first.next_action);
    const after = await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body,
      (it) => it.refunds.some((refund: { status: string }) => refund.status === 'succeeded'),
      5_000,
    );
    expect(after).toMatchObject({ status: 'paid', paid_with: { method: 'wechat_pay' }, amount_refunded: 0 });
    expect(after.refunds).toHaveLength(1);
    expect(await world.payer.trade(first.reference)).toMatchObject({ state: 'refunded' });
    expect(await world.payer.trade(second.reference)).toMatchObject({ state: 'paid', refunded: 0 });
  });
});

describe('another try', () => {
  it('with the same method, scene and payer is the same attempt; with another method the older one is closed first', async () => {
    const { merchant, payment, attempt } = await started('eleme', 'wechat_pay', 'app');
    const same = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_pay', scene: 'app' });
    expect(same).toMatchObject({ status: 200, body: { id: attempt.id, next_action: attempt.next_action } });
    const other = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'alipay', scene: 'app' });
    expect(other.status).toBe(201);
    expect((await world.payer.trade(attempt.reference)).state).toBe('closed');
    const { attempts } = (await merchant.get(`/v1/payments/${payment.id}`)).body;
    expect(attempts.map((it: { status: string }) => it.status)).toEqual(['closed', 'awaiting_payer']);
  });
});

describe('expiry', () => {
  it('closes at the provider, then here; a code is never payable longer than its payment', async () => {
    const { merchant, payment, attempt } = await started('taote', 'wechat_scan', 'desktop_web', { expires_in: 120 });
    await world.payer.advance(121_000);
    const closed = await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}`)).body,
      (it) => it.status === 'closed',
      10_000,
    );
    expect(closed.closed_reason).toBe('expired');
    expect((await world.payer.trade(attempt.reference)).state).toBe('closed');
  });

  it('refuses a new attempt', async () => {
    const merchant = world.merchant('taote');
    const payment = await merchant.createPayment({ expires_in: 60 });
    await world.payer.advance(61_000);
    const late = await world.until(
      () => merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'alipay', scene: 'app' }),
      ({ body }) => body.code === 'payment_closed',
      5_000,
    );
    expect(late.status).toBe(409);
  });
});

describe('a provider that does not answer as it should', () => {
  const startWith = async (rule: Record<string, unknown>) => {
    const merchant = world.merchant('taote');
    const payment = await merchant.createPayment();
    await world.payer.faults([{ match: { provider: 'wechat_pay', operation: 'order' }, times: 1, ...rule }]);
    const reply = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
      method: 'wechat_scan',
      scene: 'desktop_web',
    });
    await world.payer.faults([]);
    return { merchant, payment, reply };
  };

  it.each([
    ['resets the connection after it ordered', { phase: 'after', action: 'reset' }],
    ['resets the connection before it ordered', { phase: 'before', action: 'reset' }],
    ['answers 500 after it ordered', { phase: 'after', action: 'status', status: 500 }],
    ['signs wrongly', { phase: 'after', action: 'bad_signature' }],
    ['does not sign', { phase: 'after', action: 'no_signature' }],
    ['says that our own number is paid', { phase: 'before', action: 'error', status: 400, code: 'ORDER_PAID' }],
  ])('and %s leaves the attempt unknown; trying again settles it on the same number', async (_, rule) => {
    const { merchant, payment, reply } = await startWith(rule);
    expect(reply).toMatchObject({ status: 201, body: { status: 'unknown', next_action: { type: 'none' } } });
    const again = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
      method: 'wechat_scan',
      scene: 'desktop_web',
    });
    expect(again).toMatchObject({
      status: 200,
      body: { id: reply.body.id, status: 'awaiting_payer', reference: reply.body.reference },
    });
    await world.payer.pay(again.body.next_action);
    const paid = await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}`)).body,
      (it) => it.status === 'paid',
      2_000,
    );
    expect(paid.attempts).toHaveLength(1);
  });
});

/** Writes what a process leaves that dies right after committing an attempt: a `starting` row in place of a closed one. */
async function orphanedAttempt(paymentId: string, like: string): Promise<string> {
  const { payments } = world.stores;
  const model = (await payments.loadPayment(paymentId))?.attempts.find(({ id }) => id === like);
  if (model === undefined) throw new Error('no such attempt');
  await payments.moveAttempt(model.id, 'closed', { nextCheckAt: null });
  const { nextAction: _, ...row } = model;
  const id = newId('att');
  const createdAt = new Date(Date.now() + world.sandbox.clock.offsetMs);
  const nextCheckAt = new Date(createdAt.getTime() + 30_000);
  const event = {
    id: newId('evt'),
    type: 'payment.attempt_opened',
    app: row.app,
    paymentId,
    data: {},
    createdAt,
  } as const;
  await payments.openAttempt(
    { ...row, id, reference: id, status: 'starting', createdAt, nextCheckAt, checks: 0 },
    event,
  );
  return id;
}

describe('an attempt of unknown outcome', () => {
  it('whose payer comes back from another address gives way to a new one, closed at the provider', async () => {
    const merchant = world.merchant('eleme');
    const payment = await merchant.createPayment();
    const start = (ip: string) =>
      merchant.post(`/v1/payments/${payment.id}/attempts`, {
        method: 'wechat_pay',
        scene: 'mobile_web',
        payer: { ip },
      });
    await world.payer.faults([
      { match: { provider: 'wechat_pay', operation: 'order' }, phase: 'after', action: 'reset', times: 1 },
    ]);
    const lost = (await start('203.0.113.1')).body;
    expect(lost.status).toBe('unknown');
    await world.payer.faults([]);
    const again = await start('203.0.113.2');
    expect(again).toMatchObject({ status: 201, body: { status: 'awaiting_payer' } });
    expect(again.body.reference).not.toBe(lost.reference);
    expect((await world.payer.trade(lost.reference)).state).toBe('closed');
  });

  it('is what a crash between the row and the call leaves behind; the payer goes on with the same number', async () => {
    const merchant = world.merchant('taote');
    const payment = await merchant.createPayment();
    const start = () =>
      merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_scan', scene: 'desktop_web' });
    const begun = (await start()).body;
    const orphan = await orphanedAttempt(payment.id, begun.id);
    expect((await start()).body.code).toBe('attempt_in_progress');
    await world.payer.advance(31_000);
    const again = await world.until(start, ({ status }) => status === 200, 5_000);
    expect(again.body).toMatchObject({ id: orphan, status: 'awaiting_payer', reference: orphan });
  });

  it('stays as it is while the provider does not answer', async () => {
    const merchant = world.merchant('taote');
    const payment = await merchant.createPayment();
    const start = () =>
      merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_scan', scene: 'desktop_web' });
    await world.payer.faults([{ match: { provider: 'wechat_pay' }, phase: 'before', action: 'reset', times: 100 }]);
    const lost = (await start()).body;
    const again = await start();
    expect(again).toMatchObject({ status: 200, body: { id: lost.id, status: 'unknown' } });
    await world.payer.faults([]);
    expect(await start()).toMatchObject({ status: 200, body: { id: lost.id, status: 'awaiting_payer' } });
  });
});

describe('refunds', () => {
  async function paid(app: string, method: string) {
    const { merchant, payment, attempt } = await started(app, method, 'app');
    await world.payer.pay(attempt.next_action);
    await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}`)).body,
      (it) => it.status === 'paid',
      2_000,
    );
    return { merchant, payment, attempt };
  }

  it('asked for twenty times at once never pass what was paid', async () => {
    const { merchant, payment, attempt } = await paid('pinduoduo', 'duoduo_wallet');
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        merchant.post(`/v1/payments/${payment.id}/refunds`, { refund_no: `${payment.id}-${at}`, amount: 200 }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(6);
    expect(replies.filter(({ status, body }) => status === 409 && body.code === 'refund_exceeds_payment')).toHaveLength(
      14,
    );
    expect((await world.payer.trade(attempt.reference)).refunded).toBe(1_200);
  });

  it('with a number used before are the same refund, or 409 with other content', async () => {
    const { merchant, payment } = await paid('pinduoduo', 'duoduo_wallet');
    const body = { refund_no: `${payment.id}-a`, amount: 100, reason: '缺货' };
    const first = await merchant.post(`/v1/payments/${payment.id}/refunds`, body);
    expect(await merchant.post(`/v1/payments/${payment.id}/refunds`, body)).toMatchObject({
      status: 200,
      body: { id: first.body.id },
    });
    expect(await merchant.post(`/v1/payments/${payment.id}/refunds`, { ...body, amount: 101 })).toMatchObject({
      status: 409,
      body: { code: 'refund_no_taken' },
    });
    expect((await merchant.get(`/v1/refunds/${first.body.id}`)).body).toMatchObject({
      amount: 100,
      status: 'succeeded',
    });
    expect((await world.merchant('eleme').get(`/v1/refunds/${first.body.id}`)).status).toBe(404);
  });

  it('of a payment that is not paid are 409, and malformed ones 400', async () => {
    const merchant = world.merchant('taote');
    const payment = await merchant.createPayment();
    const refund = (more: Record<string, unknown>) =>
      merchant.post(`/v1/payments/${payment.id}/refunds`, { refund_no: 'r-1', amount: 1, ...more });
    expect(await refund({})).toMatchObject({ status: 409, body: { code: 'payment_not_paid' } });
    for (const amount of [0, -1, 1.5, '1', null]) expect((await refund({ amount })).status).toBe(400);
    expect((await refund({ destination: 'me' })).status).toBe(400);
  });

  it('whose answer was lost are asked about and sent again under the same number', async () => {
    const { merchant, payment, attempt } = await paid('eleme', 'wechat_pay');
    await world.payer.faults([
      {
        match: { provider: 'wechat_pay', operation: 'refund', reference: attempt.reference },
        phase: 'after',
        action: 'reset',
        times: 1,
      },
    ]);
    const reply = await merchant.post(`/v1/payments/${payment.id}/refunds`, {
      refund_no: `${payment.id}-l`,
      amount: 500,
    });
    expect(reply).toMatchObject({ status: 201, body: { status: 'unknown' } });
    const after = await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body,
      (it) => it.amount_refunded === 500,
      5_000,
    );
    expect(after.refunds).toHaveLength(1);
    expect((await world.payer.trade(attempt.reference)).refunded).toBe(500);
  });
});
