import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './refusal.js';

/** No id holds a NUL, and no database takes one in a text: such an address names nothing. */
export function refuseAddressesWithNul(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRequest', ({ params }: FastifyRequest, _, done) => {
    done(hasNul(params as Params | undefined) ? new Refusal(404, 'not_found', 'No id has a NUL in it.') : undefined);
  });
}

type Params = Readonly<Record<string, string | undefined>>;

function hasNul(params: Params = {}): boolean {
  for (const name in params) if (params[name]?.includes('\0') === true) return true;
  return false;
}
