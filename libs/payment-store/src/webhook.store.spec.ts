import {
  mintSigningKey,
  newId,
  webhookBody,
  type Account,
  type AppEvent,
  type ClaimedDelivery,
  type DeliveryAttempt,
  type DeliveryOutcome,
  type WebhookEndpoint,
} from '@hutong/payment-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { everyCell, openTestDatabase, type TestDatabase } from './testing.js';
import { aPaidPayment, aPaymentWithAttempts, BY, minutesAfter, NOW, openShop } from './testing/specimens.js';

const LEASE_MS = 60_000;

let test: TestDatabase;
let account: Account;
beforeAll(async () => {
  test = await openTestDatabase();
  account = await openShop(test.stores);
});
afterAll(() => test.close());

/** No endpoint of one test hears of another's events. */
beforeEach(async () => {
  await test.stores.webhooks.relay(NOW, 1_000, webhookBody);
  for (const { id } of await test.stores.webhooks.listEndpoints('shop')) await hooks().deleteEndpoint('shop', id, BY);
});

const hooks = () => test.stores.webhooks;
const relay = (limit = 1_000) => hooks().relay(NOW, limit, webhookBody);
const claim = (now: Date = NOW, limit = 100, leaseMs = LEASE_MS) =>
  hooks().claimDeliveries(now, { limit, leaseMs, perEndpoint: 4 });

async function anEndpoint(change: Partial<WebhookEndpoint> = {}): Promise<WebhookEndpoint> {
  const endpoint: WebhookEndpoint = {
    id: newId('whe'),
    app: 'shop',
    url: 'https://shop.example/hook',
    eventTypes: [],
    enabled: true,
    createdAt: NOW,
    ...change,
  };
  expect(await hooks().insertEndpoint(endpoint, mintSigningKey(NOW), 100, BY)).toBe(true);
  return endpoint;
}

const attempt = (how: Partial<DeliveryAttempt> = { status: 204 }): DeliveryAttempt => ({
  id: newId('wha'),
  at: NOW,
  durationMs: 3,
  ...how,
});
const finish = (claimed: ClaimedDelivery, outcome: DeliveryOutcome, now = NOW) =>
  hooks().finishAttempt(claimed, attempt(), outcome, now);

async function deliveries(paymentId: string) {
  const events = await hooks().listEvents('shop', { paymentId, limit: 100 });
  return (await Promise.all(events.map(({ id }) => hooks().deliveriesOf(id)))).flat();
}

describe('the relay', () => {
  it('makes one delivery per event and endpoint that subscribes, however many relay at once', async () => {
    const all = await anEndpoint();
    const paid = await anEndpoint({ eventTypes: ['payment.paid'] });
    await anEndpoint({ enabled: false, disabledReason: 'by_app' });
    const payments = await Promise.all(Array.from({ length: 6 }, () => aPaidPayment(test.stores, account)));
    const taken = await Promise.all(Array.from({ length: 5 }, () => relay(5)));
    const rest = await relay();
    expect(taken.reduce((sum, it) => sum + it, rest)).toBe(18);
    expect(await relay()).toBe(0);
    for (const { payment } of payments) {
      const to = (await deliveries(payment.id)).map(({ endpointId }) => endpointId);
      expect(to.filter((id) => id === all.id)).toHaveLength(3);
      expect(to.filter((id) => id === paid.id)).toHaveLength(1);
      expect(to).toHaveLength(4);
    }
  });

  it('leaves the outbox empty, and what it made counts as due from its time on', async () => {
    const dueAt = async (now: Date) => {
      const { events, webhooks } = (await test.stores.operation.backlog(now)).due;
      return { events, webhooks };
    };
    const later = (ms: number) => new Date(NOW.getTime() + ms);
    await anEndpoint();
    await aPaidPayment(test.stores, account);
    const nothing = { rows: 0, age: 0 };
    expect(await dueAt(later(90_000))).toEqual({ events: { rows: 3, age: 90 }, webhooks: nothing });
    await relay();
    expect(await dueAt(later(90_000))).toEqual({ events: nothing, webhooks: { rows: 3, age: 90 } });
    expect(await dueAt(later(-1))).toEqual({ events: nothing, webhooks: nothing });
    const [one] = await claim();
    await finish(one!, { kind: 'delivered' });
    expect((await dueAt(later(90_000))).webhooks).toEqual({ rows: 2, age: 90 });
  });

  it('tells of a payment as it stood at each event, whatever came after', async () => {
    await anEndpoint();
    const { payment } = await aPaidPayment(test.stores, account);
    await relay();
    const bodies = (await claim()).map(({ body }) => JSON.parse(body));
    const told = bodies.toSorted((a, b) => a.sequence - b.sequence);
    expect(told.map(({ sequence, type, data }) => [sequence, type, data.status])).toEqual([
      [1, 'payment.created', 'open'],
      [2, 'payment.attempt_opened', 'open'],
      [3, 'payment.paid', 'paid'],
    ]);
    expect(told[2]).toMatchObject({
      app: 'shop',
      data: { payment_id: payment.id, order_no: payment.orderNo, amount: 1_299, currency: 'CNY', amount_refunded: 0 },
    });
  });

  it('lets an event wait that has not committed, and takes it once it has', async () => {
    const endpoint = await anEndpoint();
    const late = newId('evt', new Date(NOW.getTime() - 3_600_000));
    await aPaymentWithAttempts(test.stores, account, 0);
    await relay();
    // Older than what was relayed already, by its id and its time: only the mark tells.
    await test.database.client.event.create({
      data: { id: late, app: 'shop', type: 'rollout.held', data: {}, createdAt: new Date(0) },
    });
    expect(await relay()).toBe(1);
    expect((await hooks().deliveriesOf(late)).map(({ endpointId }) => endpointId)).toEqual([endpoint.id]);
  });
});

