import { randomUUID } from 'node:crypto';
import { providers } from '@hutong/gateway';
import {
  applySeed,
  HOLD_MS,
  holdFriendRequest,
  MAX_FRIEND_ATTEMPTS,
  payAsFriend,
  type Option,
} from '@hutong/payment-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Friend, tokenOf } from './support/friend.js';
import type { Merchant } from './support/merchant.js';
import { seedsForTests } from './support/seeds.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let taocaicai: Merchant;
beforeAll(async () => {
  world = await startWorld(['taocaicai', 'hema', 'jd']);
  taocaicai = world.merchant('taocaicai');
});
afterEach(() => world.payer.faults([]));
afterAll(() => world.close());

const METHOD = 'wechat_friend_pay';
const OWNER = {
  id: 'owner-7788',
  openid: 'oOwnerOwnerOwnerOwnerOwnerOw',
  ip: '198.51.100.77',
  user_agent: 'OwnerPhone/1.0',
};
const OWNERS_PAGE = 'http://127.0.0.1:3100/orders/owners-own';

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Body = any;

const ask = (payment: Body, body: Record<string, unknown> = {}, merchant = taocaicai) =>
  merchant.post(`/v1/payments/${payment.id}/friend-requests`, { method: METHOD, ...body });

/** An order of the owner's, with everything that a friend must never see, and a request of it. */
async function asked(body: Record<string, unknown> = {}, order: Record<string, unknown> = {}) {
  const payment = await taocaicai.createPayment({
    scene: 'app',
    payer: OWNER,
    return_url: OWNERS_PAGE,
    metadata: { address: '余杭塘路 1 号', phone: '13800138000' },
    ...order,
  });
  const reply = await ask(payment, body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return { payment, request: reply.body as Body };
}

const friend = (name = `friend-${randomUUID().slice(0, 8)}`) => new Friend(world, taocaicai, name);
const get = async (request: Body) => (await taocaicai.get(`/v1/friend-requests/${request.id}`)).body;
const refreshed = async (payment: Body) => (await taocaicai.get(`/v1/payments/${payment.id}?refresh=true`)).body;
const eventsOf = (payment: Body) => world.stores.payments.listEvents('taocaicai', payment.id);
const problem = (code: string) => expect.objectContaining({ code });

/** Once everything that is owed has gone back. */
const settled = (payment: Body, refunds: number) =>
  world.until(
    () => refreshed(payment),
    (it) => it.refunds.filter(({ status }: Body) => status === 'succeeded').length === refunds,
    8_000,
  );

/** The app as it is seeded, with one more option. */
async function give(app: string, option: Option): Promise<void> {
  const [seed] = await seedsForTests(world.sandbox.url, [app]);
  if (seed === undefined) throw new Error(`no seed of ${app}`);
  const more = { ...seed, options: [...seed.options, option] };
  await applySeed(world.stores.config, providers, more, { by: { actor: 'test' } });
}

describe('a request to a friend', () => {
  it('is a link, a picture, a card and a text code, in the language that is asked for', async () => {
    const { payment, request } = await asked({ message: '今晚的火锅' });
    expect(request).toMatchObject({
      id: expect.stringMatching(/^fr_/),
      object: 'friend_request',
      payment_id: payment.id,
      method: METHOD,
      message: '今晚的火锅',
      status: 'open',
      paid_by: null,
      url: expect.stringMatching(/\/f\/[\w-]{32}$/),
      qr_svg_url: `${request.url}/qr.svg`,
      text_code: expect.stringMatching(/^￥[0-9A-HJKMNP-TV-Z]{16}￥$/),
      card: { title: '淘菜菜：帮我付一下', text: '春笋 500 克 ￥12.99', image_url: `${request.url}/card.png` },
      expires_at: payment.expires_at,
    });
    expect(request.share_text).toContain(request.text_code);
    const english = await taocaicai.get(`/v1/friend-requests/${request.id}`, { 'accept-language': 'en' });
    expect(english.body.card.title).toBe('Taocaicai: please pay for me');
  });

  it('ends with its payment at the latest', async () => {
    const { request, payment } = await asked({ expires_in: 604_800 });
    expect(request.expires_at).toBe(payment.expires_at);
    const { request: short } = await asked({ expires_in: 60 });
    expect(Date.parse(short.expires_at) - Date.parse(short.created_at)).toBe(60_000);
  });

  it('is one per payment and method: the same again is that one, another one has to wait', async () => {
    const { payment, request } = await asked({ message: '一' });
    expect(await ask(payment, { message: '一' })).toMatchObject({ status: 200, body: { id: request.id } });
    expect(await ask(payment, { message: '二' })).toMatchObject({
      status: 409,
      body: { code: 'friend_request_open', friend_request_id: request.id },
    });
    await taocaicai.post(`/v1/friend-requests/${request.id}/cancel`);
    const next = await ask(payment, { message: '二' });
    expect(next.status).toBe(201);
    expect(next.body.id).not.toBe(request.id);
  });

  it('asked for fifty times at once is one', async () => {
    const payment = await taocaicai.createPayment();
    const replies = await Promise.all(Array.from({ length: 50 }, () => ask(payment)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
  });

  it('is replayed under its Idempotency-Key, and needs one', async () => {
    const payment = await taocaicai.createPayment();
    const key = { 'idempotency-key': randomUUID() };
    const path = `/v1/payments/${payment.id}/friend-requests`;
    const first = await taocaicai.post(path, { method: METHOD }, key);
    const again = await taocaicai.post(path, { method: METHOD }, key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await taocaicai.send('POST', path, JSON.stringify({ method: METHOD }), {})).status).toBe(400);
  });

  it("is nobody else's: another app finds neither it nor its code, nor may cancel it", async () => {
    const { request, payment } = await asked();
    const jd = world.merchant('jd');
    expect((await jd.get(`/v1/friend-requests/${request.id}`)).status).toBe(404);
    expect((await jd.post(`/v1/friend-requests/${request.id}/cancel`)).status).toBe(404);
    expect((await ask(payment, {}, jd)).status).toBe(404);
    expect(await jd.post('/v1/text-codes/resolve', { text: request.text_code })).toMatchObject({
      status: 404,
      body: { code: 'text_code_unknown' },
    });
    expect((await get(request)).status).toBe('open');
  });

  it.each([
    ['two lines', { message: 'a\nb' }, '/message'],
    ['121 characters', { message: '饭'.repeat(121) }, '/message'],
    ['a NUL', { message: 'a\0b' }, '/message'],
    ['a method by which nobody else pays', { method: 'alipay' }, '/method'],
    ['a method that is none', { method: 'gold' }, '/method'],
    ['less than a minute', { expires_in: 59 }, '/expires_in'],
  ])('with %s is 400', async (_what, body, pointer) => {
    const payment = await taocaicai.createPayment();
    expect(await ask(payment, body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('is refused for a payment that is over', async () => {
    const payment = await taocaicai.createPayment();
    await taocaicai.post(`/v1/payments/${payment.id}/cancel`);
    expect(await ask(payment)).toMatchObject({ status: 409, body: { code: 'payment_closed' } });
  });
});

describe('the policy', () => {
  it('offers it beside Alipay, and sends whoever tries it as their own option to the requests', async () => {
    const payment = await taocaicai.createPayment({ scene: 'app' });
    expect(payment.methods.map((it: Body) => it.method)).toEqual(['alipay', METHOD]);
    expect(
      await taocaicai.post(`/v1/payments/${payment.id}/attempts`, { method: METHOD, scene: 'mobile_web' }),
    ).toMatchObject({ status: 409, body: { code: 'use_friend_requests' } });
    expect((await refreshed(payment)).attempts).toEqual([]);
  });

  it("keeps JD's Alipay out, also by a friend, also with the option live", async () => {
    const jd = world.merchant('jd');
    const refused = { status: 409, body: { code: 'excluded_by_app', reason: 'excluded_by_app' } };
    expect(await ask(await jd.createPayment(), { method: 'alipay_friend_pay' }, jd)).toMatchObject(refused);
    await give('jd', { method: 'alipay_friend_pay', status: 'live' });
    expect(await ask(await jd.createPayment(), { method: 'alipay_friend_pay' }, jd)).toMatchObject(refused);
  });

  it('keeps WeChat Pay under review at Hema: for the public, not for its tester', async () => {
    await give('hema', { method: METHOD, status: 'live' });
    const hema = world.merchant('hema');
    expect(await ask(await hema.createPayment({ payer: { id: 'u1' } }), {}, hema)).toMatchObject({
      status: 409,
      body: { code: 'pending_review' },
    });
    expect((await ask(await hema.createPayment({ payer: { id: 'reviewer-1' } }), {}, hema)).status).toBe(201);
  });

  it('is asked again when the friend comes: where the friend stands', async () => {
    const { request } = await asked();
    await expect(friend().tries(request, 'alipay_web')).rejects.toMatchObject({
      code: 'scene_unsupported',
      extra: { offers: ['wechat_web', 'mobile_web', 'desktop_web'] },
    });
    expect((await friend().tries((await asked()).request)).status).toBe('awaiting_payer');
  });

  it("does not hold the owner's scenes against the friend, only what cannot work where the friend is", async () => {
    const [seed] = await seedsForTests(world.sandbox.url, ['taocaicai']);
    const options = seed!.options.map((it) => (it.method === METHOD ? { ...it, scenes: ['app' as const] } : it));
    await applySeed(world.stores.config, providers, { ...seed!, options }, { by: { actor: 'test' } });
    const { request } = await asked();
    const insideWechat = payAsFriend(world.core, {
      token: tokenOf(request),
      visitor: randomUUID(),
      scene: 'mobile_web',
      payer: { ip: '203.0.113.9', userAgent: 'Mozilla/5.0 MicroMessenger/8.0.49' },
    });
    const refused = await insideWechat.catch((error: unknown) => error);
    const { request: another } = await asked();
    const attempt = await friend().tries(another);
    await applySeed(world.stores.config, providers, seed!, { by: { actor: 'test' } });
    expect(refused).toEqual(problem('environment_unfit'));
    expect(attempt.status).toBe('awaiting_payer');
  });

  it('is asked again when the friend comes: whether the owner may still choose it', async () => {
    const { request } = await asked();
    const [seed] = await seedsForTests(world.sandbox.url, ['taocaicai']);
    const off = seed!.options.map((it) => (it.method === METHOD ? { ...it, status: 'off' as const } : it));
    await applySeed(world.stores.config, providers, { ...seed!, options: off }, { by: { actor: 'test' } });
    const list = await taocaicai.get('/v1/payment-methods?amount=100&currency=CNY&scene=app&explain=true');
    const refused = await friend()
      .tries(request)
      .catch((error: unknown) => error);
    await applySeed(world.stores.config, providers, seed!, { by: { actor: 'test' } });
    expect(refused).toEqual(problem('switched_off'));
    const excluded = list.body.excluded.find((it: Body) => it.method === METHOD);
    expect(excluded).toMatchObject({ reason: 'switched_off' });
    expect(list.body.trace.filter((it: Body) => it.method === METHOD)).toHaveLength(1);
    expect((await refreshed({ id: request.payment_id })).attempts).toEqual([]);
  });
});

describe('a friend', () => {
  it.each(['mobile_web', 'desktop_web', 'wechat_web'] as const)('pays in %s, and the owner is told', async (scene) => {
    const { payment, request } = await asked();
    const buddy = friend();
    await buddy.pays(request, scene);
    const paid = await refreshed(payment);
    expect(paid).toMatchObject({ status: 'paid', paid_with: { method: METHOD, provider: 'wechat_pay' }, refunds: [] });
    expect(await get(request)).toMatchObject({ status: 'paid', paid_by: 'friend' });
    expect(await buddy.sees(request)).toMatchObject({ status: 'paid', paidBy: 'friend', myMoney: 'accepted' });
    const events = await eventsOf(payment);
    expect(events.map(({ type }) => type)).toEqual([
      'payment.created',
      'friend_request.created',
      'friend_request.held',
      'payment.attempt_opened',
      'payment.paid',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ friend_request_id: request.id });
  });

  it.each(['alipay_web', 'mobile_web', 'desktop_web'] as const)('pays with Alipay in %s', async (scene) => {
    await give('taocaicai', { method: 'alipay_friend_pay', status: 'live' });
    const { payment, request } = await asked({ method: 'alipay_friend_pay' });
    await friend().pays(request, scene);
    expect(await refreshed(payment)).toMatchObject({
      status: 'paid',
      paid_with: { method: 'alipay_friend_pay', provider: 'alipay' },
    });
    expect(await get(request)).toMatchObject({ status: 'paid', paid_by: 'friend' });
    const [seed] = await seedsForTests(world.sandbox.url, ['taocaicai']);
    await applySeed(world.stores.config, providers, seed!, { by: { actor: 'test' } });
  });

  it('gets the money back when the merchant refunds', async () => {
    const { payment, request } = await asked();
    const buddy = friend();
    await buddy.pays(request, 'wechat_web');
    const { paid_with } = await refreshed(payment);
    await taocaicai.post(`/v1/payments/${payment.id}/refunds`, { refund_no: randomUUID(), amount: 1_299 });
    await settled(payment, 1);
    expect(await world.payer.trade(paid_with.reference)).toMatchObject({ state: 'refunded', refunded: 1_299 });
  });

  it("sees what they pay for and to whom, and nothing of the owner's", async () => {
    const { payment, request } = await asked({ message: '帮帮忙' });
    const view = await friend().sees(request);
    expect(view).toMatchObject({
      app: { id: 'taocaicai', name: { 'zh-CN': '淘菜菜', en: 'Taocaicai' } },
      method: { id: METHOD },
      amount: { amount: 1_299, currency: 'CNY' },
      description: '春笋 500 克',
      message: '帮帮忙',
      status: 'open',
    });
    expect(Object.keys(view ?? {}).toSorted()).toEqual(
      ['amount', 'app', 'description', 'expiresAt', 'message', 'method', 'status'].toSorted(),
    );
    const seen = JSON.stringify(view);
    const owners = [...Object.values(OWNER), OWNERS_PAGE, '余杭塘路', '13800138000', payment.id, payment.order_no];
    for (const secret of owners) expect(seen).not.toContain(secret);
  });

  it("is sent to the friend's page afterwards, never to the owner's", async () => {
    const { request } = await asked();
    const attempt = await friend().tries(request);
    const action = JSON.stringify(attempt.next_action);
    expect(action).toContain(encodeURIComponent(request.url));
    expect(action).not.toContain(encodeURIComponent(OWNERS_PAGE));
  });

  it('who clicks twice gets one attempt, one after the other or at once', async () => {
    const { payment, request } = await asked();
    const buddy = friend();
    const first = await buddy.tries(request);
    expect((await buddy.tries(request)).id).toBe(first.id);

    const { payment: other, request: again } = await asked();
    const clicks = await Promise.allSettled(Array.from({ length: 6 }, () => buddy.tries(again)));
    const refused = clicks.filter((it) => it.status === 'rejected').map(({ reason }) => reason.code);
    expect(new Set(refused)).toEqual(new Set(refused.length === 0 ? [] : ['attempt_in_progress']));
    const { attempts } = await refreshed(other);
    expect(attempts).toHaveLength(1);
    expect(attempts[0].status).toBe('awaiting_payer');
    expect((await refreshed(payment)).attempts).toHaveLength(1);
  });

  it('finds nothing behind a token that is none', async () => {
    expect(await friend().sees({ url: `${world.url}/f/${'A'.repeat(32)}` })).toBeUndefined();
    await expect(holdFriendRequest(world.core, 'nothing', 'x')).rejects.toEqual(problem('not_found'));
  });
});

describe('one friend at a time', () => {
  const hold = (request: Body, { visitor }: Friend) => holdFriendRequest(world.core, tokenOf(request), visitor);

  it('holds it; another is told until when, and never gets the try of the first', async () => {
    const { payment, request } = await asked();
    const [one, two] = [friend(), friend()];
    const attempt = await one.tries(request);
    const { held_until } = await get(request);
    expect(await get(request)).toMatchObject({ status: 'claimed' });
    await expect(two.tries(request)).rejects.toMatchObject({ code: 'friend_request_held', extra: { held_until } });
    expect(await hold(request, two)).toEqual({ outcome: 'held_by_other', until: new Date(held_until) });
    expect(await two.sees(request)).toMatchObject({ held: { by: 'other', until: new Date(held_until) } });
    expect(await one.sees(request)).toMatchObject({ held: { by: 'me' } });
    expect((await refreshed(payment)).attempts).toMatchObject([{ id: attempt.id, status: 'awaiting_payer' }]);
  });

  it('is one, also when twenty come in one moment', async () => {
    const { request, payment } = await asked();
    const holds = await Promise.all(Array.from({ length: 20 }, () => hold(request, friend())));
    expect(holds.filter(({ outcome }) => outcome === 'held')).toHaveLength(1);
    const events = await eventsOf(payment);
    const held = events.filter(({ type }) => type === 'friend_request.held');
    expect(held.map(({ data }) => data)).toEqual([{ friend_request_id: request.id, method: METHOD }]);
  });

  it('keeps it while they act, and loses it to the next when they do not', async () => {
    const { payment, request } = await asked();
    const [one, two] = [friend(), friend()];
    const first = await one.tries(request);
    await world.payer.advance(HOLD_MS - 20_000);
    await world.followed('taocaicai');
    expect(await hold(request, one)).toMatchObject({ outcome: 'held' });
    await world.payer.advance(HOLD_MS - 20_000);
    await world.followed('taocaicai');
    expect(await hold(request, two)).toMatchObject({ outcome: 'held_by_other' });
    await world.payer.advance(21_000);
    await world.followed('taocaicai');
    const second = await two.tries(request);
    expect(second.id).not.toBe(first.id);
    const { attempts } = await refreshed(payment);
    expect(attempts.find((it: Body) => it.id === first.id).status).not.toBe('awaiting_payer');
    expect((await world.payer.trade(first.reference))?.state ?? 'closed').toBe('closed');
    expect(await hold(request, one)).toMatchObject({ outcome: 'held_by_other' });
  });
});

describe('whoever pays second', () => {
  it('gets the money back: two friends, both confirmed', async () => {
    const { payment, request } = await asked();
    const [one, two] = [friend(), friend()];
    const first = await one.tries(request);
    const opened = await world.payer.open(first.next_action, one.name);
    await world.payer.advance(HOLD_MS + 1_000);
    await world.followed('taocaicai');
    const second = await two.tries(request);
    const rival = await world.payer.open(second.next_action, two.name);
    await Promise.all([
      world.payer.confirm(opened.id, { force: true }),
      world.payer.confirm(rival.id, { force: true }),
    ]);
    await refreshed(payment);
    const after = await settled(payment, 1);
    expect(after.status).toBe('paid');
    const kept = after.paid_with.reference;
    const [winner, loser] = kept === first.reference ? [first, second] : [second, first];
    expect(await world.payer.trade(winner.reference)).toMatchObject({ state: 'paid', refunded: 0 });
    expect(await world.payer.trade(loser.reference)).toMatchObject({ state: 'refunded', refunded: 1_299 });
    const [won, lost] = winner === first ? [one, two] : [two, one];
    expect(await won.sees(request)).toMatchObject({ status: 'paid', myMoney: 'accepted' });
    expect(await lost.sees(request)).toMatchObject({ status: 'paid', myMoney: 'returned' });
    const { captures } = (await world.stores.payments.loadPayment(payment.id))!;
    expect(captures.map(({ accepted }) => accepted).toSorted()).toEqual([false, true]);
    const types = (await eventsOf(payment)).map(({ type }) => type);
    expect(types.filter((type) => type === 'payment.paid')).toHaveLength(1);
    expect(types.filter((type) => type === 'payment.overpaid')).toHaveLength(1);
  });

  /** The owner pays with Alipay, the friend with WeChat, both after the other's try was taken out of their hands. */
  it.each(['owner', 'friend'] as const)('gets the money back: the %s first, then the other', async (faster) => {
    const { payment, request } = await asked();
    const buddy = friend();
    const theirs = await buddy.tries(request);
    const opened = await world.payer.open(theirs.next_action, buddy.name);
    const own = await taocaicai.post(`/v1/payments/${payment.id}/attempts`, { method: 'alipay', scene: 'app' });
    expect(own.status).toBe(201);
    expect((await refreshed(payment)).attempts.find((it: Body) => it.id === theirs.id).status).toBe('closed');
    const ownTrade = await world.payer.open(own.body.next_action);
    const order = faster === 'owner' ? [ownTrade, opened] : [opened, ownTrade];
    for (const trade of order) {
      await world.payer.confirm(trade.id, { force: true });
      await world.until(
        async () => (await world.stores.payments.loadPayment(payment.id))!.captures.length,
        (count) => count === order.indexOf(trade) + 1,
        8_000,
      );
    }
    const after = await settled(payment, 1);
    const winner = faster === 'owner' ? own.body.reference : theirs.reference;
    const loser = faster === 'owner' ? theirs.reference : own.body.reference;
    expect(after.paid_with.reference).toBe(winner);
    expect(await world.payer.trade(loser)).toMatchObject({ state: 'refunded', refunded: 1_299 });
    expect(await world.payer.trade(winner)).toMatchObject({ state: 'paid', refunded: 0 });
    expect(await get(request)).toMatchObject({ status: 'paid', paid_by: faster === 'owner' ? 'other' : 'friend' });
  });
});

describe('the owner', () => {
  it('cancels: the try of the friend is closed at the wallet, and the link is dead', async () => {
    const { payment, request } = await asked();
    const buddy = friend();
    const attempt = await buddy.tries(request, 'desktop_web');
    const canceled = await taocaicai.post(`/v1/friend-requests/${request.id}/cancel`);
    expect(canceled).toMatchObject({ status: 200, body: { status: 'canceled', canceled_at: expect.any(String) } });
    expect(await taocaicai.post(`/v1/friend-requests/${request.id}/cancel`)).toMatchObject({
      status: 200,
      body: canceled.body,
    });
    expect((await world.payer.trade(attempt.reference)).state).toBe('closed');
    expect(await refreshed(payment)).toMatchObject({ status: 'open', attempts: [{ status: 'closed' }] });
    await expect(buddy.tries(request)).rejects.toEqual(problem('friend_request_canceled'));
    expect(await buddy.sees(request)).toMatchObject({ status: 'canceled' });
    const types = (await eventsOf(payment)).map(({ type }) => type);
    expect(types.filter((type) => type === 'friend_request.canceled')).toHaveLength(1);
  });

  it('is too late when the friend was faster', async () => {
    const { payment, request } = await asked();
    const buddy = friend();
    await world.payer.faults([{ match: { operation: 'notification' }, phase: 'before', action: 'drop', times: 20 }]);
    await buddy.pays(request, 'desktop_web');
    expect(await taocaicai.post(`/v1/friend-requests/${request.id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'payment_already_paid' },
    });
    expect(await refreshed(payment)).toMatchObject({ status: 'paid', refunds: [] });
    expect(await get(request)).toMatchObject({ status: 'paid', paid_by: 'friend', canceled_at: null });
  });

  it('who cancels while the wallet does not answer may still be paid for', async () => {
    const { payment, request } = await asked();
    const buddy = friend();
    const attempt = await buddy.tries(request, 'desktop_web');
    const trade = await world.payer.open(attempt.next_action, buddy.name);
    await world.payer.faults([{ match: { operation: 'close' }, phase: 'before', action: 'reset', times: 2 }]);
    const canceled = await taocaicai.post(`/v1/friend-requests/${request.id}/cancel`);
    expect(canceled).toMatchObject({ status: 200, body: { status: 'canceled' } });
    expect((await taocaicai.get(`/v1/payments/${payment.id}`)).body.attempts).toMatchObject([{ status: 'superseded' }]);
    await world.payer.confirm(trade.id, { payer: buddy.name, force: true });
    await world.until(
      () => refreshed(payment),
      ({ status }) => status === 'paid',
      8_000,
    );
    expect(await get(request)).toMatchObject({ status: 'paid', paid_by: 'friend' });
    expect((await refreshed(payment)).refunds).toEqual([]);
  });

  it('who cancels the order ends the request with it', async () => {
    const { payment, request } = await asked();
    const attempt = await friend().tries(request, 'desktop_web');
    expect((await taocaicai.post(`/v1/payments/${payment.id}/cancel`)).body.status).toBe('closed');
    expect((await world.payer.trade(attempt.reference)).state).toBe('closed');
    expect(await get(request)).toMatchObject({ status: 'canceled' });
    await expect(friend().tries(request)).rejects.toEqual(problem('friend_request_canceled'));
  });
});

describe('limits', () => {
  it('ends by the clock', async () => {
    const { request, payment } = await asked({ expires_in: 60 });
    const buddy = friend();
    await world.payer.advance(61_000);
    await world.followed('taocaicai');
    expect(await get(request)).toMatchObject({ status: 'expired' });
    expect(await buddy.sees(request)).toMatchObject({ status: 'expired' });
    await expect(buddy.tries(request)).rejects.toEqual(problem('friend_request_expired'));
    expect((await ask(payment)).status).toBe(201);
  });

  it(`opens ${MAX_FRIEND_ATTEMPTS} tries at most; the last that awaits is still found`, async () => {
    const { request, payment } = await asked();
    const buddy = friend();
    const scenes = ['mobile_web', 'desktop_web'] as const;
    for (let at = 0; at < MAX_FRIEND_ATTEMPTS; at++) await buddy.tries(request, scenes[at % 2]);
    await expect(buddy.tries(request, scenes[0])).rejects.toEqual(problem('friend_attempts_exhausted'));
    expect((await buddy.tries(request, scenes[1])).status).toBe('awaiting_payer');
    expect((await refreshed(payment)).attempts).toHaveLength(MAX_FRIEND_ATTEMPTS);
  });
});

describe('A-51: whoever has only the link of a request', () => {
  it('has 192 bits that no other link has', async () => {
    const requests = await Promise.all([asked(), asked(), asked()]);
    const tokens = requests.map(({ request }) => tokenOf(request));
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(24);
    expect(new Set(tokens).size).toBe(3);
  });

  it('opens the order that it is of, for what that costs, whatever else they send along', async () => {
    const { payment, request } = await asked();
    const { payment: dear } = await asked({}, { amount: 990_000 });
    const attempt = { token: tokenOf(request), visitor: friend().visitor, scene: 'mobile_web' } as const;
    const more = { app: 'jd', paymentId: dear.id, amount: 1, method: 'alipay', returnUrl: 'https://evil.example/' };
    const { attempt: opened } = await payAsFriend(world.core, { ...more, ...attempt, payer: { ip: '203.0.113.9' } });
    expect(opened).toMatchObject({ app: 'taocaicai', paymentId: payment.id, method: METHOD });
    const [{ next_action: action }] = (await taocaicai.get(`/v1/payments/${payment.id}`)).body.attempts;
    expect(await world.payer.open(action)).toMatchObject({ amount: 1_299 });
    expect(JSON.stringify(opened)).not.toContain('evil.example');
  });

  it.each(['paid', 'canceled', 'expired'] as const)('can open nothing by it once it is %s', async (end) => {
    const { payment, request } = await asked({ expires_in: 60 });
    if (end === 'paid') {
      await friend().pays(request);
      await settled(payment, 0);
    } else if (end === 'canceled') await taocaicai.post(`/v1/friend-requests/${request.id}/cancel`);
    else {
      await world.payer.advance(61_000);
      await world.followed('taocaicai');
    }
    const attempts = async () => (await refreshed(payment)).attempts.length;
    const before = await attempts();
    expect((await get(request)).status).toBe(end);
    const code = end === 'paid' ? 'payment_already_paid' : `friend_request_${end}`;
    await expect(friend().tries(request)).rejects.toEqual(problem(code));
    expect(await attempts()).toBe(before);
  });
});

describe('the text code', () => {
  const resolve = (text: unknown) => taocaicai.post('/v1/text-codes/resolve', { text });

  it('leads back to the request out of what a chat made of it', async () => {
    const { request } = await asked();
    const code = request.text_code.replaceAll('￥', '');
    for (const text of [
      request.text_code,
      request.share_text,
      `看看这个🎁\n${request.share_text}\n谢谢🙏`,
      code.toLowerCase(),
      `$${code.slice(0, 8)} ${code.slice(8)}$`,
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
    ]) {
      expect(await resolve(text), text).toMatchObject({ status: 200, body: { id: request.id, status: 'open' } });
    }
  });

  it('with a wrong letter, without a code, or in too long a text is 400 and says which', async () => {
    const { request } = await asked();
    const other = request.text_code[3] === '7' ? '8' : '7';
    const wrong = request.text_code.slice(0, 3) + other + request.text_code.slice(4);
    for (const [text, message] of [
      [wrong, 'a wrong letter'],
      ['你好', 'no code'],
      ['A'.repeat(2_001), 'at most 2000'],
    ]) {
      expect(await resolve(text)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/text', message: expect.stringContaining(message!) }] },
      });
    }
    expect((await resolve(7)).status).toBe(400);
  });

  it('that nobody shared is 404', async () => {
    expect(await resolve('￥0000000000000000￥')).toMatchObject({ status: 404, body: { code: 'text_code_unknown' } });
  });

  it('A-51 is not found by trying: an app that asks for too many unknown ones is told to wait', async () => {
    const jd = world.merchant('jd');
    const guess = () => jd.post('/v1/text-codes/resolve', { text: '￥0000000000000000￥' });
    const replies = await Promise.all(Array.from({ length: 301 }, guess));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([404, 429]));
    const refused = await guess();
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_unknown_codes' } });
    expect(refused.headers.get('retry-after')).toBe('60');
    const { request } = await asked();
    expect((await resolve(request.text_code)).status).toBe(200);
  });
});

describe('what is kept', () => {
  it("has no browser's secret in it", async () => {
    const { request } = await asked();
    const buddy = friend();
    await buddy.tries(request);
    const kept = await world.dump();
    expect(kept).toContain(request.id);
    expect(kept).not.toContain(buddy.visitor);
  });
});
