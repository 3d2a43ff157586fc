import { randomUUID } from 'node:crypto';
import {
  findScanCode,
  otherOptionsForScan,
  payByScan,
  payerFromCode,
  payerSignInUrl,
  workDue,
  type Attempt,
  type ScanOrder,
} from '@hutong/payment-core';
import type { Scene } from '@hutong/payment-port';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Merchant, Reply } from './support/merchant.js';
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

interface Id {
  readonly id: string;
}

const REVIEWER = { payer: { id: 'reviewer-1' } };

const show = (merchant: Merchant, payment: Id, more: Record<string, unknown> = {}): Promise<Reply> =>
  merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'one_code', scene: 'in_store', ...more });

const tokenIn = ({ body }: Reply): string => new URL(body.next_action.content).pathname.replace('/q/', '');

const codeOf = async (merchant: Merchant, payment: Id): Promise<string> => tokenIn(await show(merchant, payment));

const read = async (merchant: Merchant, { id }: Id) => (await merchant.get(`/v1/payments/${id}?refresh=true`)).body;

const statuses = async (merchant: Merchant, payment: Id): Promise<string[]> =>
  (await read(merchant, payment)).attempts.map((it: { status: string; provider: string | null }) =>
    [it.provider ?? 'code', it.status].join(' '),
  );

const stateOf = async (token: string) => (await findScanCode(world.core, token))?.state;

/** Somebody opens the code inside WeChat: signs in there, comes back with a code, and is known by it. */
async function openidOf(app: string, token: string, payer: string): Promise<string> {
  const url = await payerSignInUrl(world.core, {
    app,
    provider: 'wechat_pay',
    returnUrl: world.core.links.scanCode(token),
    state: 'st4te',
  });
  const visit = new URL(url ?? '');
  visit.searchParams.set('payer', payer);
  const back = await fetch(visit, { redirect: 'manual' });
  const { origin, pathname, searchParams } = new URL(back.headers.get('location') ?? '');
  expect([origin + pathname, searchParams.get('state')]).toEqual([world.core.links.scanCode(token), 'st4te']);
  return payerFromCode(world.core, { app, provider: 'wechat_pay', code: searchParams.get('code') ?? '' });
}

async function scanWithWechat(app: string, token: string, payer = 'payer-1') {
  const openid = await openidOf(app, token, payer);
  return { openid, ...(await payByScan(world.core, { token, scene: 'wechat_web', payer: { openid } })) };
}

const scanWithAlipay = (token: string, more: Partial<ScanOrder> = {}) =>
  payByScan(world.core, { token, scene: 'alipay_web', ...more });

/** What the scanner's device does with it, and its owner's yes. */
const confirm = async ({ nextAction }: Attempt, more: Record<string, unknown> = {}) => {
  if (nextAction === undefined) throw new Error('There is nothing to pay with.');
  return world.payer.pay(nextAction, more);
};

const paid = (merchant: Merchant, payment: Id) =>
  world.until(
    () => read(merchant, payment),
    (it) => it.status === 'paid',
    5_000,
  );

const shownTo = async (token: string, scene: Scene) =>
  (await otherOptionsForScan(world.core, token, scene))?.map(({ method }) => method.id);