describe('claiming deliveries', () => {
  it('never gives one to two workers, until a lease has passed; then the id and the body are the same', async () => {
    await anEndpoint();
    await aPaymentWithAttempts(test.stores, account, 2);
    await relay();
    const claims = (await Promise.all(Array.from({ length: 6 }, () => claim(NOW, 100, 0)))).flat();
    const byDelivery = Map.groupBy(claims, ({ id }) => id);
    expect(byDelivery.size).toBe(3);
    for (const again of byDelivery.values()) expect(new Set(again.map(({ body }) => body)).size).toBe(1);

    const held = await claim(NOW);
    expect(held).toHaveLength(3);
    expect(await claim(NOW)).toEqual([]);
  });

  it('F-126 loses none when workers die in the middle, and what goes out twice is the same', async () => {
    await anEndpoint();
    await anEndpoint();
    await aPaymentWithAttempts(test.stores, account, 9);
    await relay();
    const sent = new Map<string, Set<string>>();
    let dice = 7;
    const dies = () => (dice = (dice * 48_271) % 2_147_483_647) % 2 === 0;
    const round = async (): Promise<number> => {
      // A worker that dies holds a lease that ends at once.
      const claimed = await claim(NOW, 5, 0);
      for (const one of claimed) {
        sent.set(one.id, (sent.get(one.id) ?? new Set()).add(`${one.eventId} ${one.body}`));
        if (!dies()) await finish(one, { kind: 'delivered' });
      }
      return claimed.length;
    };
    while ((await Promise.all([round(), round(), round(), round()])).some((count) => count > 0));
    expect(sent.size).toBe(20);
    expect([...sent.values()].filter(({ size }) => size !== 1)).toEqual([]);
    const left = await test.database.client.webhookDelivery.count({
      where: { id: { in: [...sent.keys()] }, status: { not: 'delivered' } },
    });
    expect(left).toBe(0);
  });

  it('refuses what a worker writes after its lease was taken over', async () => {
    await anEndpoint();
    await aPaymentWithAttempts(test.stores, account, 0);
    await relay();
    const [lost] = await claim(NOW, 1, 0);
    const [taken] = await claim(NOW, 1);
    expect(taken).toMatchObject({ id: lost!.id, body: lost!.body });
    expect(await finish(lost!, { kind: 'delivered' })).toBe(false);
    expect(await finish(taken!, { kind: 'delivered' })).toBe(true);
    expect(await hooks().deliveriesOf(taken!.eventId)).toMatchObject([
      { status: 'delivered', attempts: 1, log: [{ status: 204 }] },
    ]);
  });

  it('gives every endpoint its turn before any a second, four places at a time and one while it fails', async () => {
    const slow = await anEndpoint();
    await aPaymentWithAttempts(test.stores, account, 5);
    await relay();
    const quick = await anEndpoint();
    await aPaymentWithAttempts(test.stores, account, 0);
    await relay();
    expect((await claim(NOW, 2)).map(({ endpointId }) => endpointId).toSorted()).toEqual(
      [slow.id, quick.id].toSorted(),
    );
    const more = await claim(NOW, 100);
    expect(more.map(({ endpointId }) => endpointId)).toEqual([slow.id, slow.id, slow.id]);
    await finish(more[0]!, { kind: 'retry', at: minutesAfter(1) });
    expect(await claim(NOW)).toEqual([]);
    for (const one of more.slice(1)) await finish(one, { kind: 'retry', at: minutesAfter(1) });
    expect(await claim(NOW)).toEqual([]);
  });

  it('follows the business clock for what is due', async () => {
    await anEndpoint();
    await aPaymentWithAttempts(test.stores, account, 0);
    await relay();
    const [first] = await claim();
    await finish(first!, { kind: 'retry', at: minutesAfter(5) });
    expect(await claim(new Date(minutesAfter(5).getTime() - 1))).toEqual([]);
    expect(await claim(minutesAfter(5))).toMatchObject([{ id: first!.id, attempts: 1, failingSince: NOW }]);
  });
});

