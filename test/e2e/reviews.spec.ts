import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from './support/command-line.js';
import { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Body = any;

let world: World;
let merchant: Merchant;
beforeAll(async () => {
  world = await startWorld(['eleme'], { HUTONG_ROLE: 'api' });
  merchant = world.merchant('eleme');
});
afterEach(() => world.payer.faults([]));
afterAll(() => world.close());

async function paid() {
  const payment = await merchant.createPayment();
  const attempt = { method: 'wechat_pay', scene: 'app' };
  const { body } = await merchant.post(`/v1/payments/${payment.id}/attempts`, attempt);
  await world.payer.pay(body.next_action);
  const ask = async () => (await merchant.get(`/v1/payments/${payment.id}`)).body;
  return world.until(ask, ({ status }) => status === 'paid', 5_000);
}

/** A payment that was paid once more after it was canceled, its refund refused by the provider for good. */
async function refusedObligation() {
  const payment = await merchant.createPayment();
  const { body: attempt } = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
    method: 'wechat_pay',
    scene: 'app',
  });
  const trade = await world.payer.open(attempt.next_action);
  await merchant.post(`/v1/payments/${payment.id}/cancel`);
  await refuseRefunds();
  await world.payer.confirm(trade.id, { force: true });
  const ask = async () => (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body;
  return world.until(ask, ({ needs_review: needed }) => needed, 5_000);
}

const refuseRefunds = () =>
  world.payer.faults([
    {
      match: { operation: 'refund' },
      phase: 'before',
      action: 'error',
      code: 'USER_ACCOUNT_ABNORMAL',
      status: 403,
      times: 100,
    },
  ]);

const reviewsOf = async (payment: Body, status = 'open'): Promise<Body[]> =>
  (await world.admin.get(`/admin/v1/reviews?app=eleme&status=${status}`)).body.data.filter(
    (it: Body) => it.payment_id === payment.id,
  );
const resolve = (review: Body, body: object, caller = world.admin) =>
  caller.post(`/admin/v1/reviews/${review.id}/resolve`, body);
const seen = async (payment: Body) => (await merchant.get(`/v1/payments/${payment.id}`)).body;

describe('a refund that is owed and refused', () => {
  it('waits for a person, is sent again under its number, and ends', async () => {
    const payment = await refusedObligation();
    const [review] = await reviewsOf(payment);
    const [refund] = payment.refunds;
    expect(review).toMatchObject({ type: 'refund.needs_review', status: 'open', data: { refund_id: refund.id } });
    expect(refund.status).toBe('needs_review');
    await world.payer.faults([]);
    expect(await resolve(review, { action: 'retry', note: '余额已充' })).toMatchObject({
      status: 200,
      body: { status: 'resolved', resolution: { action: 'retry', note: '余额已充' } },
    });
    const after = await world.until(
      () => seen(payment),
      (it) => it.refunds[0].status === 'succeeded',
      5_000,
    );
    expect(after).toMatchObject({ needs_review: false, refunds: [{ reference: refund.reference }] });
    expect(await resolve(review, { action: 'dismiss', note: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'review_resolved' },
    });
  });

  it('raises a new review when it is refused again', async () => {
    const payment = await refusedObligation();
    const [first] = await reviewsOf(payment);
    expect((await resolve(first, { action: 'retry' })).status).toBe(200);
    const open = await reviewsOf(payment);
    expect(open).toHaveLength(1);
    expect(open[0].id).not.toBe(first.id);
    expect((await seen(payment)).needs_review).toBe(true);
  });
});

describe('a review', () => {
  it('that is rechecked ends only if its provider has settled the matter', async () => {
    const payment = await refusedObligation();
    const [review] = await reviewsOf(payment);
    expect(await resolve(review, { action: 'recheck' })).toMatchObject({
      status: 409,
      body: { code: 'review_unsettled', status: 409 },
    });
    expect(await reviewsOf(payment)).toHaveLength(1);
    await world.payer.faults([]);
    const settled = await world.until(
      () => resolve(review, { action: 'recheck' }),
      ({ status }) => status === 200,
      5_000,
    );
    expect(settled.body.resolution.action).toBe('recheck');
    expect((await seen(payment)).refunds).toMatchObject([{ status: 'succeeded' }]);
  });

  it('is dismissed with a note only, by an editor only, and stands in the audit log', async () => {
    const payment = await refusedObligation();
    const [review] = await reviewsOf(payment);
    expect(await resolve(review, { action: 'dismiss' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
    const { body: viewer } = await world.admin.post('/admin/v1/keys', { role: 'viewer' });
    const reader = new Merchant(world.url, viewer.key);
    expect((await resolve(review, { action: 'dismiss', note: 'x' }, reader)).status).toBe(403);
    expect((await reader.get('/admin/v1/reviews')).status).toBe(200);
    expect((await resolve(review, { action: 'dismiss', note: '线下退款' })).status).toBe(200);
    const { body } = await world.admin.get('/admin/v1/audit?limit=500');
    expect(body.data.at(-1)).toMatchObject({
      action: 'review.resolved',
      app: 'eleme',
      reason: '线下退款',
      detail: { action: 'dismiss', refund_id: payment.refunds[0].id },
    });
    expect((await seen(payment)).needs_review).toBe(false);
    expect(await reviewsOf(payment, 'resolved')).toMatchObject([{ id: review.id, resolution: { note: '线下退款' } }]);
  });

  it('is of a refund where it is to be sent again', async () => {
    const payment = await paid();
    await world.stores.payments.raiseReview({
      id: `evt_${payment.id.slice(4)}`,
      type: 'payment.needs_review',
      app: 'eleme',
      paymentId: payment.id,
      data: { attempt_id: payment.attempts[0].id, code: 'refunded_elsewhere' },
      createdAt: new Date(),
    });
    const [review] = await reviewsOf(payment);
    expect(await resolve(review, { action: 'retry' })).toMatchObject({
      status: 409,
      body: { code: 'review_not_retryable' },
    });
    expect((await world.admin.get('/admin/v1/reviews/evt_nothing00')).status).toBe(404);
    expect((await merchant.get('/admin/v1/reviews')).status).toBe(403);
  });

  it('is listed and ended from the command line too', async () => {
    const payment = await refusedObligation();
    const [review] = await reviewsOf(payment);
    const hutong = commandLine(world);
    expect(await hutong.run('reviews')).toContain(review.id);
    expect(await hutong.run('reviews', 'resolve', review.id, '--action', 'dismiss', '--note', 'by phone')).toBe(
      `${review.id} is resolved (dismiss)`,
    );
    expect(await hutong.run('reviews', 'list')).not.toContain(review.id);
    expect(await hutong.run('reviews', 'list', '--status', 'resolved', '--json')).toContain('"note":"by phone"');
  });
});
