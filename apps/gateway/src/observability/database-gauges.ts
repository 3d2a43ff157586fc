import type { Backlog, CoreContext } from '@hutong/payment-core';
import { Gauge, type GaugeConfiguration, type Registry } from 'prom-client';
import { within } from '../within.js';

/** However many scrape, the database is asked no more often than this. */
const KEPT_FOR_MS = 5_000;
const PATIENCE_MS = 2_000;

type Core = Pick<CoreContext, 'stores' | 'clock' | 'providers'>;

/** Gauges of what is true in the database and of the circuits of this process, looked up when they are scraped. */
export function registerGauges(registry: Registry, core: Core, draining: () => boolean): void {
  const recent = recently(() => within(PATIENCE_MS, core.stores.operation.backlog(core.clock.now())));
  const gauge = (it: GaugeConfiguration<string>): void => registry.registerMetric(new Gauge({ ...it, registers: [] }));
  gauge({
    name: 'hutong_draining',
    help: 'Whether this process is stopping',
    collect() {
      this.set(draining() ? 1 : 0);
    },
  });
  gauge({
    name: 'hutong_circuits',
    help: 'Accounts by the state of their circuit in this process',
    labelNames: ['provider', 'state'],
    collect() {
      this.reset();
      for (const { provider, state } of core.providers.circuits()) this.inc({ provider, state });
    },
  });
  gauge({
    name: 'hutong_database_up',
    help: 'Whether the database answered the scrape; without it the gauges of what waits there are absent',
    async collect() {
      this.set((await recent()) === undefined ? 0 : 1);
    },
  });
  for (const [name, help, labelNames, read] of WAITING) {
    gauge({
      name,
      help,
      labelNames: [...labelNames],
      async collect() {
        this.reset();
        const backlog = await recent();
        if (backlog === undefined) this.remove();
        else for (const [labels, value] of read(backlog)) this.set(labels, value);
      },
    });
  }
}

type Samples = readonly (readonly [labels: Record<string, string>, value: number])[];

const WAITING: readonly (readonly [string, string, readonly string[], (backlog: Backlog) => Samples])[] = [
  ['hutong_unknown_attempts', 'Attempts whose outcome is unknown', [], (it) => [[{}, it.unknownAttempts]]],
  [
    'hutong_unknown_attempt_oldest_age_seconds',
    'Age of the oldest attempt whose outcome is unknown',
    [],
    (it) => [[{}, it.oldestUnknownAge]],
  ],
  [
    'hutong_due_rows',
    'Rows whose time to be looked at has passed, up to 10,000',
    ['work'],
    ({ due }) => Object.entries(due).map(([work, { rows }]) => [{ work }, rows]),
  ],
  [
    'hutong_due_oldest_age_seconds',
    'How long the oldest of them has been due',
    ['work'],
    ({ due }) => Object.entries(due).map(([work, { age }]) => [{ work }, age]),
  ],
  [
    'hutong_refunds_pending',
    'Refunds that are not at their end',
    ['state'],
    ({ refunds }) => Object.entries(refunds).map(([state, rows]) => [{ state }, rows]),
  ],
  ['hutong_reviews_open', 'What waits for a person', [], (it) => [[{}, it.openReviews]]],
];

/** An answer for all who ask within a few seconds; undefined where there was none. */
function recently(ask: () => Promise<Backlog>): () => Promise<Backlog | undefined> {
  let known: Promise<Backlog | undefined> | undefined;
  let until = -Infinity;
  return () => {
    if (known !== undefined && performance.now() < until) return known;
    until = performance.now() + KEPT_FOR_MS;
    return (known = ask().catch(() => undefined));
  };
}
