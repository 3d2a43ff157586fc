import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { letGoOfUnusedConnections } from './unused-connections.js';

const sockets: Socket[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

async function listening(): Promise<{ readonly app: FastifyInstance; open(): Promise<Socket> }> {
  // As long as the gateway's: what is not let go is waited for longer than this test may take.
  const app = Fastify({ requestTimeout: 30_000 });
  letGoOfUnusedConnections(app);
  app.get('/slow', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return 'answered';
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return {
    app,
    async open() {
      const accepted = once(app.server, 'connection');
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      await accepted;
      return socket;
    },
  };
}

describe('a server that closes', () => {
  it('does not wait for a connection that was opened and never used', async () => {
    const { app, open } = await listening();
    const socket = await open();
    const ended = once(socket, 'close');
    await app.close();
    expect(await ended).toEqual([false]); // without an error of its own
  });

  it('answers the request that comes on a connection at the moment of closing', async () => {
    const { app, open } = await listening();
    const socket = await open();
    const heard = socket.toArray();
    socket.write('GET /slow HTTP/1.1\r\nhost: a\r\n\r\n');
    await app.close();
    expect(Buffer.concat(await heard).toString()).toMatch(/^HTTP\/1\.1 (200|503) /);
  });
});
