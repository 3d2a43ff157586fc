import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['taote', 'eleme']);
});
afterAll(() => world.close());

const order = (more: Record<string, unknown> = {}) => ({
  order_no: `o-${randomUUID()}`,
  amount: 1_299,
  currency: 'CNY',
  description: '春笋',
  ...more,
});

describe('a malformed payment', () => {
  it.each<[string, unknown, string]>([
    ['amount zero', { amount: 0 }, '/amount'],
    ['a negative amount', { amount: -1 }, '/amount'],
    ['a fraction', { amount: 1.5 }, '/amount'],
    ['an amount in text', { amount: '1299' }, '/amount'],
    ['no amount', { amount: undefined }, '/amount'],
    ['a null amount', { amount: null }, '/amount'],
    ['an amount past the safe integers', { amount: 2 ** 53 }, '/amount'],
    ['an amount above the limit', { amount: 100_000_001 }, '/amount'],
    ['a list for an amount', { amount: [1] }, '/amount'],
    ['a small-letter currency', { currency: 'cny' }, '/currency'],
    ['another currency', { currency: 'JPY' }, '/currency'],
    ['no currency', { currency: undefined }, '/currency'],
    ['an empty order number', { order_no: '' }, '/order_no'],
    ['an order number with a space', { order_no: 'a b' }, '/order_no'],
    ['an order number of 65 letters', { order_no: 'x'.repeat(65) }, '/order_no'],
    ['an empty description', { description: '' }, '/description'],
    ['a description of blanks', { description: '   ' }, '/description'],
    ['a description with a NUL', { description: 'a\u0000b' }, '/description'],
    ['a description over 256 characters', { description: '春'.repeat(257) }, '/description'],
    ['an unknown scene', { scene: 'moon' }, '/scene'],
    ['an unknown field', { paid_amount: 1 }, '/paid_amount'],
    ['a status of its own', { status: 'paid' }, '/status'],
    ['a payer that is a text', { payer: 'u1' }, '/payer'],
    ['a payer that is null', { payer: null }, '/payer'],
    ['an expiry that is null', { expires_in: null }, '/expires_in'],
    ['an attempt that is null', { attempt: null }, '/attempt'],
    ['an unknown field of the payer', { payer: { id: 'u1', phone: '1' } }, '/payer/phone'],
    ['an address that is none', { payer: { ip: '1.2.3.4, 5.6.7.8' } }, '/payer/ip'],
    ['an expiry in text', { expires_in: '60' }, '/expires_in'],
    ['an expiry too near', { expires_in: 1 }, '/expires_in'],
    ['an expiry too far', { expires_in: 10_000_000 }, '/expires_in'],
    ['metadata that is a list', { metadata: ['a'] }, '/metadata'],
    ['metadata with a number', { metadata: { a: 1 } }, '/metadata'],
    ['metadata with a NUL', { metadata: { a: '\u0000' } }, '/metadata'],
    ['metadata with a name of half a character', { metadata: { '\ud800': 'a' } }, '/metadata'],
    ['a payer id with a NUL', { payer: { id: 'u\u00001' } }, '/payer/id'],
    ['a user agent of two lines', { payer: { user_agent: 'a\nb' } }, '/payer/user_agent'],
    ['a return address with a NUL', { return_url: 'https://taote.example/\u0000' }, '/return_url'],
    ['a return address elsewhere', { return_url: 'https://evil.example/' }, '/return_url'],
    ['a return address with a script', { return_url: 'javascript:alert(1)' }, '/return_url'],
    ['an attempt without a scene', { attempt: { method: 'alipay' } }, '/attempt/scene'],
  ])('with %s is 400, names the field, and writes nothing', async (_, more, pointer) => {
    const body = order(more as Record<string, unknown>);
    const reply = await world.merchant('taote').post('/v1/payments', body);
    expect(reply.status).toBe(400);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.body).toMatchObject({ type: 'about:blank', status: 400, code: 'invalid_request' });
    expect(reply.body.request_id).toMatch(/^req_/);
    expect(reply.body.errors.map((it: { pointer: string }) => it.pointer)).toContain(pointer);
    expect(reply.body.errors.every((it: { message: string }) => it.message.length > 5)).toBe(true);
    expect(await world.stores.payments.findPaymentByOrderNo('taote', String(body.order_no))).toBeUndefined();
  });

  it.each([
    ['no JSON', '{"amount":', 'application/json', 400],
    ['a list', '[]', 'application/json', 400],
    ['a text', '"x"', 'application/json', 400],
    ['nothing', '', 'application/json', 400],
    ['__proto__', '{"__proto__":{"status":"paid"}}', 'application/json', 400],
    ['half a character', Buffer.from('7b2261223a22e4b8227d', 'hex').toString('latin1'), 'application/json', 400],
    ['a form', 'amount=1', 'application/x-www-form-urlencoded', 415],
    ['XML', '<a/>', 'application/xml', 415],
    ['70 kB', `{"order_no":"${'x'.repeat(70_000)}"}`, 'application/json', 413],
  ])('made of %s is refused as a problem', async (_, text, type, status) => {
    const reply = await raw('/v1/payments', Buffer.from(text, 'latin1'), { 'content-type': type });
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ status });
    expect(({} as Record<string, unknown>)['status']).toBeUndefined();
  });

  it('in a compressed body is 415, before anything inflates it', async () => {
    const reply = await raw('/v1/payments', Buffer.from('junk'), {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    });
    expect(reply.status).toBe(415);
  });
});

