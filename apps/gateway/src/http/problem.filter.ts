import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PaymentProblem, StaleVersion } from '@hutong/payment-core';
import { PROBLEM_STATUS, PROBLEM_TYPE, problemDocument, type ProblemDocument } from './problem-document.js';
import { Refusal } from './refusal.js';
import type { GatewayReply, GatewayRequest } from './request.js';

/** Codes for refusals that come from the framework rather than from us. */
const STATUS_CODE_NAMES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable',
  429: 'too_many_requests',
};

/** Every error leaves as problem+json; what nobody foresaw is logged whole and answered without details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<GatewayRequest>();
    const reply = host.switchToHttp().getResponse<GatewayReply>();
    sendProblem(error, request, reply);
  }
}

/** Also for what the framework refuses before any route is found: an address that it can't decode. */
export function sendProblem(error: unknown, request: GatewayRequest, reply: GatewayReply): void {
  const document = documentOf(error, request);
  if (document.status >= 500) request.log.error({ err: error, reqId: request.id }, document.detail);
  if (document.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (document.code === 'idempotency_key_in_use') void reply.header('retry-after', '1');
  if (document.code === 'too_many_unknown_codes') void reply.header('retry-after', '60');
  void reply.status(document.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(document));
}

export function documentOf(error: unknown, request: GatewayRequest): ProblemDocument {
  if (error instanceof PaymentProblem) {
    return problemDocument(PROBLEM_STATUS[error.kind], error.code, error.message, request.id, error);
  }
  if (error instanceof StaleVersion) {
    const detail = `Somebody changed this in the meantime: ${error.message} Read it again before you change it.`;
    return problemDocument(412, 'stale_version', detail, request.id, {
      errors: undefined,
      extra: { version: error.newest },
    });
  }
  if (error instanceof Refusal) return error.document(request.id);
  const status = statusOf(error);
  if (status === undefined) {
    return problemDocument(
      500,
      'internal_error',
      'Something went wrong here; the request id finds it in the log.',
      request.id,
    );
  }
  const detail =
    status === 404 ? `No route for ${request.method} ${request.url.split('?')[0]}.` : (error as Error).message;
  return problemDocument(status, STATUS_CODE_NAMES[status] ?? 'request_failed', detail, request.id);
}

/** Nest's own exceptions, and Fastify's refusals of a body (4xx with `statusCode`). */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
