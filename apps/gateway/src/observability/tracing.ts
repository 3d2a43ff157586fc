import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { outcomeOfError, type Step } from '@hutong/payment-core';
import type { GatewayRequest } from '../http/request.js';

let provider: TracerProvider | undefined;
let kept: Tracer;

/**
 * Only the API of OpenTelemetry: spans go wherever the operator's SDK sends them, and nowhere without one. The tracer is kept for as long
 * as its provider: an SDK may come later than this module, and with another copy of the API.
 */
function tracer(): Tracer {
  const current = trace.getTracerProvider();
  if (current !== provider) kept = (provider = current).getTracer('hutong', '0.1.0');
  return kept;
}

/** Does a step as a span under the one at hand; its outcome is the span's. */
export async function inSpan<T>(step: Step, work: () => Promise<T>): Promise<T> {
  const kind = step.name === 'provider_call' ? SpanKind.CLIENT : SpanKind.INTERNAL;
  const span = tracer().startSpan(nameOf(step), { kind, attributes: attributesOf(step) });
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    // The class, never the message: a provider's words are its own.
    span.setAttribute('error.type', step.name === 'provider_call' ? outcomeOfError(error) : nameOfError(error));
    throw error;
  } finally {
    span.end();
  }
}

function nameOf(step: Step): string {
  return step.name === 'provider_call' ? `${step.provider} ${step.operation}` : step.name;
}

function attributesOf(step: Step): Record<string, string> {
  const about = Object.entries(step.about).map(([name, value]) => [`hutong.${name}`, String(value)]);
  const provider = 'provider' in step ? [['hutong.provider', step.provider]] : [];
  return Object.fromEntries([...about, ...provider]) as Record<string, string>;
}

function nameOfError(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** What all requests of a method on a route have in common. */
interface RouteSpan {
  readonly name: string;
  readonly options: SpanOptions;
  /** Asked for with a key: its caller may continue a trace. Notifications and pages come from anybody, so theirs begin here. */
  readonly keyed: boolean;
}

const spans = new Map<string, RouteSpan>();

/** The span of a request and the context to go on in. */
export function beginRequest({ method, routeOptions, headers }: GatewayRequest): {
  readonly span: Span;
  readonly context: Context;
} {
  const { name, options, keyed } = routeSpanOf(method, routeOptions.url);
  const here = context.active();
  const parent = keyed ? propagation.extract(here, headers) : here;
  const span = tracer().startSpan(name, options, parent);
  return { span, context: trace.setSpan(parent, span) };
}

/** Kept by the routes of this gateway and the methods that Node's parser knows: a closed list. */
function routeSpanOf(method: string, route = ''): RouteSpan {
  const key = `${method} ${route}`;
  let known = spans.get(key);
  if (known === undefined) spans.set(key, (known = newRouteSpan(method, route)));
  return known;
}

function newRouteSpan(method: string, route: string): RouteSpan {
  const attributes = { 'http.request.method': method, ...(route !== '' && { 'http.route': route }) };
  return {
    name: `${method} ${route}`.trim(),
    options: { kind: SpanKind.SERVER, attributes },
    keyed: /^\/(?:admin\/)?v1\//.test(route),
  };
}

export function endRequest(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