describe('a malformed question for options', () => {
  it.each([
    ['amount=1e3', '/amount'],
    ['amount=12.99', '/amount'],
    ['amount=-1', '/amount'],
    ['amount=0', '/amount'],
    ['amount=1&amount=2', '/amount'],
    ['', '/amount'],
    ['amount=1&scene=moon', '/scene'],
    ['amount=1&currency=EUR', '/currency'],
    ['amount=1&explain=yes', '/explain'],
    ['amount=1&admin=true', '/admin'],
  ])('%s is 400 and names the field', async (query, pointer) => {
    const scene = query.includes('scene=') ? '' : '&scene=app';
    const reply = await world.merchant('taote').get(`/v1/payment-methods?${query}${scene}`);
    expect(reply.status).toBe(400);
    expect(reply.body.errors.map((it: { pointer: string }) => it.pointer)).toContain(pointer);
  });
});

describe('a key', () => {
  it.each([
    ['none', undefined],
    ['an unknown one', `Bearer hk_test_${'0'.repeat(56)}`],
    ['a mistyped one', 'Bearer hk_test_x'],
    ['another scheme', 'Basic aGs6'],
    ['two words', 'Bearer a b'],
  ])('that is %s is 401', async (_, authorization) => {
    const response = await fetch(`${world.url}/v1/payments/pay_x`, {
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'unauthorized' });
  });

  it('of an app does not open admin routes, nor an admin key those of apps', async () => {
    expect((await world.merchant('taote').get('/admin/v1/apps/taote/keys')).status).toBe(403);
    expect((await world.admin.get('/v1/payments/pay_x')).status).toBe(403);
  });

  it('works no more once revoked', async () => {
    const made = await world.admin.post('/admin/v1/apps/taote/keys', {});
    expect(made.status).toBe(201);
    const call = () =>
      fetch(`${world.url}/v1/payments/pay_x`, { headers: { authorization: `Bearer ${made.body.key}` } });
    expect((await call()).status).toBe(404);
    expect((await world.admin.delete(`/admin/v1/apps/taote/keys/${made.body.id}`)).status).toBe(200);
    expect((await call()).status).toBe(401);
    const listed = (await world.admin.get('/admin/v1/apps/taote/keys')).body.data;
    expect(JSON.stringify(listed)).not.toContain(made.body.key);
  });
});

describe('what belongs to another app', () => {
  it('is 404, word for word like what does not exist', async () => {
    const payment = await world.merchant('taote').createPayment();
    const stranger = world.merchant('eleme');
    const shape = ({ status, body }: Awaited<ReturnType<typeof stranger.get>>) => ({
      status,
      code: body.code,
      detail: body.detail,
    });
    const calls = [
      (id: string) => stranger.get(`/v1/payments/${id}`),
      (id: string) => stranger.get(`/v1/payments/${id}?refresh=true`),
      (id: string) => stranger.post(`/v1/payments/${id}/cancel`),
      (id: string) => stranger.post(`/v1/payments/${id}/attempts`, { method: 'alipay', scene: 'app' }),
      (id: string) => stranger.post(`/v1/payments/${id}/refunds`, { refund_no: 'r1', amount: 1 }),
    ];
    for (const call of calls) {
      const foreign = shape(await call(payment.id));
      expect(foreign.status).toBe(404);
      expect(foreign).toEqual(shape(await call('pay_doesnotexist')));
    }
    expect((await stranger.get(`/v1/payments?order_no=${payment.order_no}`)).body.data).toEqual([]);
  });
});

