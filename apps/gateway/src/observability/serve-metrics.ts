import { createServer, type Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { Metrics } from './metrics.js';

/** Everything that this gateway counts. */
export function metricsOf(app: NestFastifyApplication): Registry {
  return app.get(Metrics).registry;
}

/** On the public listener, where no other was asked for. */
export function serveMetricsPublicly(app: NestFastifyApplication, registry: Registry): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.get('/metrics', async (_, reply) => {
    void reply.header('content-type', registry.contentType);
    return registry.metrics();
  });
}

/** On a listener of its own, which serves nothing else. @throws what listening throws, such as a port that is taken */
export async function serveMetricsApart(registry: Registry, port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
