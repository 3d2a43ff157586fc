import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKey } from '@hutong/payment-core';

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of the body as received; empty when there was none. */
    rawBody?: Buffer;
    /** Set by the guard on authenticated routes. */
    apiKey?: ApiKey;
  }
}

export type GatewayRequest = FastifyRequest;
export type GatewayReply = FastifyReply;
