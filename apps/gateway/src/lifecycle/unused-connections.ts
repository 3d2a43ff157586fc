import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Time for what a client sent the moment before to be read: only then a connection counts as unused. */
const SWEEP_MS = 500;

/**
 * A closing server waits for its connections. Those that fell idle it lets go by itself, but one that a client opened ahead of
 * need and never used is active to Node until its first request is late: browsers and pools hold such, and the close took
 * as long as a request may. Nothing is lost with them, for nothing was said.
 */
export function letGoOfUnusedConnections(fastify: FastifyInstance): void {
  const { server } = fastify;
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  fastify.addHook('preClose', (done) => {
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    }, SWEEP_MS);
    server.once('close', () => clearInterval(sweep));
    done();
  });
}