describe('an endpoint that is disabled', () => {
  const disabling = (endpointId: string): DeliveryOutcome & { kind: 'disable' } => ({
    kind: 'disable',
    reason: 'gone',
    event: {
      id: newId('evt'),
      type: 'webhook_endpoint.disabled',
      app: 'shop',
      data: { endpoint_id: endpointId, reason: 'gone' },
      createdAt: NOW,
    },
  });

  it('gives up what waits for it, with one event and one entry in the audit log, and gets nothing more', async () => {
    const endpoint = await anEndpoint();
    const { payment } = await aPaymentWithAttempts(test.stores, account, 2);
    await relay();
    const [one, two] = await claim();
    expect(await finish(one!, disabling(endpoint.id))).toBe(true);
    expect(await finish(two!, disabling(endpoint.id))).toBe(false);
    expect((await deliveries(payment.id)).map(({ status }) => status)).toEqual(Array(3).fill('dead_letter'));
    expect(await hooks().findEndpoint('shop', endpoint.id)).toMatchObject({ enabled: false, disabledReason: 'gone' });
    const told = await hooks().listEvents('shop', { type: 'webhook_endpoint.disabled', limit: 1 });
    expect(JSON.parse(told[0]!.body).data).toEqual({ endpoint_id: endpoint.id, reason: 'gone' });
    const audit = await test.stores.audit.listEntries({ app: 'shop', after: 0, limit: 500 });
    expect(audit.at(-1)).toMatchObject({ action: 'webhook_endpoint.disabled', actor: 'worker' });
    await aPaymentWithAttempts(test.stores, account, 0);
    await relay();
    expect(await claim()).toEqual([]);
  });

  it('keeps as delivered what arrived meanwhile', async () => {
    const endpoint = await anEndpoint();
    await aPaymentWithAttempts(test.stores, account, 1);
    await relay();
    const [one, two] = await claim();
    await finish(one!, disabling(endpoint.id));
    expect(await finish(two!, { kind: 'delivered' })).toBe(true);
    expect(await hooks().deliveriesOf(two!.eventId)).toMatchObject([{ status: 'delivered' }]);
  });

  it('forgets its failures when it is enabled again', async () => {
    const endpoint = await anEndpoint();
    await aPaymentWithAttempts(test.stores, account, 0);
    await relay();
    const [one] = await claim();
    await finish(one!, { kind: 'dead_letter' });
    expect((await hooks().findEndpoint('shop', endpoint.id))?.failingSince).toEqual(NOW);
    await hooks().changeEndpoint('shop', endpoint.id, { enabled: false }, BY);
    const back = await hooks().changeEndpoint('shop', endpoint.id, { enabled: true }, BY);
    expect(back).toEqual(endpoint);
  });
});

describe('sending again', () => {
  it('starts the same delivery over; what is live goes first', async () => {
    const endpoint = await anEndpoint();
    const { payment } = await aPaymentWithAttempts(test.stores, account, 1);
    await relay();
    for (const one of await claim()) await finish(one, { kind: 'delivered' });
    const again = await hooks().redeliver(
      {
        app: 'shop',
        events: { from: NOW, to: minutesAfter(1) },
        endpointId: endpoint.id,
        undeliveredOnly: true,
        most: 9,
      },
      NOW,
    );
    expect(again.outcome).toBe('too_many'); // every event of this file but the two that were delivered
    const [event] = await hooks().listEvents('shop', { paymentId: payment.id, limit: 1 });
    const one = { app: 'shop', events: { id: event!.id }, undeliveredOnly: false, most: 9 };
    expect(await hooks().redeliver(one, NOW)).toEqual({ outcome: 'queued', deliveries: 1 });
    await aPaymentWithAttempts(test.stores, account, 0);
    await relay();
    const [live] = await claim(NOW, 1);
    expect(live!.eventId).not.toBe(event!.id);
    expect(await claim(NOW, 1)).toMatchObject([{ eventId: event!.id, body: event!.body, attempts: 0 }]);
    expect(await hooks().deliveriesOf(event!.id)).toHaveLength(1);
  });

  it('reaches no event and no endpoint of another app', async () => {
    await anEndpoint();
    const { payment } = await aPaymentWithAttempts(test.stores, account, 0);
    await relay();
    const [event] = await hooks().listEvents('shop', { paymentId: payment.id, limit: 1 });
    const stolen = { app: 'other', events: { id: event!.id }, undeliveredOnly: false, most: 9 };
    expect(await hooks().redeliver(stolen, NOW)).toEqual({ outcome: 'queued', deliveries: 0 });
    expect(await hooks().findEvent('other', event!.id)).toBeUndefined();
    expect(await hooks().listEvents('other', { limit: 10 })).toEqual([]);
  });
});

