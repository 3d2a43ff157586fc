import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { retryDelay, RETRY_SCHEDULE_MS } from '@hutong/payment-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answers, hangs, Receiver, resetsAfter200, type Arrived } from './support/receiver.js';
import { startWorld, type World } from './support/world.js';

const APP = 'eleme';
const ENDPOINTS = '/v1/webhook-endpoints';

let world: World;
let receiver: Receiver;
beforeAll(async () => {
  world = await startWorld([APP, 'taote']);
  receiver = await Receiver.listen();
});
afterAll(async () => {
  await receiver.close();
  await world.close();
});
afterEach(async () => {
  for (const { id } of (await merchant().get(ENDPOINTS)).body.data) await merchant().delete(`${ENDPOINTS}/${id}`);
});

const merchant = () => world.merchant(APP);

/** An endpoint at a path of its own. */
async function endpointAt(path: string, more: Record<string, unknown> = {}) {
  const { status, body } = await merchant().post(ENDPOINTS, { url: receiver.urlOf(path), ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

const arrivedAt = (path: string, count: number) =>
  world.until(
    async () => receiver.at(path),
    (seen) => seen.length >= count,
    10_000,
  );
const eventOf = async (id: string) => (await merchant().get(`/v1/events/${id}`)).body;
const deliveryOf = async (eventId: string) => (await eventOf(eventId)).deliveries[0];
const settled = (eventId: string, holds: (delivery: { status: string; attempts: number }) => boolean) =>
  world.until(
    () => deliveryOf(eventId),
    (it) => it !== undefined && holds(it),
    10_000,
  );

/** The newest event of a payment. */
async function newestOf(paymentId: string): Promise<string> {
  return (await merchant().get(`/v1/events?payment_id=${paymentId}&limit=1`)).body.data[0].id;
}

async function businessNow(): Promise<number> {
  return Date.parse((await world.payer.control('GET', '/clock')).body.now);
}

async function paidPayment() {
  const payment = await merchant().createPayment();
  const attempt = (await merchant().post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_pay', scene: 'app' }))
    .body;
  await world.payer.pay(attempt.next_action);
  return world.until(
    async () => (await merchant().get(`/v1/payments/${payment.id}`)).body,
    (it) => it.status === 'paid',
    5_000,
  );
}

function verified({ body, headers }: Arrived, secret: string): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}

function ed25519Holds({ body, headers }: Arrived, publicKey: string): boolean {
  const raw = Buffer.from(publicKey.slice('whpk_'.length), 'base64');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const content = Buffer.from(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`);
  return String(headers['webhook-signature'])
    .split(' ')
    .some((entry) => entry.startsWith('v1a,') && verify(null, content, key, Buffer.from(entry.slice(4), 'base64')));
}

describe('an endpoint', () => {
  it('shows its secret when it is made, to a repeat of that very call, and never again', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const asked = { url: receiver.urlOf('/secret'), event_types: ['payment.paid'], description: 'orders' };
    const made = await merchant().post(ENDPOINTS, asked, key);
    expect(made).toMatchObject({ status: 201, body: { object: 'webhook_endpoint', enabled: true, ...asked } });
    expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made.body.public_key).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    expect((await merchant().post(ENDPOINTS, asked, key)).body).toEqual(made.body);
    const { secret, public_key: _, ...shown } = made.body;
    expect((await merchant().get(`${ENDPOINTS}/${made.body.id}`)).body).toEqual(shown);
    expect((await merchant().get(ENDPOINTS)).body.data).toEqual([shown]);
    expect(await world.dump()).not.toContain(secret.slice(6));
    expect((await merchant().send('POST', ENDPOINTS, JSON.stringify(asked), {})).status).toBe(400);
  });

  it('is changed field by field, and deleted', async () => {
    const { id } = await endpointAt('/change', { description: 'a' });
    const path = `${ENDPOINTS}/${id}`;
    const patch = (body: unknown) => merchant().send('PATCH', path, JSON.stringify(body), {});
    expect((await patch({ event_types: ['refund.failed'], description: null })).body).toMatchObject({
      event_types: ['refund.failed'],
      description: null,
      enabled: true,
    });
    expect((await patch({ enabled: false })).body).toMatchObject({ enabled: false, disabled_reason: 'by_app' });
    expect(await merchant().post(`${path}/test`)).toMatchObject({
      status: 409,
      body: { code: 'webhook_endpoint_disabled' },
    });
    expect((await patch({ enabled: true })).body).toMatchObject({ enabled: true, disabled_reason: null });
    expect((await merchant().delete(path)).body).toEqual({ id, object: 'webhook_endpoint', deleted: true });
    for (const gone of [await merchant().get(path), await patch({}), await merchant().delete(path)])
      expect(gone.status).toBe(404);
  });

  it('of another app does not exist, nor do its events', async () => {
    const { id } = await endpointAt('/mine');
    const payment = await merchant().createPayment();
    const event = await newestOf(payment.id);
    const other = world.merchant('taote');
    const path = `${ENDPOINTS}/${id}`;
    const replies = [
      await other.get(path),
      await other.send('PATCH', path, '{}', {}),
      await other.delete(path),
      await other.post(`${path}/rotate-secret`, {}),
      await other.post(`${path}/test`),
      await other.get(`/v1/events/${event}`),
      await other.post(`/v1/events/${event}/redeliver`, {}),
      await other.post('/v1/events/redeliver', {
        from: '2026-01-01T00:00:00Z',
        to: '2099-01-01T00:00:00Z',
        endpoint_id: id,
      }),
    ];
    expect(replies.map(({ status }) => status)).toEqual(Array(8).fill(404));
    expect((await other.get(`/v1/events?payment_id=${payment.id}`)).body.data).toEqual([]);
  });

  it.each([
    ['an unknown type', { event_types: ['payment.refunded'] }],
    ['a type twice', { event_types: ['payment.paid', 'payment.paid'] }],
    ['a field of its own', { secret: 'whsec_mine' }],
    ['the metadata service', { url: 'http://169.254.169.254/latest' }],
    ['a private address', { url: 'http://10.0.0.1/' }],
    ['a mapped loopback', { url: 'http://[::ffff:127.0.0.1]/' }],
    ['credentials', { url: 'http://user:pass@127.0.0.1/' }],
    ['a file', { url: 'file:///etc/passwd' }],
    ['a port of another service', { url: 'http://127.0.0.1:6379/' }],
    ['no URL', { url: 'shop' }],
  ])('is refused with %s', async (_, wrong) => {
    expect(await merchant().post(ENDPOINTS, { url: receiver.urlOf('/refused'), ...wrong })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ pointer: expect.stringMatching(/^\/(url|event_types|secret)/) }] },
    });
  });

  it('is the tenth of an app at the most', async () => {
    for (let i = 0; i < 10; i += 1) await endpointAt('/many');
    expect(await merchant().post(ENDPOINTS, { url: receiver.urlOf('/many') })).toMatchObject({
      status: 409,
      body: { code: 'webhook_endpoint_limit' },
    });
  });
});

describe('a message', () => {
  it('tells of a payment, signed in both ways, and its endpoint gets the types it asked for', async () => {
    const all = await endpointAt('/all');
    const paidOnly = await endpointAt('/paid-only', { event_types: ['payment.paid'] });
    const payment = await paidPayment();
    const [paid] = await arrivedAt('/paid-only', 1);
    const messages = await arrivedAt('/all', 3);
    for (const message of messages) {
      expect(verified(message, all.secret)).toEqual(JSON.parse(message.body));
      expect(ed25519Holds(message, all.public_key)).toBe(true);
      expect(() => verified(message, paidOnly.secret)).toThrow('No matching signature found');
    }
    expect(JSON.parse(paid!.body)).toEqual({
      id: paid!.id,
      type: 'payment.paid',
      created_at: expect.any(String),
      app: APP,
      sequence: 3,
      data: {
        payment_id: payment.id,
        order_no: payment.order_no,
        status: 'paid',
        amount: 1_299,
        currency: 'CNY',
        amount_refunded: 0,
        detail: expect.objectContaining({ method: 'wechat_pay' }),
      },
    });
    const { deliveries, ...event } = await eventOf(paid!.id);
    expect({ ...JSON.parse(paid!.body), object: 'event' }).toEqual(event);
    expect(deliveries.map((it: { endpoint_id: string }) => it.endpoint_id).toSorted()).toEqual(
      [all.id, paidOnly.id].toSorted(),
    );
    expect(receiver.at('/paid-only')).toHaveLength(1);
  });

  it('brings a merchant who remembers ids and sequences to what GET says, in any order and repeated', async () => {
    await endpointAt('/converge');
    const paid = await paidPayment();
    await merchant().post(`/v1/payments/${paid.id}/refunds`, { refund_no: `${paid.id}-r`, amount: 300 });
    const payment = await world.until(
      async () => (await merchant().get(`/v1/payments/${paid.id}?refresh=true`)).body,
      (it) => it.amount_refunded === 300,
      5_000,
    );
    const newest = await newestOf(paid.id);
    await world.until(
      async () => receiver.at('/converge'),
      (seen) => seen.some(({ id }) => id === newest),
      10_000,
    );
    const bodies = receiver.at('/converge').map(({ body }) => JSON.parse(body));
    expect(bodies.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    for (const order of [
      bodies,
      bodies.toReversed(),
      [...bodies, ...bodies].toSorted((a, b) => (a.id < b.id ? 1 : -1)),
    ]) {
      const last = order.reduce((best, it) => (it.sequence > best.sequence ? it : best));
      expect(last.data).toMatchObject({ status: payment.status, amount: payment.amount, amount_refunded: 300 });
    }
  });

  it('goes out as a test when it is asked for, to that endpoint alone', async () => {
    const { id, secret } = await endpointAt('/test', { event_types: ['refund.failed'] });
    await endpointAt('/not-this');
    const { status, body } = await merchant().post(`${ENDPOINTS}/${id}/test`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'event',
      type: 'webhook.test',
      sequence: null,
      deliveries: [{ endpoint_id: id }],
    });
    const [message] = await arrivedAt('/test', 1);
    expect(verified(message!, secret)).toMatchObject({ id: body.id, type: 'webhook.test', data: { endpoint_id: id } });
    await settled(body.id, ({ status }) => status === 'delivered');
    expect(receiver.at('/not-this').map((it) => it.id)).not.toContain(body.id);
  });
});

describe('F-120 an answer', () => {
  it.each([
    ['500', answers(500), { status: 500, error: null }],
    ['404', answers(404), { status: 404, error: null }],
    ['301', answers(301, { location: 'http://127.0.0.1:1/' }), { status: 301, error: null }],
    ['reset', resetsAfter200, { status: null, error: 'answer_cut_off' }],
  ] as const)(
    'that is no whole 2xx (%s) is a failure, tried again after the first step',
    async (name, behaviour, logged) => {
      receiver.on(`/${name}`, behaviour);
      await endpointAt(`/${name}`);
      const payment = await merchant().createPayment();
      const event = await newestOf(payment.id);
      const delivery = await settled(event, ({ attempts }) => attempts === 1);
      expect(delivery).toMatchObject({ status: 'pending', log: [logged] });
      expect(JSON.stringify(await eventOf(event))).not.toContain('not for tenants');
    },
  );

  it('of 204 is the end of it', async () => {
    await endpointAt('/204');
    const event = await newestOf((await merchant().createPayment()).id);
    expect(await settled(event, ({ status }) => status === 'delivered')).toMatchObject({
      attempts: 1,
      next_attempt_at: null,
      log: [{ status: 204, error: null }],
    });
  });

  it('F-122 of 410 disables the endpoint, with an event for the others', async () => {
    receiver.on('/410', answers(410));
    const { id } = await endpointAt('/410', { event_types: ['payment.created'] });
    await endpointAt('/watching', { event_types: ['webhook_endpoint.disabled'] });
    const event = await newestOf((await merchant().createPayment()).id);
    expect(await settled(event, ({ status }) => status === 'dead_letter')).toMatchObject({ log: [{ status: 410 }] });
    expect((await merchant().get(`${ENDPOINTS}/${id}`)).body).toMatchObject({
      enabled: false,
      disabled_reason: 'gone',
    });
    const [told] = await arrivedAt('/watching', 1);
    expect(JSON.parse(told!.body)).toMatchObject({
      type: 'webhook_endpoint.disabled',
      sequence: null,
      data: { endpoint_id: id, reason: 'gone' },
    });
    const again = await merchant().post(`/v1/events/${event}/redeliver`, { endpoint_id: id });
    expect(again).toMatchObject({ status: 409, body: { code: 'webhook_endpoint_disabled' } });
  });

  it.each([
    ['429 with seconds', 429, () => '3600', 3_600_000],
    ['503 with a date', 503, (now: number) => new Date(now + 7_200_000).toUTCString(), 7_200_000],
    ['429 with an absurd wish', 429, () => '99999999', 86_400_000],
  ])('F-121 of %s is heard', async (name, status, wishAt, ms) => {
    const path = `/${name.replaceAll(' ', '-')}`;
    receiver.on(path, answers(status, { 'retry-after': wishAt(Date.now()) }));
    await endpointAt(path);
    const event = await newestOf((await merchant().createPayment()).id);
    const delivery = await settled(event, ({ attempts }) => attempts === 1);
    const wait = Date.parse(delivery.next_attempt_at) - (await businessNow());
    expect(wait).toBeLessThanOrEqual(ms);
    expect(wait).toBeGreaterThan(ms - 60_000);
  });
});

describe('F-123 a receiver that is down for days', () => {
  it('is tried ten times on the ladder of the virtual clock, then given up; a redelivery brings the same bytes', async () => {
    receiver.on('/down', answers(500));
    const { secret } = await endpointAt('/down', { event_types: ['payment.created'] });
    const event = await newestOf((await merchant().createPayment()).id);
    let due = await businessNow();
    for (let step = 1; step < RETRY_SCHEDULE_MS.length; step += 1) {
      const { id, next_attempt_at: next } = await settled(event, ({ attempts }) => attempts === step);
      const attempted = Date.parse(next) - retryDelay(step, id)!;
      // In business time this attempt was made when it was due, give or take the time that the worker took to see it.
      expect(attempted - due).toBeGreaterThanOrEqual(-2_000);
      expect(attempted - due).toBeLessThan(20_000);
      due = Date.parse(next);
      await world.payer.setClock(next);
    }
    const given = await settled(event, ({ status }) => status === 'dead_letter');
    expect(given).toMatchObject({ attempts: 10, next_attempt_at: null });
    expect(given.log).toHaveLength(10);
    expect(receiver.at('/down')).toHaveLength(10);

    receiver.on('/down', answers(204));
    expect(await merchant().post(`/v1/events/${event}/redeliver`)).toMatchObject({
      status: 200,
      body: { object: 'redelivery', deliveries: 1 },
    });
    expect(await settled(event, ({ status }) => status === 'delivered')).toMatchObject({ attempts: 1 });
    const messages = receiver.at('/down');
    expect(messages).toHaveLength(11);
    expect(new Set(messages.map(({ body }) => body)).size).toBe(1);
    expect(new Set(messages.map((it) => it.id))).toEqual(new Set([event]));
    for (const message of messages) expect(verified(message, secret)).toMatchObject({ id: event });
  });

  it('is disabled after five days of nothing but failures', async () => {
    receiver.on('/failing', answers(500));
    const { id } = await endpointAt('/failing', { event_types: ['payment.created'] });
    const event = await newestOf((await merchant().createPayment()).id);
    await settled(event, ({ attempts }) => attempts >= 1);
    await world.payer.advance(5 * 86_400_000);
    expect(await settled(event, ({ status }) => status === 'dead_letter')).toMatchObject({ attempts: 2 });
    expect((await merchant().get(`${ENDPOINTS}/${id}`)).body).toMatchObject({
      enabled: false,
      disabled_reason: 'failing',
    });
  });
});

describe('F-127 a rotated secret', () => {
  it('signs beside the old one for the overlap, alone afterwards; without an overlap alone at once', async () => {
    const old = await endpointAt('/rotate');
    const path = `${ENDPOINTS}/${old.id}`;
    const rotated = (await merchant().post(`${path}/rotate-secret`, { overlap_hours: 2 })).body;
    expect(rotated.secret).not.toBe(old.secret);
    expect(rotated.keys).toHaveLength(2);
    const nextMessage = async () => {
      const { id } = (await merchant().post(`${path}/test`)).body;
      const seen = await world.until(
        async () => receiver.at('/rotate'),
        (all) => all.some((it) => it.id === id),
        10_000,
      );
      return seen.find((it) => it.id === id)!;
    };
    const both = await nextMessage();
    expect(String(both.headers['webhook-signature']).split(' ')).toHaveLength(4);
    for (const { secret, public_key: publicKey } of [old, rotated]) {
      expect(verified(both, secret)).toMatchObject({ id: both.id });
      expect(ed25519Holds(both, publicKey)).toBe(true);
    }
    await world.payer.advance(2 * 3_600_000);
    await world.followed(APP);
    const alone = await nextMessage();
    expect(() => verified(alone, old.secret)).toThrow('No matching signature found');
    expect(verified(alone, rotated.secret)).toMatchObject({ id: alone.id });

    const newest = (await merchant().post(`${path}/rotate-secret`, { overlap_hours: 0 })).body;
    const last = await nextMessage();
    expect(() => verified(last, rotated.secret)).toThrow('No matching signature found');
    expect(verified(last, newest.secret)).toMatchObject({ id: last.id });
    expect((await merchant().post(`${path}/rotate-secret`, { overlap_hours: -1 })).status).toBe(400);
    expect((await merchant().post(`${path}/rotate-secret`)).body.keys).toHaveLength(2);
  });
});

describe('F-125 a dead endpoint', () => {
  it('keeps nobody else waiting: the others have everything while it still hangs', async () => {
    receiver.on('/dead', hangs);
    await endpointAt('/dead', { event_types: ['payment.created'] });
    const healthy = ['/h1', '/h2', '/h3', '/h4'];
    for (const path of healthy) await endpointAt(path, { event_types: ['payment.created'] });
    const payments = await Promise.all(Array.from({ length: 20 }, () => merchant().createPayment()));
    // Less than the fifteen seconds that the dead one takes for a single message.
    for (const path of healthy) await arrivedAt(path, payments.length);
    expect(receiver.at('/dead').length).toBeLessThanOrEqual(4);
    for (const path of healthy) expect(new Set(receiver.at(path).map(({ id }) => id)).size).toBe(20);
    receiver.on('/dead', answers(204));
  });
});

describe('two workers on one database', () => {
  it('deliver every event once', async () => {
    await world.replica();
    await endpointAt('/two', { event_types: ['payment.created'] });
    await Promise.all(Array.from({ length: 30 }, () => merchant().createPayment()));
    const seen = await arrivedAt('/two', 30);
    const ids = new Set(seen.map(({ id }) => id));
    expect(ids.size).toBe(30);
    for (const id of ids) await settled(id, ({ status }) => status === 'delivered');
    expect(receiver.at('/two')).toHaveLength(30);
  });
});

describe('events', () => {
  it('are listed newest first and page by page, by payment and by type', async () => {
    const payment = await paidPayment();
    const list = async (query: string) => (await merchant().get(`/v1/events?${query}`)).body;
    const all = await list(`payment_id=${payment.id}`);
    expect(all.next).toBeNull();
    expect(all.data.map((it: { sequence: number }) => it.sequence)).toEqual([3, 2, 1]);
    const first = await list(`payment_id=${payment.id}&limit=2`);
    const second = await list(`payment_id=${payment.id}&limit=2&after=${first.next}`);
    expect([...first.data, ...second.data]).toEqual(all.data);
    expect(second.next).toBeNull();
    const paid = await list(`payment_id=${payment.id}&type=payment.paid`);
    expect(paid.data).toEqual([all.data[0]]);
    for (const wrong of ['limit=0', 'limit=101', 'after=x', 'type=order.paid', 'before=1'])
      expect((await merchant().get(`/v1/events?${wrong}`)).status).toBe(400);
  });

  it('of a span of time go out again, to one endpoint or all, only what did not arrive if so asked', async () => {
    await world.payer.advance(60_000);
    await world.followed(APP);
    const { id } = await endpointAt('/range', { event_types: ['payment.created'] });
    const payments = await Promise.all(Array.from({ length: 3 }, () => merchant().createPayment()));
    const events = await Promise.all(payments.map((it) => newestOf(it.id)));
    for (const event of events) await settled(event, ({ status }) => status === 'delivered');
    const from = payments.map((it) => it.created_at as string).toSorted()[0]!;
    const to = new Date((await businessNow()) + 1_000).toISOString();
    const again = (more: object) => merchant().post('/v1/events/redeliver', { from, to, endpoint_id: id, ...more });
    expect((await again({ undelivered_only: true })).body).toEqual({ object: 'redelivery', deliveries: 0 });
    expect((await again({})).body).toEqual({ object: 'redelivery', deliveries: 3 });
    const timesOf = (event: string) => receiver.at('/range').filter((it) => it.id === event).length;
    await world.until(
      async () => events.map(timesOf),
      (times) => times.every((it) => it === 2),
      10_000,
    );
    const unreadable = [
      'yesterday',
      '2026-03-01',
      '2026-W10-1T00:00:00Z',
      '20260301T080000Z',
      '2026-03-01T08:00:00,5Z',
    ];
    for (const wrong of [{ to: from }, ...unreadable.map((it) => ({ from: it })), { limit: 1 }])
      expect((await again(wrong)).status).toBe(400);
  });
});
