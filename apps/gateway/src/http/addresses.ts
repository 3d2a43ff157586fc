import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './refusal.js';

/** No id holds a NUL, and no database takes one in a text: such an address names nothing. */
export function refuseAddressesWithNul(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRequest', async ({ params }: FastifyRequest) => {
    const named = Object.values((params ?? {}) as Readonly<Record<string, string | undefined>>);
    if (named.some((value) => value?.includes('\0'))) throw new Refusal(404, 'not_found', 'No id has a NUL in it.');
  });
}
