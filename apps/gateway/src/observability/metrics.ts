import type { CallOutcome, Decision, ProviderOperation } from '@hutong/payment-core';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Of OpenTelemetry's conventions for HTTP servers, seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/**
 * What this process counts. Every label has a closed list of values: names of what is installed, states, route templates.
 * Ids, numbers and texts of callers are never labels.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #http = this.#histogram('http_server_request_duration_seconds', 'How long requests took', [
    'http_request_method',
    'http_route',
    'status_class',
  ]);
  readonly #calls = this.#histogram('hutong_provider_call_duration_seconds', 'How long providers took to answer', [
    'provider',
    'operation',
    'outcome',
  ]);
  readonly #counters = {
    created: this.#counter('hutong_payments_created_total', 'Payments created', []),
    paid: this.#counter('hutong_payments_paid_total', 'Payments paid', ['provider', 'method']),
    overpaid: this.#counter('hutong_payments_overpaid_total', 'Captures that no open payment was waiting for', [
      'provider',
      'method',
    ]),
    closed: this.#counter('hutong_payments_closed_total', 'Payments closed', ['reason']),
    opened: this.#counter('hutong_attempts_opened_total', 'Attempts opened', ['provider', 'method']),
    moved: this.#counter('hutong_attempts_moved_total', 'Attempts that came to a state', ['state']),
    refundsCreated: this.#counter('hutong_refunds_created_total', 'Refunds begun', ['cause']),
    refundsMoved: this.#counter('hutong_refunds_moved_total', 'Refunds that came to a state', ['state']),
    reviews: this.#counter('hutong_reviews_opened_total', 'Times that something began to wait for a person', []),
    notifications: this.#counter('hutong_notifications_total', 'Messages of providers, by the gate where they ended', [
      'provider',
      'gate',
    ]),
    circuits: this.#counter('hutong_circuit_changes_total', 'Circuits that came to a state', ['provider', 'state']),
    idempotency: this.#counter('hutong_idempotency_keys_total', 'What came of Idempotency-Keys', ['outcome']),
  };

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  decided(decision: Decision): void {
    const { created, paid, overpaid, closed, opened, moved, refundsCreated, refundsMoved } = this.#counters;
    const { reviews, notifications, circuits, idempotency } = this.#counters;
    switch (decision.what) {
      case 'payment_created':
        return created.inc();
      case 'payment_paid':
        return paid.inc({ provider: decision.provider, method: decision.method });
      case 'payment_overpaid':
        return overpaid.inc({ provider: decision.provider, method: decision.method });
      case 'payment_closed':
        return closed.inc({ reason: decision.reason });
      case 'attempt_opened':
        return opened.inc({ provider: decision.provider ?? 'none', method: decision.method });
      case 'attempt_moved':
        return moved.inc({ state: decision.to });
      case 'refund_created':
        return refundsCreated.inc({ cause: decision.cause });
      case 'refund_moved':
        if (decision.to === 'needs_review') reviews.inc();
        return refundsMoved.inc({ state: decision.to });
      case 'review_opened':
        return reviews.inc();
      case 'notification':
        return notifications.inc({ provider: decision.provider, gate: decision.gate });
      case 'circuit_changed':
        return circuits.inc({ provider: decision.provider, state: decision.to });
      case 'idempotency':
        return idempotency.inc({ outcome: decision.outcome });
    }
  }

  /** A message that the HTTP edge refused: too large, encoded, of a type that no provider sends. */
  refusedAtTheEdge(provider: string): void {
    this.#counters.notifications.inc({ provider, gate: 'malformed' });
  }

  called(provider: string, operation: ProviderOperation, outcome: CallOutcome, seconds: number): void {
    this.#calls.observe({ provider, operation, outcome }, seconds);
  }

  /** `route`: its template; undefined where none was found. */
  answered(method: string, route: string | undefined, status: number, seconds: number): void {
    const labels = {
      http_request_method: METHODS.has(method) ? method : '_OTHER',
      http_route: route ?? 'none',
      status_class: `${Math.floor(status / 100)}xx`,
    };
    this.#http.observe(labels, seconds);
  }

  #counter<T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  #histogram<T extends string>(name: string, help: string, labelNames: readonly T[]): Histogram<T> {
    return new Histogram({ name, help, labelNames: [...labelNames], buckets: SECONDS, registers: [this.registry] });
  }
}
