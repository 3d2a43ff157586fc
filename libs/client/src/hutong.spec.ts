import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createHutong, HutongProblem, NotReached, OutcomeUnknown, type Payment } from './index.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A gateway that gives these answers, one for each call, the last of them for ever. */
async function gateway(...answers: readonly Answer[]): Promise<{ readonly url: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[Math.min(seen.length, answers.length - 1)];
      const body = Buffer.concat(chunks).toString();
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      answer?.(request, response);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
  };

const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer =>
  json(
    status,
    { type: 'about:blank', title: 'x', status, code, detail: 'Try that.', request_id: 'req_1' },
    { ...headers },
  );

const hangUp: Answer = (request) => request.socket.destroy();
const paid = { id: 'pay_1', object: 'payment', status: 'paid' };
const body = { order_no: 'o-1', amount: 1_299, currency: 'CNY', description: '春笋' } as const;

/** Waits that are noted, not waited. */
function client(baseUrl: string, more: { readonly timeoutMs?: number } = {}) {
  const pauses: number[] = [];
  const pause = async (ms: number): Promise<void> => void pauses.push(ms);
  return { hutong: createHutong({ baseUrl, apiKey: 'hk_test_1', pause, ...more }), pauses };
}

describe('a call', () => {
  it('carries the key of the app, the language, and its parameters where they belong', async () => {
    const { url, seen } = await gateway(json(200, paid));
    const { hutong } = client(url);
    const payment = await hutong.get('/v1/payments/{id}', {
      path: { id: 'pay/1?x' },
      query: { refresh: 'true' },
      language: 'en',
    });
    expectTypeOf(payment).toEqualTypeOf<Payment>();
    expect(payment).toEqual(paid);
    expect(seen[0]?.line).toBe('GET /v1/payments/pay%2F1%3Fx?refresh=true');
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer hk_test_1', 'accept-language': 'en' });
    expect(seen[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('creates under a fresh key each time, or under the one that the caller keeps', async () => {
    const { url, seen } = await gateway(json(201, paid));
    const { hutong } = client(url);
    await hutong.post('/v1/payments', { body });
    await hutong.post('/v1/payments', { body });
    await hutong.post('/v1/payments', { body, idempotencyKey: 'kept-with-the-order-1' });
    const [first, second, third] = seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[\w-]{36}$/);
    expect(second).not.toBe(first);
    expect(third).toBe('kept-with-the-order-1');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(body);
    expect(seen[0]?.headers['accept-language']).toBe('zh-CN');
  });
});

describe('a refusal', () => {
  it('is thrown as a problem with its code, its fields and its request id', async () => {
    const errors = [{ pointer: '/amount', message: 'must be an integer' }];
    const document = { title: 'Bad Request', status: 400, code: 'invalid_request', detail: 'Look.', errors };
    const { url, seen } = await gateway(json(400, { type: 'about:blank', ...document, request_id: 'req_7', more: 1 }));
    const refused = await client(url)
      .hutong.post('/v1/payments', { body })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HutongProblem);
    expect(refused).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: 'Look.',
      errors,
      requestId: 'req_7',
    });
    expect((refused as HutongProblem).document['more']).toBe(1);
    expect(String(refused)).not.toContain('hk_test_1');
    expect(seen).toHaveLength(1);
  });

  it('by a proxy in between has a code of its own, and says so', async () => {
    const { url } = await gateway((_, response) => response.writeHead(413).end('<html>too big</html>'));
    await expect(client(url).hutong.post('/v1/payments', { body })).rejects.toMatchObject({
      name: 'HutongProblem',
      status: 413,
      code: 'not_from_gateway',
    });
  });
});

describe('a further try', () => {
  it.each([
    ['503', problem(503, 'unavailable')],
    ['a key still in use', problem(409, 'idempotency_key_in_use')],
  ])('follows %s, under the same key and with the same body', async (_, first) => {
    const { url, seen } = await gateway(first, first, json(201, paid));
    const { hutong, pauses } = client(url);
    expect(await hutong.post('/v1/payments', { body })).toEqual(paid);
    expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(seen.map((it) => it.body)).size).toBe(1);
    expect(pauses).toHaveLength(2);
    expect(pauses[1]).toBeGreaterThan(pauses[0] ?? 0);
  });

  it('waits as long as the gateway asks, up to five seconds', async () => {
    const asking = (seconds: string) => problem(503, 'unavailable', { 'retry-after': seconds });
    const { url } = await gateway(asking('1'), asking('3600'), json(201, paid));
    const { hutong, pauses } = client(url);
    await hutong.post('/v1/payments', { body });
    expect(pauses).toEqual([1_000, 5_000]);
  });

  it('has an end: after two more the refusal is the answer', async () => {
    const { url, seen } = await gateway(problem(503, 'unavailable'));
    await expect(client(url).hutong.post('/v1/payments', { body })).rejects.toMatchObject({ code: 'unavailable' });
    expect(seen).toHaveLength(3);
  });

  it.each([
    [409, 'amount_exceeded'],
    [422, 'idempotency_key_reused'],
    [500, 'internal_error'],
    [502, 'provider_refused'],
  ])('does not follow %i %s', async (status, code) => {
    const { url, seen } = await gateway(problem(status, code));
    await expect(client(url).hutong.post('/v1/payments', { body })).rejects.toMatchObject({ status, code });
    expect(seen).toHaveLength(1);
  });
});

describe('a connection that fails', () => {
  it('before anything was sent is tried again, then told as not reached', async () => {
    const { url } = await gateway(json(200, paid));
    await new Promise((resolve) => server?.close(resolve));
    const { hutong, pauses } = client(url);
    await expect(hutong.post('/v1/payments', { body })).rejects.toBeInstanceOf(NotReached);
    expect(pauses).toHaveLength(2);
  });

  it('after a write was sent is an unknown outcome with its key, never a failure and never sent again', async () => {
    const { url, seen } = await gateway(hangUp);
    const lost = await client(url)
      .hutong.post('/v1/payments', { body })
      .catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(OutcomeUnknown);
    expect(seen).toHaveLength(1);
    expect((lost as OutcomeUnknown).idempotencyKey).toBe(seen[0]?.headers['idempotency-key']);
  });

  it('by silence is an unknown outcome too', async () => {
    const { url } = await gateway(() => {});
    await expect(client(url, { timeoutMs: 20 }).hutong.post('/v1/payments', { body })).rejects.toBeInstanceOf(
      OutcomeUnknown,
    );
  });

  it('during a question is asked again', async () => {
    const { url, seen } = await gateway(hangUp, json(200, paid));
    expect(await client(url).hutong.get('/v1/payments/{id}', { path: { id: 'pay_1' } })).toEqual(paid);
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['an answer of no JSON', (_: unknown, response: ServerResponse) => response.end('<html>')],
    ['502 of a proxy', (_: unknown, response: ServerResponse) => response.writeHead(502).end('bad gateway')],
  ] satisfies [string, Answer][])('to %s leaves a write unknown', async (_, answer) => {
    const { url, seen } = await gateway(answer);
    await expect(client(url).hutong.post('/v1/payments', { body })).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(seen).toHaveLength(1);
  });

  it('ends when the caller no longer waits', async () => {
    const { url } = await gateway(() => {});
    const signal = AbortSignal.abort(new Error('gone home'));
    await expect(client(url).hutong.post('/v1/payments', { body, signal })).rejects.toThrow('gone home');
  });
});
