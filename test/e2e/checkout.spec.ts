import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['eleme', 'taote', 'pinduoduo', 'jd', 'xianyu']);
});
afterAll(() => world.close());

/** What the story's apps must be able to do: each row is list → create → attempt → sandbox pay → paid → refunds. */
const ROWS = [
  ['eleme', 'wechat_pay', 'app', 'invoke_sdk'],
  ['eleme', 'wechat_pay', 'wechat_web', 'invoke_sdk'],
  ['eleme', 'wechat_pay', 'mobile_web', 'redirect'],
  ['eleme', 'wechat_pay', 'mini_program', 'invoke_sdk'],
  ['eleme', 'alipay', 'app', 'invoke_sdk'],
  ['eleme', 'alipay', 'mobile_web', 'redirect'],
  ['eleme', 'alipay', 'desktop_web', 'redirect'],
  ['taote', 'wechat_scan', 'desktop_web', 'show_qr_code'],
  ['taote', 'wechat_scan', 'app', 'show_qr_code'],
  ['taote', 'alipay', 'app', 'invoke_sdk'],
  ['pinduoduo', 'wechat_pay', 'app', 'invoke_sdk'],
  ['pinduoduo', 'duoduo_wallet', 'app', 'redirect'],
  ['pinduoduo', 'alipay', 'app', 'invoke_sdk'],
  ['jd', 'wechat_pay', 'app', 'invoke_sdk'],
] as const;

describe.each(ROWS)('%s with %s in %s', (app, method, scene, type) => {
  it('is listed, paid by a signed notification within two seconds, and refunded in two parts', async () => {
    const merchant = world.merchant(app);
    const list = await merchant.get(`/v1/payment-methods?amount=1299&currency=CNY&scene=${scene}`);
    expect(list.status).toBe(200);
    expect(list.body.data.map((it: { method: string }) => it.method)).toContain(method);

    const payment = await merchant.createPayment();
    expect(payment).toMatchObject({
      object: 'payment',
      status: 'open',
      amount: 1_299,
      amount_refunded: 0,
      paid_with: null,
    });

    const payer = { id: 'u1', ip: '203.0.113.7', openid: world.openidFor(app, 'payer-1') };
    const attempt = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene, payer });
    expect(attempt.status, JSON.stringify(attempt.body)).toBe(201);
    expect(attempt.body).toMatchObject({ status: 'awaiting_payer', method, next_action: { type } });
    expect(attempt.body.reference).toMatch(/^[0-9A-Za-z_]{6,32}$/);
    expect(Date.parse(attempt.body.next_action.expires_at)).toBeLessThanOrEqual(Date.parse(payment.expires_at));

    await world.payer.pay(attempt.body.next_action, { payer: payer.openid });
    const paid = await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}`)).body,
      (it) => it.status === 'paid',
      2_000,
    );
    expect(paid.paid_with).toMatchObject({ method, reference: attempt.body.reference });

    const part = await merchant.post(`/v1/payments/${payment.id}/refunds`, {
      refund_no: `${payment.id}-1`,
      amount: 300,
      reason: '少送一件',
    });
    expect(part.status, JSON.stringify(part.body)).toBe(201);
    const over = await merchant.post(`/v1/payments/${payment.id}/refunds`, {
      refund_no: `${payment.id}-x`,
      amount: 1_000,
    });
    expect(over).toMatchObject({ status: 409, body: { code: 'refund_exceeds_payment', refundable: 999 } });
    const rest = await merchant.post(`/v1/payments/${payment.id}/refunds`, {
      refund_no: `${payment.id}-2`,
      amount: 999,
    });
    expect(rest.status).toBe(201);

    const refunded = await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body,
      (it) => it.amount_refunded === 1_299,
      5_000,
    );
    expect(refunded.status).toBe('paid');
    expect(refunded.refunds.map((it: { status: string }) => it.status)).toEqual(['succeeded', 'succeeded']);
    expect(await world.payer.trade(attempt.body.reference)).toMatchObject({
      amount: 1_299,
      refunded: 1_299,
      state: 'refunded',
    });
  });
});

describe("JD's Alipay", () => {
  it('is not offered anywhere, and no call brings it back', async () => {
    const jd = world.merchant('jd');
    for (const scene of ['app', 'mobile_web', 'desktop_web', 'alipay_web']) {
      const { body } = await jd.get(
        `/v1/payment-methods?amount=100&currency=CNY&scene=${scene}&payer_id=reviewer-1&explain=true`,
      );
      expect(
        body.data.map((it: { method: string }) => it.method).filter((id: string) => id.startsWith('alipay')),
      ).toEqual([]);
      const reasons = Object.fromEntries(
        body.excluded.map((it: { method: string; reason: string }) => [it.method, it.reason]),
      );
      expect(reasons).toMatchObject({ alipay: 'excluded_by_app', alipay_scan: 'excluded_by_app' });
    }
    const payment = await jd.createPayment();
    for (const method of ['alipay', 'alipay_scan']) {
      const refused = await jd.post(`/v1/payments/${payment.id}/attempts`, { method, scene: 'desktop_web' });
      expect(refused).toMatchObject({ status: 409, body: { code: 'excluded_by_app', reason: 'excluded_by_app' } });
    }
    expect((await jd.get(`/v1/payments/${payment.id}`)).body.attempts).toEqual([]);
  });
});

describe("Pinduoduo's order", () => {
  it('is WeChat Pay, then Duoduo Wallet, then Alipay', async () => {
    const { body } = await world.merchant('pinduoduo').get('/v1/payment-methods?amount=100&currency=CNY&scene=app');
    expect(body.data.map((it: { method: string }) => it.method)).toEqual(['wechat_pay', 'duoduo_wallet', 'alipay']);
  });
});

describe("Xianyu's WeChat Pay under review", () => {
  it('is seen by the tester and by nobody else', async () => {
    const seen = async (payer: string) => {
      const { body } = await world
        .merchant('xianyu')
        .get(`/v1/payment-methods?amount=100&currency=CNY&scene=app&payer_id=${payer}`);
      return body.data.map((it: { method: string }) => it.method);
    };
    expect(await seen('reviewer-1')).toEqual(['alipay', 'wechat_pay']);
    expect(await seen('somebody')).toEqual(['alipay']);
  });
});