describe('one code for every wallet', () => {
  it('is an address of ours, made without asking any wallet', async () => {
    const payment = await jd.createPayment();
    await world.payer.faults([{ match: { operation: 'order' }, phase: 'before', action: 'reset' }]);
    const reply = await show(jd, payment);
    expect(reply).toMatchObject({
      status: 201,
      body: { status: 'awaiting_payer', method: 'one_code', scene: 'in_store', provider: null },
    });
    expect(reply.body.next_action).toMatchObject({ type: 'show_qr_code', expires_at: reply.body.expires_at });
    expect(reply.body.next_action.content).toMatch(
      new RegExp(`^${world.url.replaceAll('.', '\\.')}/q/[0-9A-Za-z]{26}[\\w-]{22}$`),
    );
    expect(Date.parse(reply.body.expires_at) - Date.parse(reply.body.created_at)).toBe(300_000);
    expect((await jd.get(`/v1/payments/${payment.id}`)).body).toMatchObject({
      status: 'open',
      paid_with: null,
      attempts: [{ id: reply.body.id, provider: null }],
    });
  });

  it('comes with the payment in one call, and never outlives it', async () => {
    const attempt = { method: 'one_code', scene: 'in_store' };
    const payment = await jd.createPayment({ expires_in: 60, attempt });
    expect(payment.attempts).toMatchObject([{ provider: null, expires_at: payment.expires_at }]);
  });

  it('asked for again while it lives is the same code; for another payer, another', async () => {
    const payment = await jd.createPayment();
    const first = await show(jd, payment);
    expect(await show(jd, payment)).toMatchObject({ status: 200, body: { id: first.body.id } });
    const other = await show(jd, payment, { payer: { id: 'u2' } });
    expect(other.status).toBe(201);
    expect(other.body.id).not.toBe(first.body.id);
    expect(await stateOf(tokenIn(first))).toBe('replaced');
    expect(await stateOf(tokenIn(other))).toBe('alive');
  });

  it('is refused where the app does not offer it, and takes no code of a payer', async () => {
    const payment = await jd.createPayment();
    expect(await show(jd, payment, { scene: 'desktop_web' })).toMatchObject({
      status: 409,
      body: { code: 'scene_unsupported' },
    });
    expect(await show(jd, payment, { auth_code: '28763443825664394' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/auth_code' }] },
    });
  });

  it("tells whoever scans what is paid for and to whom, and nothing of the payment's owner", async () => {
    const owner = { id: 'u-secret', openid: 'o-secret', ip: '203.0.113.77' };
    const payment = await jd.createPayment({
      payer: owner,
      metadata: { note: 'm-secret' },
      order_no: `s-${randomUUID()}`,
    });
    const seen = await findScanCode(world.core, await codeOf(jd, payment));
    expect(seen).toMatchObject({
      state: 'alive',
      app: { id: 'jd', name: { 'zh-CN': '京东', en: 'JD' }, branding: { mark: '京' } },
      description: '春笋 500 克',
      amount: { amount: 1_299, currency: 'CNY' },
    });
    const told = JSON.stringify(seen);
    for (const secret of ['secret', '203.0.113.77', payment.id, payment.order_no]) expect(told).not.toContain(secret);
  });
});

describe('scanned with WeChat', () => {
  it('is paid with the openid that WeChat told us, under the one method', async () => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    const { created, attempt, openid } = await scanWithWechat('jd', token);
    expect(created).toBe(true);
    expect(attempt).toMatchObject({
      status: 'awaiting_payer',
      method: 'one_code',
      scene: 'wechat_web',
      provider: 'wechat_pay',
      nextAction: { type: 'invoke_sdk', sdk: 'wechat_jsapi' },
    });
    expect(openid).toMatch(/^o[\w-]{27}$/);
    expect(await stateOf(token)).toBe('alive');
    await confirm(attempt, { payer: openid });
    expect(await paid(jd, payment)).toMatchObject({
      paid_with: { method: 'one_code', provider: 'wechat_pay', reference: attempt.reference },
    });
    expect(await stateOf(token)).toBe('paid');
    await jd.post(`/v1/payments/${payment.id}/refunds`, { refund_no: randomUUID(), amount: 1_299 });
    const refunded = await world.until(
      () => read(jd, payment),
      (it) => it.amount_refunded === 1_299,
      5_000,
    );
    expect(refunded.status).toBe('paid');
  });

  it('twice by the same person is one attempt', async () => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    const first = await scanWithWechat('jd', token);
    const second = await scanWithWechat('jd', token);
    expect(second).toMatchObject({ created: false, attempt: { id: first.attempt.id } });
    expect(await statuses(jd, payment)).toEqual(['code awaiting_payer', 'wechat_pay awaiting_payer']);
  });

  it.each([2, 6])('tapped %i times at once by the same person ends in one order, never in two to pay', async (taps) => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    const openid = await openidOf('jd', token, 'payer-1');
    const scan = () => payByScan(world.core, { token, scene: 'wechat_web', payer: { openid } });
    const outcomes = await Promise.allSettled(Array.from({ length: taps }, scan));
    const refusals = outcomes.filter((it) => it.status === 'rejected').map(({ reason }) => reason.code);
    expect(refusals.filter((code) => code !== 'attempt_in_progress')).toEqual([]);
    const { attempt } = await world.until(
      async () => scan().catch(() => ({ attempt: undefined })),
      (it) => it.attempt?.nextAction !== undefined,
      5_000,
    );
    expect((await statuses(jd, payment)).filter((it) => it === 'wechat_pay awaiting_payer')).toHaveLength(1);
    const { attempts } = await read(jd, payment);
    const trades = await Promise.all(attempts.map((it: { reference: string }) => world.payer.trade(it.reference)));
    expect(trades.filter((it) => it?.state === 'awaiting_payer').map((it) => it.reference)).toEqual([
      attempt?.reference,
    ]);
  });

  it('by a second person closes the order of the first, and the code stays', async () => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    const first = await scanWithWechat('jd', token, 'payer-1');
    const second = await scanWithWechat('jd', token, 'payer-2');
    expect((await world.payer.trade(first.attempt.reference)).state).toBe('closed');
    expect(await statuses(jd, payment)).toEqual([
      'code awaiting_payer',
      'wechat_pay closed',
      'wechat_pay awaiting_payer',
    ]);
    await confirm(second.attempt, { payer: second.openid });
    expect(await paid(jd, payment)).toMatchObject({ paid_with: { reference: second.attempt.reference }, refunds: [] });
  });

  it('by two who both pay keeps one payment and gives the other back', async () => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    const first = await scanWithWechat('jd', token, 'payer-1');
    const early = await world.payer.open(first.attempt.nextAction, first.openid);
    const second = await scanWithWechat('jd', token, 'payer-2');
    await confirm(second.attempt, { payer: second.openid });
    await paid(jd, payment);
    await world.payer.confirm(early.id, { payer: first.openid, force: true });
    const twice = await world.until(
      () => world.payer.trade(first.attempt.reference),
      (trade) => trade.state === 'refunded',
      5_000,
    );
    expect(twice.refunded).toBe(1_299);
    expect(await read(jd, payment)).toMatchObject({
      status: 'paid',
      amount_refunded: 0,
      paid_with: { reference: second.attempt.reference },
    });
    expect((await world.payer.trade(second.attempt.reference)).refunded).toBe(0);
  });

  it("takes a code of WeChat's sign-in once, and none that it never gave", async () => {
    const token = await codeOf(jd, await jd.createPayment());
    const account = { app: 'jd', provider: 'wechat_pay' };
    const url = await payerSignInUrl(world.core, {
      ...account,
      returnUrl: world.core.links.scanCode(token),
      state: 's',
    });
    const back = await fetch(url ?? '', { redirect: 'manual' });
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect(await payerFromCode(world.core, { ...account, code })).toMatch(/^o/);
    const unfit = { name: 'Rejected', reason: 'payer_unfit' };
    await expect(payerFromCode(world.core, { ...account, code })).rejects.toMatchObject({ ...unfit, code: '40163' });
    await expect(payerFromCode(world.core, { ...account, code: '0nobody' })).rejects.toMatchObject(unfit);
    const other = { app: 'hema', provider: 'wechat_pay', code };
    await expect(payerFromCode(world.core, other)).rejects.toMatchObject({ ...unfit, code: '40029' });
  });

  it.each(['reset', 'error', 'malformed'])('is nobody as long as the answer is spoiled (%s)', async (action) => {
    await world.payer.faults([{ match: { operation: 'oauth' }, phase: 'before', action, times: 1 }]);
    const account = { app: 'jd', provider: 'wechat_pay' };
    await expect(payerFromCode(world.core, { ...account, code: '0some' })).rejects.toMatchObject({
      name: 'OutcomeUnknown',
    });
  });

  it('is asked for nothing at a wallet that cannot tell who is there', async () => {
    const account = { app: 'hema', provider: 'alipay' };
    const signIn = { ...account, returnUrl: world.url, state: 's' };
    expect(await payerSignInUrl(world.core, signIn)).toBeUndefined();
    await expect(payerFromCode(world.core, { ...account, code: 'x' })).rejects.toMatchObject({
      code: 'identity_unsupported',
    });
  });
});

