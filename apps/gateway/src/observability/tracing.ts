import { context, propagation, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { outcomeOfError, type Step } from '@hutong/payment-core';
import type { GatewayRequest } from '../http/request.js';

/** Only the API of OpenTelemetry: spans go wherever the operator's SDK sends them, and nowhere without one. */
const tracer = () => trace.getTracer('hutong', '0.1.0');

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

/**
 * The span of a request and the context to go on in. A caller with a key may continue its own trace; notifications and pages
 * come from anybody, so theirs begin here.
 */
export function beginRequest(request: GatewayRequest): { readonly span: Span; readonly context: Context } {
  const route = request.routeOptions.url;
  const keyed = route !== undefined && /^\/(?:admin\/)?v1\//.test(route);
  const parent = keyed ? propagation.extract(context.active(), request.headers) : context.active();
  const attributes = { 'http.request.method': request.method, ...(route !== undefined && { 'http.route': route }) };
  const span = tracer().startSpan(
    `${request.method} ${route ?? ''}`.trim(),
    { kind: SpanKind.SERVER, attributes },
    parent,
  );
  return { span, context: trace.setSpan(parent, span) };
}

export function endRequest(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
