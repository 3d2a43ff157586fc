import { randomUUID } from 'node:crypto';
import { createHutong, HutongProblem, type Hutong, type NextAction } from '@hutong/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

let world: World;
let hutong: Hutong;
beforeAll(async () => {
  world = await startWorld(['taote', 'jd']);
  hutong = createHutong({ baseUrl: world.url, apiKey: world.merchant('taote').key, language: 'en' });
});
afterAll(() => world.close());

const order = () => ({
  order_no: `client-${randomUUID()}`,
  amount: 1_299,
  currency: 'CNY' as const,
  description: '春笋 500 克',
});

/** Each kind of action is known by its type alone. */
function whatThePayerSees(action: NextAction): string {
  switch (action.type) {
    case 'show_qr_code':
      return action.content;
    case 'redirect':
    case 'share_link':
      return action.url;
    case 'invoke_sdk':
      return action.sdk;
    case 'await_payer':
      return `wait ${action.poll_after_ms}`;
    case 'none':
      return '';
  }
}

describe('a merchant with the client alone', () => {
  it('creates an order, opens an attempt, sees it paid, and refunds it in parts', async () => {
    const payment = await hutong.post('/v1/payments', { body: { ...order(), scene: 'desktop_web' } });
    expect(payment).toMatchObject({ status: 'open', amount: 1_299, amount_refunded: 0 });
    const method = payment.methods?.[0]?.method ?? '';
    expect(method).toBe('wechat_scan');
    const path = { id: payment.id };
    const attempt = await hutong.post('/v1/payments/{id}/attempts', { path, body: { method, scene: 'desktop_web' } });
    expect(whatThePayerSees(attempt.next_action)).toMatch(/^weixin:/);

    await world.payer.pay(attempt.next_action);
    const paid = await hutong.get('/v1/payments/{id}', { path, query: { refresh: 'true' } });
    expect(paid.status).toBe('paid');
    expect(paid.paid_with?.method).toBe('wechat_scan');

    const refund = await hutong.post('/v1/payments/{id}/refunds', {
      path,
      body: { refund_no: payment.order_no, amount: 299 },
    });
    const settled = await world.until(
      () => hutong.get('/v1/payments/{id}', { path, query: { refresh: 'true' } }),
      ({ amount_refunded }) => amount_refunded > 0,
      10_000,
    );
    expect(settled).toMatchObject({ status: 'paid', amount_refunded: 299 });
    expect((await hutong.get('/v1/refunds/{id}', { path: { id: refund.id } })).status).toBe('succeeded');
  });

  it('makes the same call again under its own key and is answered the same payment', async () => {
    const call = { body: order(), idempotencyKey: randomUUID() };
    const first = await hutong.post('/v1/payments', call);
    expect(await hutong.post('/v1/payments', call)).toEqual(first);
    const { data } = await hutong.get('/v1/payments', { query: { order_no: call.body.order_no } });
    expect(data.map(({ id }) => id)).toEqual([first.id]);
  });

  it('cancels, and is told why a cancelled payment takes no attempt', async () => {
    const { id } = await hutong.post('/v1/payments', { body: order() });
    expect((await hutong.post('/v1/payments/{id}/cancel', { path: { id } })).status).toBe('closed');
    const refused = hutong.post('/v1/payments/{id}/attempts', {
      path: { id },
      body: { method: 'alipay', scene: 'desktop_web' },
    });
    await expect(refused).rejects.toMatchObject({ name: 'HutongProblem', status: 409 });
  });

  it('reads titles in the language of the call', async () => {
    const titles = async (language: 'zh-CN' | 'en') =>
      (await hutong.get('/v1/payment-methods', { query: { amount: 1, scene: 'app' }, language })).data.map(
        ({ title }) => title,
      );
    expect(await titles('en')).not.toEqual(await titles('zh-CN'));
  });

  it('is told which field is wrong, and that another app’s payment does not exist', async () => {
    const wrong = await hutong
      .post('/v1/payments', { body: { ...order(), amount: 0 } })
      .catch((error: unknown) => error as HutongProblem);
    expect(wrong).toBeInstanceOf(HutongProblem);
    expect(wrong).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ pointer: '/amount' }] });

    const { id } = await hutong.post('/v1/payments', { body: order() });
    const another = createHutong({ baseUrl: world.url, apiKey: world.merchant('jd').key });
    await expect(another.get('/v1/payments/{id}', { path: { id } })).rejects.toMatchObject({ code: 'not_found' });
    const nobody = createHutong({ baseUrl: world.url, apiKey: 'hk_test_nobody' });
    await expect(nobody.get('/v1/payments/{id}', { path: { id } })).rejects.toMatchObject({ status: 401 });
  });
});