describe('scanned with Alipay', () => {
  it('is paid on the wap page, which leads back to the code', async () => {
    const payment = await hema.createPayment({ return_url: 'http://127.0.0.1:3100/order' });
    const token = await codeOf(hema, payment);
    const { attempt } = await scanWithAlipay(token);
    expect(attempt).toMatchObject({ method: 'one_code', provider: 'alipay', nextAction: { type: 'redirect' } });
    const { url } = attempt.nextAction as { url: string };
    expect(new URL(url).searchParams.get('return_url')).toBe(`${world.url}/q/${token}`);
    await confirm(attempt);
    expect(await paid(hema, payment)).toMatchObject({ paid_with: { method: 'one_code', provider: 'alipay' } });
  });

  it('twice in one browser is one attempt; without a word of the browser each scan is somebody new', async () => {
    const payment = await hema.createPayment();
    const token = await codeOf(hema, payment);
    const first = await scanWithAlipay(token, { browser: 'b-1' });
    expect(await scanWithAlipay(token, { browser: 'b-1' })).toMatchObject({
      created: false,
      attempt: { id: first.attempt.id },
    });
    const second = await scanWithAlipay(token, { browser: 'b-2' });
    const third = await scanWithAlipay(token);
    const fourth = await scanWithAlipay(token);
    expect(new Set([first, second, third, fourth].map(({ attempt }) => attempt.id)).size).toBe(4);
  });
});

