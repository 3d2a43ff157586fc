import { randomUUID } from 'node:crypto';
import { providers } from '@hutong/gateway';
import { applySeed, newId, type Option } from '@hutong/payment-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Merchant, Reply } from './support/merchant.js';
import { seedsForTests } from './support/seeds.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let hema: Merchant;
let jd: Merchant;

beforeAll(async () => {
  world = await startWorld(['hema', 'jd']);
  hema = world.merchant('hema');
  jd = world.merchant('jd');
});
afterEach(() => world.payer.faults([]));
afterAll(() => world.close());

const REVIEWER = { id: 'reviewer-1' };
const WITH_PASSWORD = { password_first: true };

/** The till scans a code: one try of the payment, with what else the request says. */
function scan(
  merchant: Merchant,
  payment: { id: string },
  code: string,
  more: Record<string, unknown> = {},
): Promise<Reply> {
  const body = { method: 'barcode', scene: 'in_store', auth_code: code, ...more };
  return merchant.post(`/v1/payments/${payment.id}/attempts`, body);
}

const ask = async (merchant: Merchant, payment: { id: string }) =>
  (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body;

/** The payer answers the wallet's question for the password. */
const answer = async (reference: string, more: Record<string, unknown> = {}) =>
  world.payer.confirm((await world.payer.trade(reference)).id, more);

const methodsAt = async (merchant: Merchant, scene: string) => {
  const { body } = await merchant.get(`/v1/payment-methods?amount=1299&scene=${scene}&payer_id=u1&explain=true`);
  return {
    shown: body.data.map((it: { method: string }) => it.method),
    reasons: Object.fromEntries(body.excluded.map((it: { method: string; reason: string }) => [it.method, it.reason])),
  };
};

/** JD with one more option; what it rules about Alipay stays as it is. */
async function giveJd(option: Option): Promise<void> {
  const [seed] = await seedsForTests(world.sandbox.url, ['jd']);
  if (seed === undefined) throw new Error('no seed of jd');
  await applySeed(
    world.stores.config,
    providers,
    { ...seed, options: [...seed.options, option] },
    { by: { actor: 'test' } },
  );
}

describe("Hema's till", () => {
  it("offers the payer's code in the store and nowhere else", async () => {
    expect((await methodsAt(hema, 'in_store')).shown).toEqual(['barcode', 'one_code']);
    expect((await methodsAt(hema, 'app')).reasons).toMatchObject({ barcode: 'scene_unsupported' });
  });

  it('is paid by an Alipay code at once, and gives it back in two parts', async () => {
    const payment = await hema.createPayment();
    const attempt = await scan(hema, payment, await world.payer.showCode('alipay'));
    expect(attempt).toMatchObject({
      status: 201,
      body: { status: 'paid', method: 'barcode', provider: 'alipay', next_action: { type: 'none' } },
    });
    expect((await hema.get(`/v1/payments/${payment.id}`)).body).toMatchObject({
      status: 'paid',
      paid_with: { method: 'barcode', provider: 'alipay', reference: attempt.body.reference },
    });
    for (const amount of [300, 999]) {
      const refund = await hema.post(`/v1/payments/${payment.id}/refunds`, { refund_no: randomUUID(), amount });
      expect(refund.status, JSON.stringify(refund.body)).toBe(201);
    }
    const refunded = await world.until(
      () => ask(hema, payment),
      (it) => it.amount_refunded === 1_299,
      5_000,
    );
    expect(refunded.status).toBe('paid');
    expect(await world.payer.trade(attempt.body.reference)).toMatchObject({
      provider: 'alipay',
      state: 'refunded',
      refunded: 1_299,
    });
  });

  it('creates the order and charges the code in one call', async () => {
    const auth_code = await world.payer.showCode('alipay');
    const payment = await hema.createPayment({ attempt: { method: 'barcode', scene: 'in_store', auth_code } });
    expect(payment).toMatchObject({ status: 'paid', paid_with: { method: 'barcode', provider: 'alipay' } });
  });

  it('waits while Alipay asks for the password, then is paid', async () => {
    const payment = await hema.createPayment();
    const attempt = await scan(hema, payment, await world.payer.showCode('alipay', WITH_PASSWORD));
    expect(attempt).toMatchObject({
      status: 201,
      body: { status: 'awaiting_payer', next_action: { type: 'await_payer', poll_after_ms: 5_000 } },
    });
    expect((await ask(hema, payment)).status).toBe('open');
    await answer(attempt.body.reference);
    expect(await ask(hema, payment)).toMatchObject({ status: 'paid', paid_with: { provider: 'alipay' } });
  });

  it('refuses a WeChat code while WeChat Pay is under review, and leaves the code with its payer', async () => {
    const payment = await hema.createPayment({ payer: { id: 'u1' } });
    const code = await world.payer.showCode('wechat_pay');
    expect(await scan(hema, payment, code)).toMatchObject({
      status: 409,
      body: { code: 'pending_review', reason: 'pending_review', method: 'barcode', provider: 'wechat_pay' },
    });
    expect((await hema.get(`/v1/payments/${payment.id}`)).body.attempts).toEqual([]);
    expect(await scan(hema, payment, code, { payer: REVIEWER })).toMatchObject({
      status: 201,
      body: { status: 'paid', provider: 'wechat_pay' },
    });
  });

  it("takes the reviewer's WeChat code with a password, and refunds through WeChat Pay", async () => {
    const payment = await hema.createPayment({ payer: REVIEWER });
    const attempt = await scan(hema, payment, await world.payer.showCode('wechat_pay', WITH_PASSWORD));
    expect(attempt).toMatchObject({ status: 201, body: { status: 'awaiting_payer', provider: 'wechat_pay' } });
    await answer(attempt.body.reference);
    expect(await ask(hema, payment)).toMatchObject({ status: 'paid', paid_with: { provider: 'wechat_pay' } });
    await hema.post(`/v1/payments/${payment.id}/refunds`, { refund_no: randomUUID(), amount: 1_299 });
    await world.until(
      () => ask(hema, payment),
      (it) => it.amount_refunded === 1_299,
      5_000,
    );
    expect(await world.payer.trade(attempt.body.reference)).toMatchObject({ provider: 'wechat_pay', refunded: 1_299 });
  });

  it('is told why a code was not charged, and takes the next one', async () => {
    const used = await world.payer.showCode('alipay');
    await scan(hema, await hema.createPayment(), used);
    const payment = await hema.createPayment();
    expect(await scan(hema, payment, used)).toMatchObject({ status: 409, body: { code: 'payer_unfit' } });
    expect(await scan(hema, payment, await world.payer.showCode('alipay'))).toMatchObject({
      status: 201,
      body: { status: 'paid' },
    });
    const { attempts } = (await hema.get(`/v1/payments/${payment.id}`)).body;
    expect(attempts.map((it: { status: string; code: string }) => [it.status, it.code])).toEqual([
      ['failed', 'payer_unfit'],
      ['paid', null],
    ]);
  });
});

describe("JD's Alipay", () => {
  it('cannot come back by the prefix of a code, whether or not the till takes codes at all', async () => {
    const payment = await jd.createPayment();
    const code = await world.payer.showCode('alipay');
    const excluded = { status: 409, body: { code: 'excluded_by_app', reason: 'excluded_by_app', provider: 'alipay' } };
    expect(await scan(jd, payment, code)).toMatchObject(excluded);
    expect(await scan(jd, payment, await world.payer.showCode('wechat_pay'))).toMatchObject({
      status: 409,
      body: { code: 'not_configured' },
    });
    await giveJd({ method: 'barcode', status: 'live' });
    expect((await methodsAt(jd, 'in_store')).shown).toEqual(['one_code', 'barcode']);
    expect(await scan(jd, payment, code)).toMatchObject(excluded);
    expect((await jd.get(`/v1/payments/${payment.id}`)).body.attempts).toEqual([]);
    expect(await scan(jd, payment, await world.payer.showCode('wechat_pay'))).toMatchObject({
      status: 201,
      body: { status: 'paid', provider: 'wechat_pay' },
    });
  });
});

describe('a code', () => {
  it.each([
    ["of UnionPay's", '6212345678901234567', 'auth_code_unknown'],
    ['one digit too long for WeChat', '1300610988280094061', 'auth_code_unknown'],
    ['that is no number', '28763443825664394x', 'invalid_request'],
    ['too short', '287634438256643', 'invalid_request'],
  ])('%s is 400 and not repeated; no wallet hears of it', async (_what, code, problem) => {
    const payment = await hema.createPayment();
    const refused = await scan(hema, payment, code);
    expect(refused).toMatchObject({ status: 400, body: { code: problem, errors: [{ pointer: '/auth_code' }] } });
    expect(JSON.stringify(refused.body)).not.toContain(code);
    expect((await hema.get(`/v1/payments/${payment.id}`)).body.attempts).toEqual([]);
  });

  it('is needed by barcode, and goes with no other method', async () => {
    const payment = await hema.createPayment();
    const attempts = `/v1/payments/${payment.id}/attempts`;
    expect(await hema.post(attempts, { method: 'barcode', scene: 'in_store' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/auth_code', message: expect.stringContaining('is missing') }] },
    });
    const auth_code = await world.payer.showCode('alipay');
    expect(await hema.post(attempts, { method: 'alipay', scene: 'app', auth_code })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/auth_code', message: expect.stringContaining('barcode') }] },
    });
    expect((await hema.get(`/v1/payments/${payment.id}`)).body.attempts).toEqual([]);
  });

  it('scanned twice is one attempt, which the second scan asks about', async () => {
    const payment = await hema.createPayment();
    const code = await world.payer.showCode('alipay', WITH_PASSWORD);
    const first = await scan(hema, payment, code);
    expect(await scan(hema, payment, code)).toMatchObject({
      status: 200,
      body: { id: first.body.id, status: 'awaiting_payer', next_action: { type: 'await_payer' } },
    });
    await answer(first.body.reference);
    const paid = await ask(hema, payment);
    expect(paid.attempts).toMatchObject([{ id: first.body.id, status: 'paid' }]);
  });

  it.each([
    ['alipay', 'closed there'],
    ['wechat_pay', 'reversed there'],
  ])('of %s that awaits its payer is %s when a new one is scanned', async (provider) => {
    const payment = await hema.createPayment({ payer: REVIEWER });
    const first = await scan(hema, payment, await world.payer.showCode(provider, WITH_PASSWORD));
    const second = await scan(hema, payment, await world.payer.showCode('alipay'));
    expect(second).toMatchObject({ status: 201, body: { status: 'paid', provider: 'alipay' } });
    expect((await world.payer.trade(first.body.reference)).state).toBe('closed');
    const after = await ask(hema, payment);
    expect(after.attempts.map((it: { status: string }) => it.status)).toEqual(['closed', 'paid']);
    expect(after.refunds).toEqual([]);
  });

  it('whose payer was faster than the next scan is the one that counts; the next is not charged', async () => {
    const payment = await hema.createPayment({ payer: REVIEWER });
    const first = await scan(hema, payment, await world.payer.showCode('wechat_pay', WITH_PASSWORD));
    await answer(first.body.reference);
    const code = await world.payer.showCode('alipay');
    expect(await scan(hema, payment, code)).toMatchObject({ status: 409, body: { code: 'payment_already_paid' } });
    expect(await scan(hema, await hema.createPayment(), code)).toMatchObject({ status: 201, body: { status: 'paid' } });
  });

  it('whose answer was lost is asked about, and charged once', async () => {
    const payment = await hema.createPayment();
    await world.payer.faults([
      { match: { operation: 'order' }, phase: 'after', action: 'reset', times: 1 },
      { match: { operation: 'notification' }, phase: 'before', action: 'drop', times: 1 },
    ]);
    const code = await world.payer.showCode('alipay');
    const lost = await scan(hema, payment, code);
    expect(lost).toMatchObject({ status: 201, body: { status: 'unknown', next_action: { type: 'none' } } });
    expect(await scan(hema, payment, code)).toMatchObject({ status: 200, body: { id: lost.body.id, status: 'paid' } });
    expect(await ask(hema, payment)).toMatchObject({ status: 'paid', attempts: [{ status: 'paid' }], refunds: [] });
  });

  it('that never arrived is not sent again: its attempt stays unknown until a new one is scanned', async () => {
    const payment = await hema.createPayment();
    const code = await world.payer.showCode('alipay');
    await world.payer.faults([{ match: { operation: 'order' }, phase: 'before', action: 'reset', times: 1 }]);
    const lost = await scan(hema, payment, code);
    expect(lost.body.status).toBe('unknown');
    expect(await scan(hema, payment, code)).toMatchObject({
      status: 200,
      body: { id: lost.body.id, status: 'unknown' },
    });
    expect(await world.payer.trade(lost.body.reference)).toBeUndefined();
    expect(await scan(hema, payment, await world.payer.showCode('alipay'))).toMatchObject({
      status: 201,
      body: { status: 'paid' },
    });
  });

  it('that is being charged this moment keeps every other try waiting: the money could be taken twice', async () => {
    const payment = await hema.createPayment();
    const [code, next] = [await world.payer.showCode('alipay'), await world.payer.showCode('alipay')];
    await world.payer.faults([
      { match: { operation: 'order' }, phase: 'before', action: 'delay', ms: 1_500, times: 1 },
    ]);
    const charging = scan(hema, payment, code);
    await world.until(
      async () => (await hema.get(`/v1/payments/${payment.id}`)).body.attempts,
      (attempts) => attempts.length === 1,
      5_000,
    );
    const busy = { status: 409, body: { code: 'attempt_in_progress' } };
    expect(await scan(hema, payment, next)).toMatchObject(busy);
    expect(await scan(hema, payment, code)).toMatchObject(busy);
    expect(await charging).toMatchObject({ status: 201, body: { status: 'paid' } });
    expect((await ask(hema, payment)).attempts).toHaveLength(1);
    expect(await scan(hema, await hema.createPayment(), next)).toMatchObject({ status: 201, body: { status: 'paid' } });
  });

  it('keeps them waiting also when somebody asks how the payment stands meanwhile', async () => {
    const payment = await hema.createPayment();
    const [code, next] = [await world.payer.showCode('alipay'), await world.payer.showCode('alipay')];
    await world.payer.faults([
      { match: { operation: 'order' }, phase: 'before', action: 'delay', ms: 3_000, times: 1 },
    ]);
    const charging = scan(hema, payment, code);
    await world.until(
      async () => (await hema.get(`/v1/payments/${payment.id}`)).body.attempts,
      (attempts) => attempts.length === 1,
      5_000,
    );
    await ask(hema, payment);
    await world.payer.advance(8_000);
    await world.followed('hema');
    expect(await scan(hema, payment, next)).toMatchObject({ status: 409, body: { code: 'attempt_in_progress' } });
    expect(await charging).toMatchObject({ status: 201, body: { status: 'paid' } });
    expect(await ask(hema, payment)).toMatchObject({ status: 'paid', refunds: [] });
  });

  it.each([
    ['the same code', 1],
    ['different codes', 6],
  ])('read by six scanners at once (%s) is charged once at most, and never refused as used', async (_what, count) => {
    const payment = await hema.createPayment();
    const codes = await Promise.all(Array.from({ length: count }, () => world.payer.showCode('alipay')));
    const scans = Array.from({ length: 6 }, (_, at) => scan(hema, payment, codes[at % count] ?? ''));
    const replies = await Promise.all(scans);
    const refusals = replies.filter(({ status }) => status === 409).map(({ body }) => body.code);
    const waiting = ['attempt_in_progress', 'payment_already_paid'];
    expect(refusals.filter((code) => !waiting.includes(code))).toEqual([]);
    const last = await world.payer.showCode('alipay');
    await world.until(
      () => scan(hema, payment, last),
      ({ body }) => body.status === 'paid' || body.code === 'payment_already_paid',
      5_000,
    );
    const after = await ask(hema, payment);
    expect(after).toMatchObject({ status: 'paid', refunds: [] });
    const trades = await Promise.all(
      after.attempts.map(({ reference }: { reference: string }) => world.payer.trade(reference)),
    );
    expect(trades.filter((trade) => trade !== undefined)).toHaveLength(1);
  });

  it('read in the very moment in which another scanner writes its try steps back, and stays unused', async () => {
    const payment = await hema.createPayment();
    const { payments } = world.stores;
    const open = payments.openAttempt.bind(payments);
    vi.spyOn(payments, 'openAttempt').mockImplementationOnce(async (attempt, event) => {
      const rival = newId('att');
      await open({ ...attempt, id: rival, reference: rival }, { ...event, id: newId('evt') });
      return open(attempt, event);
    });
    const code = await world.payer.showCode('alipay');
    expect(await scan(hema, payment, code)).toMatchObject({ status: 409, body: { code: 'attempt_in_progress' } });
    const { attempts } = (await hema.get(`/v1/payments/${payment.id}`)).body;
    expect(attempts.map((it: { status: string }) => it.status).toSorted()).toEqual(['failed', 'starting']);
    expect(await scan(hema, await hema.createPayment(), code)).toMatchObject({ status: 201, body: { status: 'paid' } });
  });

  it('declined in the wallet fails its attempt, and the payment takes another', async () => {
    const payment = await hema.createPayment({ payer: REVIEWER });
    const first = await scan(hema, payment, await world.payer.showCode('wechat_pay', WITH_PASSWORD));
    await answer(first.body.reference, { result: 'declined' });
    expect(await ask(hema, payment)).toMatchObject({ status: 'open', attempts: [{ status: 'failed' }] });
    expect(await scan(hema, payment, await world.payer.showCode('alipay'))).toMatchObject({ status: 201 });
  });

  it('of a payment that is canceled while the payer types is taken back', async () => {
    const payment = await hema.createPayment({ payer: REVIEWER });
    const first = await scan(hema, payment, await world.payer.showCode('wechat_pay', WITH_PASSWORD));
    expect((await hema.post(`/v1/payments/${payment.id}/cancel`)).body).toMatchObject({
      status: 'closed',
      attempts: [{ status: 'closed' }],
    });
    expect((await world.payer.trade(first.body.reference)).state).toBe('closed');
  });

  it('is replayed under its Idempotency-Key without being charged again; another one under it is 422', async () => {
    const payment = await hema.createPayment();
    const key = { 'idempotency-key': randomUUID() };
    const path = `/v1/payments/${payment.id}/attempts`;
    const body = { method: 'barcode', scene: 'in_store', auth_code: await world.payer.showCode('alipay') };
    const first = await hema.post(path, body, key);
    const again = await hema.post(path, body, key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = { ...body, auth_code: await world.payer.showCode('alipay') };
    expect(await hema.post(path, other, key)).toMatchObject({ status: 422 });
  });
});

describe('the secret of a code', () => {
  it('is in no answer and in no cell of the database, whatever came of it', async () => {
    const payment = await hema.createPayment();
    const taken = await world.payer.showCode('alipay', WITH_PASSWORD);
    const refused = await world.payer.showCode('wechat_pay');
    const unknown = '6212345678901234567';
    const replies = [
      await scan(hema, payment, taken),
      await scan(hema, payment, taken),
      await scan(hema, payment, refused),
      await scan(hema, payment, unknown),
      await hema.get(`/v1/payments/${payment.id}`),
    ];
    expect(replies.map(({ status }) => status)).toEqual([201, 200, 409, 400, 200]);
    const kept = await world.dump();
    expect(kept).toContain(replies[0]?.body.reference);
    const seen = `${JSON.stringify(replies.map(({ body }) => body))} ${kept}`;
    for (const code of [taken, refused, unknown]) expect(seen).not.toContain(code);
  });

  it('is not quoted when the body around it is no JSON', async () => {
    const payment = await hema.createPayment();
    const body = '{"method":"barcode","scene":"in_store","auth_code": x28763443825664394}';
    const reply = await hema.send('POST', `/v1/payments/${payment.id}/attempts`, body, {
      'idempotency-key': randomUUID(),
    });
    expect(reply).toMatchObject({ status: 400, body: { detail: expect.stringContaining('is not JSON') } });
    expect(JSON.stringify(reply.body)).not.toContain('2876');
  });
});
