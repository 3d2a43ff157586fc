import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
  readonly security?: readonly unknown[];
}

let world: World;
let paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
let ajv: Ajv2020;

beforeAll(async () => {
  world = await startWorld(['taote', 'taocaicai']);
  const document = (await (await fetch(`${world.url}/openapi.json`)).json()) as { readonly paths: typeof paths };
  paths = document.paths;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(closed(document) as object, 'openapi');
});
afterAll(() => world.close());

/** The document with every object of ours closed: a member that it does not name is an error. OpenAPI 3.0 says `nullable`. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, member]) => [name, closed(member)])) as Record<
    string,
    unknown
  >;
  if (copy['type'] === 'object' && copy['properties'] !== undefined && !isProblem(copy))
    copy['additionalProperties'] ??= false;
  return copy['nullable'] === true ? nullable(copy) : copy;
}

/** A problem may carry members beyond those of every problem. */
function isProblem({ properties }: Record<string, unknown>): boolean {
  return 'request_id' in (properties as object);
}

function nullable({ nullable: _, ...schema }: Record<string, unknown>): object {
  return { anyOf: [schema, { type: 'null' }] };
}

function complaints(path: string, method: string, reply: Reply): unknown {
  const responses = paths[path]?.[method]?.responses ?? {};
  const response = responses[String(reply.status)] ?? responses[`${Math.floor(reply.status / 100)}XX`];
  const type = reply.headers.get('content-type')?.split(';')[0] ?? '';
  if (response?.content?.[type] === undefined) return `${method} ${path} documents no ${reply.status} of ${type}`;
  const pointer = [
    path,
    method,
    'responses',
    responses[String(reply.status)] ? String(reply.status) : `${Math.floor(reply.status / 100)}XX`,
    'content',
    type,
    'schema',
  ];
  const ref = `openapi#/paths/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  const validate = ajv.compile({ $ref: ref });
  return validate(reply.body) ? undefined : validate.errors;
}

describe('the OpenAPI document', () => {
  it('describes what is answered, to the member: a whole payment, its list, its refusals', async () => {
    const merchant = world.merchant('taote');
    const options = await merchant.get('/v1/payment-methods?amount=1299&scene=desktop_web&explain=true');
    const created = await merchant.post('/v1/payments', {
      order_no: 'openapi-1',
      amount: 1_299,
      currency: 'CNY',
      description: '春笋',
      scene: 'desktop_web',
      return_url: 'http://127.0.0.1:3100/back',
      metadata: { a: 'b' },
      attempt: { method: 'wechat_scan', scene: 'desktop_web' },
    });
    const { id, attempts } = created.body;
    await world.payer.pay(attempts[0].next_action);
    const refund = await merchant.post(`/v1/payments/${id}/refunds`, {
      refund_no: 'openapi-1',
      amount: 1,
      reason: '少送',
    });
    const open = await merchant.createPayment();
    const accounts = await world.admin.get('/admin/v1/apps/taote/accounts');
    const pathOf = (wanted: string): string =>
      `/admin/v1/apps/taote/accounts/${accounts.body.data.find(({ provider }: { provider: string }) => provider === wanted).id}`;
    const [wechat, elsewhere] = [pathOf('wechat_pay'), pathOf('alipay')];
    const replies: [string, string, Reply][] = [
      ['/v1/payment-methods', 'get', options],
      ['/v1/payments', 'post', created],
      ['/v1/payments/{id}/refunds', 'post', refund],
      ['/v1/refunds/{id}', 'get', await merchant.get(`/v1/refunds/${refund.body.id}`)],
      ['/v1/payments/{id}', 'get', await merchant.get(`/v1/payments/${id}?refresh=true`)],
      ['/v1/payments', 'get', await merchant.get('/v1/payments?order_no=openapi-1')],
      [
        '/v1/payments/{id}/attempts',
        'post',
        await merchant.post(`/v1/payments/${open.id}/attempts`, { method: 'alipay', scene: 'app' }),
      ],
      [
        '/v1/payments/{id}/attempts',
        'post',
        await merchant.post(`/v1/payments/${open.id}/attempts`, { method: 'alipay', scene: 'desktop_web' }),
      ],
      [
        '/v1/payments/{id}/attempts',
        'post',
        await merchant.post(`/v1/payments/${id}/attempts`, { method: 'alipay', scene: 'app' }),
      ],
      ['/v1/payments/{id}/cancel', 'post', await merchant.post(`/v1/payments/${open.id}/cancel`)],
      ['/v1/payments/{id}/cancel', 'post', await merchant.post(`/v1/payments/${id}/cancel`)],
      ['/v1/payments', 'post', await merchant.post('/v1/payments', {})],
      ['/v1/payments/{id}', 'get', await merchant.get('/v1/payments/pay_nothing')],
      ['/admin/v1/apps', 'get', await world.admin.get('/admin/v1/apps')],
      ['/admin/v1/apps/{app}', 'get', await world.admin.get('/admin/v1/apps/taote')],
      ['/admin/v1/apps/{app}', 'put', await world.admin.put('/admin/v1/apps/taote', {})],
      ['/admin/v1/apps/{app}/accounts', 'get', accounts],
      [
        '/admin/v1/apps/{app}/accounts/{id}',
        'patch',
        await world.admin.send('PATCH', wechat, '{"settings":{"store_out_id":"till-1"}}', {}),
      ],
      ['/admin/v1/apps/{app}/accounts/{id}', 'patch', await world.admin.send('PATCH', wechat, '{}', {})],
      ['/admin/v1/apps/{app}/accounts/{id}/check', 'post', await world.admin.post(`${wechat}/check`)],
      ['/admin/v1/apps/{app}/accounts/{id}/check', 'post', await world.admin.post(`${elsewhere}/check`)],
      ['/admin/v1/apps/{app}/keys', 'get', await world.admin.get('/admin/v1/apps/taote/keys')],
      ['/admin/v1/apps/{app}/keys', 'post', await world.admin.post('/admin/v1/apps/taote/keys')],
    ];
    for (const [path, method, reply] of replies)
      expect(complaints(path, method, reply), `${method} ${path} ${reply.status}`).toBeUndefined();
  });

  it('describes friend requests, to the member', async () => {
    const merchant = world.merchant('taocaicai');
    const payment = await merchant.createPayment();
    const create = () => merchant.post(`/v1/payments/${payment.id}/friend-requests`, { method: 'wechat_friend_pay' });
    const { body: request } = await create();
    const resolve = (text: string) => merchant.post('/v1/text-codes/resolve', { text });
    const replies: [string, string, Reply][] = [
      ['/v1/payments/{id}/friend-requests', 'post', await create()],
      ['/v1/friend-requests/{id}', 'get', await merchant.get(`/v1/friend-requests/${request.id}`)],
      ['/v1/text-codes/resolve', 'post', await resolve(request.share_text)],
      ['/v1/text-codes/resolve', 'post', await resolve('')],
      ['/v1/text-codes/resolve', 'post', await resolve('￥0000000000000000￥')],
      ['/v1/friend-requests/{id}/cancel', 'post', await merchant.post(`/v1/friend-requests/${request.id}/cancel`)],
      ['/v1/payments/{id}/friend-requests', 'post', await create()],
    ];
    expect(replies.map(([, , { status }]) => status)).toEqual([200, 200, 200, 400, 404, 200, 201]);
    for (const [path, method, reply] of replies)
      expect(complaints(path, method, reply), `${method} ${path} ${reply.status}`).toBeUndefined();
  });

  it('describes options, rollouts, keys and the audit log, to the member', async () => {
    const { admin } = world;
    const options = '/admin/v1/apps/taote/options';
    const spec = '/admin/v1/apps/{app}/options';
    const read = await admin.get(options);
    const { providers, order } = read.body;
    const steps = [{ at: '2026-01-01T00:00:00Z', percent: 10 }];
    const staged = { method: 'wechat_pay', status: 'staged', steps, calendar: { time_zone: 'Asia/Shanghai' } };
    const wanted = { providers, order, options: [...read.body.options.slice(0, 2), staged], reason: 'steps' };
    const headers = { 'if-match': read.headers.get('etag') ?? '' };
    const payment = await world.merchant('taote').createPayment({ scene: 'app' });
    const key = await admin.post('/admin/v1/keys', { role: 'viewer' });
    const range = { from: '2026-01-01T00:00:00Z', until: '2036-01-01T00:00:00Z' };
    const replies: [string, string, Reply][] = [
      [spec, 'get', read],
      [spec, 'put', await admin.put(options, wanted)],
      [spec, 'put', await admin.put(options, wanted, headers)],
      [spec, 'put', await admin.put(options, wanted, headers)],
      [`${spec}/versions`, 'get', await admin.get(`${options}/versions`)],
      [`${spec}/versions/{version}`, 'get', await admin.get(`${options}/versions/1`)],
      [`${spec}/versions/{version}`, 'get', await admin.get(`${options}/versions/99`)],
      [`${spec}/replay`, 'post', await admin.post(`${options}/replay`, { against: { options: [] }, ...range })],
      ['/admin/v1/apps/{app}/rollouts', 'get', await admin.get('/admin/v1/apps/taote/rollouts')],
      [
        '/admin/v1/apps/{app}/rollouts/{method}/hold',
        'post',
        await admin.post('/admin/v1/apps/taote/rollouts/wechat_pay/hold', {}),
      ],
      [
        '/admin/v1/apps/{app}/rollouts/{method}/release',
        'post',
        await admin.post('/admin/v1/apps/taote/rollouts/wechat_pay/release', {}),
      ],
      [`${spec}/rollback`, 'post', await admin.post(`${options}/rollback`, { version: 1 }, { 'if-match': '"2"' })],
      ['/v1/payments/{id}/options', 'get', await world.merchant('taote').get(`/v1/payments/${payment.id}/options`)],
      ['/admin/v1/keys', 'get', await admin.get('/admin/v1/keys')],
      ['/admin/v1/keys', 'post', key],
      ['/admin/v1/keys/{id}', 'delete', await admin.delete(`/admin/v1/keys/${key.body.id}`)],
      ['/admin/v1/audit', 'get', await admin.get('/admin/v1/audit?limit=500')],
      ['/admin/v1/audit/verification', 'get', await admin.get('/admin/v1/audit/verification')],
    ];
    expect(replies.map(([, , { status }]) => status)).toEqual([
      200, 428, 200, 412, 200, 200, 404, 200, 200, 200, 200, 200, 200, 200, 201, 200, 200, 200,
    ]);
    for (const [path, method, reply] of replies)
      expect(complaints(path, method, reply), `${method} ${path} ${reply.status}`).toBeUndefined();
  });

  it('describes webhook endpoints and events, to the member', async () => {
    const merchant = world.merchant('taote');
    const root = '/v1/webhook-endpoints';
    const url = `${world.url}/nowhere`;
    const made = await merchant.post(root, { url, description: 'orders' });
    const one = `${root}/${made.body.id}`;
    const tested = await merchant.post(`${one}/test`);
    const range = { from: '2026-01-01T00:00:00Z', to: '2036-01-01T00:00:00Z' };
    const replies: [string, string, Reply][] = [
      [root, 'post', made],
      [root, 'post', await merchant.post(root, { url: 'nowhere' })],
      [root, 'get', await merchant.get(root)],
      [`${root}/{id}`, 'get', await merchant.get(one)],
      [`${root}/{id}`, 'patch', await merchant.send('PATCH', one, '{"event_types":["payment.paid"]}', {})],
      [`${root}/{id}/rotate-secret`, 'post', await merchant.post(`${one}/rotate-secret`)],
      [`${root}/{id}/test`, 'post', tested],
      ['/v1/events', 'get', await merchant.get('/v1/events?limit=1')],
      ['/v1/events/{id}', 'get', await merchant.get(`/v1/events/${tested.body.id}`)],
      ['/v1/events/{id}/redeliver', 'post', await merchant.post(`/v1/events/${tested.body.id}/redeliver`)],
      ['/v1/events/redeliver', 'post', await merchant.post('/v1/events/redeliver', range)],
      [`${root}/{id}`, 'delete', await merchant.delete(one)],
      [`${root}/{id}`, 'get', await merchant.get(one)],
    ];
    expect(replies.map(([, , { status }]) => status)).toEqual([
      201, 400, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404,
    ]);
    for (const [path, method, reply] of replies)
      expect(complaints(path, method, reply), `${method} ${path} ${reply.status}`).toBeUndefined();
  });

  it('describes reconciliations, to the member', async () => {
    const merchant = world.merchant('taote');
    const yesterday = new Date(Date.now() - 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
    const day = `/v1/reconciliations/alipay/${yesterday}`;
    const path = '/v1/reconciliations/{provider}/{date}';
    const asked = await merchant.post(day);
    const done = await world.until(
      () => merchant.get(day),
      ({ body }) => body.status !== 'running',
      10_000,
    );
    const admin = `/admin/v1/apps/taote/reconciliations/alipay/${yesterday}`;
    const adminPath = '/admin/v1/apps/{app}/reconciliations/{provider}/{date}';
    const replies: [string, string, Reply][] = [
      [path, 'post', asked],
      [path, 'get', done],
      [path, 'get', await merchant.get(day, { accept: 'text/html' })],
      [path, 'get', await merchant.get('/v1/reconciliations/alipay/2020-01-01')],
      [path, 'get', await merchant.get(`${day}?limit=0`)],
      [path, 'post', await merchant.post('/v1/reconciliations/alipay/2999-01-01')],
      ['/v1/reconciliations', 'get', await merchant.get('/v1/reconciliations')],
      ['/v1/reconciliations', 'get', await merchant.get('/v1/reconciliations?from=2026-02-30')],
      [adminPath, 'get', await world.admin.get(admin)],
      [adminPath, 'post', await world.admin.post(admin)],
      ['/admin/v1/apps/{app}/reconciliations', 'get', await world.admin.get('/admin/v1/apps/taote/reconciliations')],
    ];
    expect(replies.map(([, , { status }]) => status)).toEqual([201, 200, 200, 404, 400, 400, 200, 400, 200, 200, 200]);
    for (const [at, method, reply] of replies)
      expect(complaints(at, method, reply), `${method} ${at} ${reply.status}`).toBeUndefined();
  });

  it('sees an answer that it does not describe', async () => {
    const reply = await world.merchant('taote').get('/v1/payments?order_no=nothing');
    expect(complaints('/v1/payments', 'get', { ...reply, body: { ...reply.body, surprise: 1 } })).toBeDefined();
    expect(complaints('/v1/payments', 'get', { ...reply, body: { object: 'list' } })).toBeDefined();
  });

  it('names every route of the API, and a key for each but the open ones', () => {
    const open = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, operation]) => operation.security === undefined)
        .map(([method]) => `${method} ${path}`),
    );
    expect(open.toSorted()).toEqual([
      'get /health/live',
      'get /health/ready',
      'post /notifications/{provider}/{account_id}',
    ]);
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/v1/payment-methods', '/v1/payments/{id}/refunds', '/admin/v1/apps/{app}']),
    );
  });
});