describe('rules on the wallet behind the scan', () => {
  it("hold for JD's Alipay, although the option is shown for WeChat", async () => {
    const payment = await jd.createPayment(REVIEWER);
    const token = await codeOf(jd, payment);
    await expect(scanWithAlipay(token)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'excluded_by_app',
      extra: { reason: 'excluded_by_app', provider: 'alipay', method: 'one_code' },
    });
    for (const method of ['alipay', 'alipay_scan'])
      await expect(scanWithAlipay(token, { method })).rejects.toMatchObject({ code: 'excluded_by_app' });
    expect(await statuses(jd, payment)).toEqual(['code awaiting_payer']);
    expect(await shownTo(token, 'alipay_web')).toEqual([]);
    expect(await scanWithWechat('jd', token)).toMatchObject({ created: true });
  });

  it("hold for Hema's WeChat while it is under review; its own tester's code may be scanned with it", async () => {
    const payment = await hema.createPayment({ payer: { id: 'u1' } });
    const token = await codeOf(hema, payment);
    await expect(scanWithWechat('hema', token)).rejects.toMatchObject({
      code: 'pending_review',
      extra: { reason: 'pending_review', provider: 'wechat_pay' },
    });
    expect(await scanWithAlipay(token)).toMatchObject({ attempt: { provider: 'alipay' } });
    const tested = await codeOf(hema, await hema.createPayment(REVIEWER));
    expect(await scanWithWechat('hema', tested)).toMatchObject({ attempt: { provider: 'wechat_pay' } });
  });
});