describe('an Idempotency-Key', () => {
  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['has 19 characters', 'x'.repeat(19)],
    ['has 256 characters', 'x'.repeat(256)],
    ['has a blank', `${'x'.repeat(20)} y`],
  ])('that %s is 400', async (_, key) => {
    const reply = await raw(
      '/v1/payments',
      Buffer.from(JSON.stringify(order())),
      { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
      false,
    );
    expect(reply).toMatchObject({ status: 400, body: { code: 'idempotency_key_required' } });
  });

  it('replays the first answer byte for byte, refusals too', async () => {
    const merchant = world.merchant('taote');
    for (const body of [order(), order({ amount: 0 })]) {
      const headers = { 'idempotency-key': randomUUID() };
      const first = await merchant.post('/v1/payments', body, headers);
      const again = await merchant.post('/v1/payments', body, headers);
      expect(again.status).toBe(first.status);
      expect(again.body).toEqual(first.body);
      expect(first.headers.get('idempotent-replayed')).toBeNull();
      expect(again.headers.get('idempotent-replayed')).toBe('true');
    }
  });

  it('with another body or on another route is 422, and changes nothing', async () => {
    const merchant = world.merchant('taote');
    const headers = { 'idempotency-key': randomUUID() };
    const body = order();
    const first = await merchant.post('/v1/payments', body, headers);
    expect((await merchant.post('/v1/payments', { ...body, amount: 1 }, headers)).status).toBe(422);
    expect(
      (await merchant.post(`/v1/payments/${first.body.id}/refunds`, { refund_no: 'r', amount: 1 }, headers)).status,
    ).toBe(422);
    expect((await merchant.get(`/v1/payments/${first.body.id}`)).body.amount).toBe(1_299);
  });

  it('of one app is not that of another', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = order();
    const one = await world.merchant('taote').post('/v1/payments', body, headers);
    const other = await world.merchant('eleme').post('/v1/payments', body, headers);
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(one.body.id).not.toBe(other.body.id);
  });

  it('used ten times at once makes one payment', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = order();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => world.merchant('taote').post('/v1/payments', body, headers)),
    );
    expect(replies.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set(replies.filter(({ status }) => status === 201).map(({ body: it }) => it.id)).size).toBe(1);
  });
});

describe('an order number', () => {
  it('with a new key and the same content answers the same payment; with other content it is 409', async () => {
    const merchant = world.merchant('taote');
    const body = order();
    const first = await merchant.post('/v1/payments', body);
    const same = await merchant.post('/v1/payments', body);
    expect(same).toMatchObject({ status: 200, body: { id: first.body.id } });
    const other = await merchant.post('/v1/payments', { ...body, amount: 1 });
    expect(other).toMatchObject({ status: 409, body: { code: 'order_no_taken', payment_id: first.body.id } });
  });

  it('asked for by twenty requests at once with keys of their own is one payment', async () => {
    const body = order();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => world.merchant('taote').post('/v1/payments', body)),
    );
    expect(new Set(replies.map(({ body: it }) => it.id)).size).toBe(1);
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  });
});

describe('an attempt', () => {
  it('in a scene that the method lacks is 409 with the reason and what it offers', async () => {
    const merchant = world.merchant('eleme');
    const payment = await merchant.createPayment();
    const reply = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
      method: 'wechat_pay',
      scene: 'desktop_web',
    });
    expect(reply).toMatchObject({
      status: 409,
      body: { code: 'scene_unsupported', offers: ['app', 'mini_program', 'wechat_web', 'mobile_web'] },
    });
  });

  it('with a method that nobody knows is 400 and lists the known ones', async () => {
    const merchant = world.merchant('eleme');
    const payment = await merchant.createPayment();
    const reply = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method: 'gold_bars', scene: 'app' });
    expect(reply.status).toBe(400);
    expect(reply.body.errors[0]).toMatchObject({ pointer: '/method' });
    expect(reply.body.errors[0].message).toContain('wechat_pay');
  });

  it('inside WeChat without an openid is refused before anything is ordered', async () => {
    const merchant = world.merchant('eleme');
    const payment = await merchant.createPayment();
    const reply = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
      method: 'wechat_pay',
      scene: 'wechat_web',
    });
    expect(reply).toMatchObject({ status: 409, body: { code: 'payer_unfit' } });
    const after = (await merchant.get(`/v1/payments/${payment.id}`)).body;
    expect(after).toMatchObject({ status: 'open', attempts: [{ status: 'failed', code: 'payer_unfit' }] });
    expect(await world.payer.trade(after.attempts[0].reference)).toBeUndefined();
  });
});

describe('a route that does not exist', () => {
  it.each([
    ['GET', '/v1/nothing'],
    ['PATCH', '/v1/payments/pay_x'],
    ['GET', '/'],
  ])('%s %s is a problem, not a page', async (method, path) => {
    const reply = await world.merchant('taote').send(method, path, undefined, {});
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
  });
});

/** One request with exactly these bytes and headers. */
function raw(
  path: string,
  body: Buffer,
  headers: Record<string, string>,
  withKey = true,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { hostname, port } = new URL(world.url);
  const authorization = world.merchant('taote').key;
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      hostname,
      port,
      path,
      method: 'POST',
      headers: {
        authorization: `Bearer ${authorization}`,
        ...(withKey ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
        'content-length': body.length,
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
        }),
      );
    });
    sent.end(body);
  });
}
