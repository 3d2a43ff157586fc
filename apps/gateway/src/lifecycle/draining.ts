import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Whether this process has been asked to stop. Once it has, it says so, and does not change its mind. */
export class Draining {
  #begun = false;

  get begun(): boolean {
    return this.#begun;
  }

  begin(): void {
    this.#begun = true;
  }
}

/** While draining, every answer is the last on its connection: a client that kept it comes back elsewhere. */
export function endConnectionsWhile(draining: Draining, app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addHook('onSend', (_, reply, payload, done) => {
    if (draining.begun) void reply.header('connection', 'close');
    done(null, payload);
  });
}
