import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { NotReached, OutcomeUnknown } from '@hutong/payment-port';
import { afterEach, describe, expect, it } from 'vitest';
import { downloadHttp, type DownloadLimits } from './http-stream.js';

const context = { provider: 'wallet', operation: 'bill' };
const WIDE: DownloadLimits = { headMs: 5_000, waitMs: 5_000, maxBytes: 1_000_000 };
const closers: (() => Promise<void>)[] = [];

async function web(listener: RequestListener): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer(listener).on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const open = (url: string, limits: Partial<DownloadLimits> = {}) =>
  downloadHttp({ fetch }, { url, headers: { 'x-one': '1' } }, context, { ...WIDE, ...limits });

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** A body that counts how often it is asked for more. */
function counted(chunks: number) {
  const seen = { pulls: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        seen.pulls += 1;
        if (seen.pulls > chunks) controller.close();
        else controller.enqueue(new Uint8Array(1_000));
      },
      cancel() {
        seen.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, tools: { fetch: () => Promise.resolve(new Response(body)) } };
}

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('downloading a file', () => {
  it('passes on the bytes as they are, with the headers that were asked for', async () => {
    const url = await web((request, response) => response.end(`番茄 ${String(request.headers['x-one'])}`));
    expect((await whole(open(url))).toString()).toBe('番茄 1');
    expect(await whole(open(await web((_request, response) => response.end())))).toHaveLength(0);
  });

  it('asks for nothing before it is read, and for no more than is read', async () => {
    const { seen, tools } = counted(100);
    const chunks = downloadHttp(tools, { url: 'https://x.test/', headers: {} }, context, WIDE);
    expect(seen.pulls).toBe(0);
    for (let read = 1; read <= 5; read += 1) {
      await chunks.next();
      expect(seen.pulls).toBe(read);
    }
    await chunks.return();
    expect(seen).toEqual({ pulls: 5, isCancelled: true });
  });

  it.each([204, 302, 400, 403, 404, 500, 503])(
    'has no file at HTTP %i: that is unknown, and nothing is followed',
    async (status) => {
      const asked: (string | undefined)[] = [];
      const url = await web((request, response) => {
        asked.push(request.url);
        response.writeHead(status, { location: '/elsewhere' }).end();
      });
      await expect(whole(open(url))).rejects.toBeInstanceOf(OutcomeUnknown);
      expect(asked).toEqual(['/']);
    },
  );

  it('says "not reached" of a refused connection', async () => {
    const url = await web(() => undefined);
    for (const close of closers.splice(0)) await close();
    await expect(whole(open(url))).rejects.toBeInstanceOf(NotReached);
  });

  it('says "unknown" of a file that is cut off, after what came of it', async () => {
    const url = await web((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    const chunks = open(url);
    expect(Buffer.from((await chunks.next()).value ?? [])).toEqual(Buffer.from('half'));
    await expect(chunks.next()).rejects.toMatchObject({ name: 'OutcomeUnknown', ...context });
  });

  it('says "unknown" when no head comes in time, and when the body stands still', async () => {
    await expect(whole(open(await web(() => undefined), { headMs: 50 }))).rejects.toThrow(/TIMEOUT/);
    const stuck = await web((_request, response) => response.write('half'));
    await expect(whole(open(stuck, { waitMs: 50 }))).rejects.toMatchObject({ name: 'OutcomeUnknown', ...context });
  });

  it('says "unknown" of a file larger than the limit, and takes one that just fits', async () => {
    const url = await web((_request, response) => response.end('x'.repeat(1_000)));
    expect(await whole(open(url, { maxBytes: 1_000 }))).toHaveLength(1_000);
    await expect(whole(open(url, { maxBytes: 999 }))).rejects.toBeInstanceOf(OutcomeUnknown);
  });
});