describe('scanned with anything else', () => {
  it('needs a method: no wallet is told', async () => {
    const token = await codeOf(hema, await hema.createPayment());
    await expect(payByScan(world.core, { token, scene: 'mobile_web' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it("shows the app's own list for that browser, for nobody in particular, without codes", async () => {
    const token = await codeOf(hema, await hema.createPayment(REVIEWER));
    expect(await shownTo(token, 'mobile_web')).toEqual(['alipay']);
    expect(await shownTo(token, 'in_store')).toEqual([]);
    expect(await shownTo(await codeOf(jd, await jd.createPayment()), 'mobile_web')).toEqual(['wechat_pay']);
  });

  it('is paid by one of them, and comes back to the code', async () => {
    const payment = await hema.createPayment();
    const token = await codeOf(hema, payment);
    const scan = { token, scene: 'mobile_web' as const, method: 'alipay', browser: 'b-1' };
    const { attempt } = await payByScan(world.core, scan);
    expect(await payByScan(world.core, scan)).toMatchObject({ created: false, attempt: { id: attempt.id } });
    expect(await stateOf(token)).toBe('alive');
    await confirm(attempt);
    expect(await paid(hema, payment)).toMatchObject({ paid_with: { method: 'alipay', provider: 'alipay' } });
  });

  it.each(['one_code', 'barcode', 'nothing'])('is never paid by %s', async (method) => {
    const payment = await hema.createPayment();
    const token = await codeOf(hema, payment);
    await expect(payByScan(world.core, { token, scene: 'in_store', method })).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ pointer: '/method' }],
    });
    expect(await statuses(hema, payment)).toEqual(['code awaiting_payer']);
  });
});

describe('the end of a code', () => {
  it('comes when its owner pays in another way: whoever holds it is told, their order closed', async () => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    const scanned = await scanWithWechat('jd', token);
    const own = await jd.post(`/v1/payments/${payment.id}/attempts`, { method: 'wechat_pay', scene: 'app' });
    expect(own.status).toBe(201);
    expect(await stateOf(token)).toBe('replaced');
    expect((await world.payer.trade(scanned.attempt.reference)).state).toBe('closed');
    await expect(scanWithWechat('jd', token)).rejects.toMatchObject({ kind: 'conflict', code: 'scan_code_replaced' });
    expect(await otherOptionsForScan(world.core, token, 'mobile_web')).toBeUndefined();
  });

  it('comes when the payment is canceled', async () => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    expect(await jd.post(`/v1/payments/${payment.id}/cancel`)).toMatchObject({
      status: 200,
      body: { status: 'closed', attempts: [{ status: 'closed', provider: null }] },
    });
    expect(await stateOf(token)).toBe('canceled');
    await expect(scanWithAlipay(token)).rejects.toMatchObject({ code: 'payment_closed' });
  });

  it('comes after five minutes; who has begun to pay may finish, and the owner gets a fresh code', async () => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    const { attempt, openid } = await scanWithWechat('jd', token);
    await world.payer.advance(300_000);
    await world.followed('jd');
    expect(await stateOf(token)).toBe('expired');
    await expect(scanWithWechat('jd', token)).rejects.toMatchObject({ kind: 'conflict', code: 'scan_code_expired' });
    const fresh = await show(jd, payment);
    expect(fresh.status).toBe(201);
    expect(await statuses(jd, payment)).toEqual(['code closed', 'wechat_pay awaiting_payer', 'code awaiting_payer']);
    await confirm(attempt, { payer: openid });
    expect(await paid(jd, payment)).toMatchObject({ paid_with: { method: 'one_code' } });
    expect(await stateOf(tokenIn(fresh))).toBe('paid');
  });

  it('is seen to by the worker, which asks nobody', async () => {
    const payment = await jd.createPayment();
    const { body } = await show(jd, payment);
    await world.payer.advance(300_000);
    await world.followed('jd');
    await world.until(
      async () => {
        await workDue(world.core);
        return (await jd.get(`/v1/payments/${payment.id}`)).body.attempts[0].status;
      },
      (status) => status === 'closed',
      5_000,
    );
    expect((await jd.get(`/v1/payments/${payment.id}`)).body).toMatchObject({
      status: 'open',
      attempts: [{ id: body.id, status: 'closed' }],
    });
  });
});

describe('a token that is not ours', () => {
  it('names nothing, whichever letter of it is changed, cut or added; and costs no read of the database', async () => {
    const token = await codeOf(jd, await jd.createPayment());
    const read = vi.spyOn(world.stores.payments, 'findAttemptByReference');
    const changed = [...token].map(
      (letter, at) => token.slice(0, at) + (letter === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );
    const others = [
      ...changed,
      token.slice(1),
      token.slice(0, -1),
      `${token}A`,
      `${token}\n`,
      '',
      'x',
      'att_',
      '.'.repeat(48),
    ];
    for (const other of others) expect(await stateOf(other), other).toBeUndefined();
    expect(read).not.toHaveBeenCalled();
    expect(await stateOf(token)).toBe('alive');
    read.mockRestore();
    await expect(scanWithAlipay(`${token.slice(0, -1)}_`)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('cannot be made out of an attempt that is no code', async () => {
    const payment = await jd.createPayment();
    const token = await codeOf(jd, payment);
    const { attempt } = await scanWithWechat('jd', token);
    expect(await stateOf(attempt.id.slice(4) + token.slice(26))).toBeUndefined();
  });
});
