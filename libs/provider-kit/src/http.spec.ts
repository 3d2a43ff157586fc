import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { NotReached, OutcomeUnknown } from '@hutong/payment-port';
import { afterEach, describe, expect, it } from 'vitest';
import { sendHttp, type HttpAnswer, type HttpLimits } from './http.js';

const context = { provider: 'wallet', operation: 'refund' };
const closers: (() => Promise<void>)[] = [];

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function web(listener: RequestListener): Promise<string> {
  return listening(createServer(listener));
}

function tcp(onData: (socket: Socket) => void): Promise<string> {
  return listening(
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => onData(socket));
    }),
  );
}

function send(url: string, limits?: HttpLimits): Promise<HttpAnswer> {
  return sendHttp({ fetch }, { method: 'POST', url, headers: { 'x-one': '1' }, body: '{"番茄":1}' }, context, limits);
}

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('sending a request', () => {
  it('answers what came back whole, whatever its status, as bytes', async () => {
    const url = await web((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () =>
        response.writeHead(404, { 'x-two': request.headers['x-one'] }).end(Buffer.concat(chunks)),
      );
    });
    const answer = await send(url);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-two')).toBe('1');
    expect(answer.body).toEqual(Buffer.from('{"番茄":1}'));
  });

  it('answers an empty body for 204', async () => {
    const url = await web((_request, response) => response.writeHead(204).end());
    expect(await send(url)).toMatchObject({ status: 204, body: Buffer.alloc(0) });
  });

  it('does not follow a redirect', async () => {
    const asked: (string | undefined)[] = [];
    const url = await web((request, response) => {
      asked.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect((await send(url)).status).toBe(307);
    expect(asked).toEqual(['/']);
  });

  it('says "not reached" of a refused connection', async () => {
    const url = await web(() => undefined);
    for (const close of closers.splice(0)) await close();
    await expect(send(url)).rejects.toBeInstanceOf(NotReached);
  });

  it.each([
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('says "not reached" of %s: not a byte was sent', async (code) => {
    const fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
    const sending = sendHttp({ fetch }, { method: 'GET', url: 'https://x.example.com', headers: {} }, context);
    await expect(sending).rejects.toMatchObject({ name: 'NotReached', ...context, mayHaveHappened: false });
  });

  it('says "not reached" when every address refused', async () => {
    const refused = ['::1', '127.0.0.1'].map((at) => Object.assign(new Error(at), { code: 'ECONNREFUSED' }));
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: new AggregateError(refused) }));
    await expect(
      sendHttp({ fetch }, { method: 'GET', url: 'https://x.example.com', headers: {} }, context),
    ).rejects.toBeInstanceOf(NotReached);
  });

  it('says "unknown" of a reset after sending', async () => {
    const url = await tcp((socket) => socket.resetAndDestroy());
    await expect(send(url)).rejects.toMatchObject({ name: 'OutcomeUnknown', ...context, mayHaveHappened: true });
  });

  it('says "unknown" of a connection closed without an answer', async () => {
    await expect(send(await tcp((socket) => socket.end()))).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('says "unknown" when no answer comes in time', async () => {
    const url = await tcp(() => undefined);
    await expect(send(url, { timeoutMs: 50, maxBodyBytes: 1_000 })).rejects.toThrow(/TIMEOUT/);
    await expect(send(url, { timeoutMs: 50, maxBodyBytes: 1_000 })).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('says "unknown" when the answer begins in time and does not end in time', async () => {
    const url = await tcp((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a'));
    await expect(send(url, { timeoutMs: 50, maxBodyBytes: 1_000 })).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('says "unknown" of an answer that is cut off', async () => {
    const url = await tcp((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a'));
    await expect(send(url)).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('says "unknown" of an answer larger than the limit, and takes one that just fits', async () => {
    const url = await web((_request, response) => response.end('x'.repeat(1_000)));
    expect((await send(url, { timeoutMs: 5_000, maxBodyBytes: 1_000 })).body).toHaveLength(1_000);
    await expect(send(url, { timeoutMs: 5_000, maxBodyBytes: 999 })).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('says "unknown" of an answer that is not HTTP', async () => {
    await expect(send(await tcp((socket) => socket.end('SSH-2.0-OpenSSH\r\n')))).rejects.toBeInstanceOf(OutcomeUnknown);
  });
});
