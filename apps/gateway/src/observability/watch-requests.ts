import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { context, type Context, type Span } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { ProviderDirectory } from '@hutong/payment-core';
import type { GatewayRequest } from '../http/request.js';
import { inRequest } from './correlation.js';
import type { Metrics } from './metrics.js';
import { beginRequest, endRequest } from './tracing.js';

const NOTIFICATIONS = '/notifications/:provider/:account_id';

/** Refusals before a message was looked at. */
const REFUSED_AT_THE_EDGE: readonly number[] = [408, 413, 415];

declare module 'fastify' {
  interface FastifyRequest {
    /** Of this request, once it has begun. */
    traced?: { readonly span: Span; readonly context: Context };
  }
}

/** Every request is measured by its route, is a span, and gives its id to what is logged on its behalf. */
export function watchRequests(app: NestFastifyApplication, metrics: Metrics, providers: ProviderDirectory): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRequest', (request: GatewayRequest, _, done) => {
    request.traced = beginRequest(request);
    done();
  });
  // After the body was read: reading it leaves the context that the first hook was called in.
  fastify.addHook('preHandler', (request: GatewayRequest, _, done) => {
    inRequest(request, () => context.with(request.traced!.context, done));
  });
  fastify.addHook('onResponse', (request: GatewayRequest, reply, done) => {
    const { url } = request.routeOptions;
    const { statusCode, elapsedTime } = reply;
    metrics.answered(request.method, url, statusCode, elapsedTime / 1_000);
    if (url === NOTIFICATIONS && REFUSED_AT_THE_EDGE.includes(statusCode))
      metrics.refusedAtTheEdge(installed(providers, request));
    if (request.traced !== undefined) endRequest(request.traced.span, statusCode);
    done();
  });
}

function installed(providers: ProviderDirectory, { params }: GatewayRequest): string {
  return providers.definition((params as { readonly provider: string }).provider)?.id ?? 'unknown';
}