describe('events', () => {
  it('are listed newest first, page by page, none twice and none missing', async () => {
    const { payment } = await aPaymentWithAttempts(test.stores, account, 6);
    const all = await hooks().listEvents('shop', { paymentId: payment.id, limit: 100 });
    expect(all).toHaveLength(7);
    const paged: string[] = [];
    for (let after: (typeof all)[number] | undefined; ;) {
      const page = await hooks().listEvents('shop', { paymentId: payment.id, limit: 2, ...(after && { after }) });
      paged.push(...page.map(({ id }) => id));
      after = page.at(-1);
      if (after === undefined) break;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  it('say before they are relayed what they will say afterwards', async () => {
    await anEndpoint();
    const { payment } = await aPaidPayment(test.stores, account);
    const before = await hooks().listEvents('shop', { paymentId: payment.id, limit: 100 });
    await relay();
    expect(await hooks().listEvents('shop', { paymentId: payment.id, limit: 100 })).toEqual(before);
  });
});

describe('keys', () => {
  const rotate = (id: string, expiresAt: Date, now = NOW) =>
    hooks().rotateKey('shop', id, mintSigningKey(now), { now, expiresAt, most: 4 }, BY);

  it('sign side by side until the overlap ends, four at the most, one at once without an overlap', async () => {
    const { id } = await anEndpoint();
    const signing = async (now: Date) => (await hooks().signingKeys(id, now)).length;
    expect(await rotate(id, minutesAfter(60))).toBe('rotated');
    expect(await signing(minutesAfter(59))).toBe(2);
    expect(await signing(minutesAfter(60))).toBe(1);
    await rotate(id, minutesAfter(60));
    await rotate(id, minutesAfter(60));
    expect(await rotate(id, minutesAfter(60))).toBe('full');
    expect(await signing(NOW)).toBe(4);
    expect(await rotate(id, NOW)).toBe('rotated');
    expect(await signing(NOW)).toBe(1);
    expect(await hooks().rotateKey('other', id, mintSigningKey(NOW), { now: NOW, expiresAt: NOW, most: 4 }, BY)).toBe(
      'missing',
    );
  });

  it('are sealed: no dump of the database shows a secret or a private key', async () => {
    const { id } = await anEndpoint();
    const [key] = await hooks().signingKeys(id, NOW);
    const dump = await everyCell(test.database.client);
    expect(dump).toContain(key!.publicKey);
    expect(dump).not.toContain(key!.secret.slice('whsec_'.length));
    expect(dump).not.toContain(key!.privateKey);
  });
});

describe('places for endpoints', () => {
  it('are not given twice when two creations race for the last one', async () => {
    const endpoint = (): WebhookEndpoint => ({
      id: newId('whe'),
      app: 'shop',
      url: 'https://shop.example/hook',
      eventTypes: [],
      enabled: true,
      createdAt: NOW,
    });
    const made = await Promise.all(
      Array.from({ length: 6 }, () => hooks().insertEndpoint(endpoint(), mintSigningKey(NOW), 3, BY)),
    );
    expect(made.filter(Boolean)).toHaveLength(3);
  });
});

describe('a test event', () => {
  it('goes to one endpoint alone, and to none that is disabled', async () => {
    const { id } = await anEndpoint({ eventTypes: ['payment.paid'] });
    await anEndpoint();
    const event: AppEvent = { id: newId('evt'), type: 'webhook.test', app: 'shop', data: {}, createdAt: NOW };
    expect(await hooks().insertTest(event, '{}', id)).toBe(true);
    expect((await hooks().deliveriesOf(event.id)).map(({ endpointId }) => endpointId)).toEqual([id]);
    expect(await relay()).toBe(0);
    await hooks().changeEndpoint('shop', id, { enabled: false }, BY);
    expect(await hooks().insertTest({ ...event, id: newId('evt') }, '{}', id)).toBe(false);
  });
});
