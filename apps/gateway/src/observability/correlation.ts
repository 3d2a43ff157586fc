import { AsyncLocalStorage } from 'node:async_hooks';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { About } from '@hutong/payment-core';
import type { GatewayRequest } from '../http/request.js';

/** What the lines written from here on are about. */
interface Scope {
  readonly request?: GatewayRequest;
  readonly about: About;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Does something whose log lines name this request. */
export function inRequest<T>(request: GatewayRequest, work: () => T): T {
  return scopes.run({ request, about: idsInAddress(request) }, work);
}

/** Does something whose log lines name what it is about, beside what is known already. */
export function about<T>(more: About, work: () => T): T {
  const scope = scopes.getStore();
  return scopes.run({ ...scope, about: { ...scope?.about, ...more } }, work);
}

/** The ids that every log line of this moment carries. */
export function correlation(): Readonly<Record<string, string>> {
  const span = trace.getActiveSpan()?.spanContext();
  const traced = span !== undefined && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
  const scope = scopes.getStore();
  if (scope === undefined) return traced;
  const { request } = scope;
  const app = request?.apiKey?.app;
  return {
    ...(request !== undefined && { request_id: request.id }),
    ...(typeof app === 'string' && { app_id: app }),
    ...scope.about,
    ...traced,
  };
}

/** Ids of ours stand in the address, and say what they are by their heads. Tokens of pages do not pass for one. */
function idsInAddress({ params }: GatewayRequest): About {
  const { id } = (params ?? {}) as { readonly id?: unknown };
  if (typeof id !== 'string') return {};
  if (/^pay_[0-9a-zA-Z]{1,40}$/.test(id)) return { payment_id: id };
  return /^ref_[0-9a-zA-Z]{1,40}$/.test(id) ? { refund_id: id } : {};
}
