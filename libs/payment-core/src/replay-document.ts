import type { CheckoutFacts } from './options/checkout-facts.js';
import type { ReplayReport } from './replay-options.js';

/** A checkout of a report as JSON: what it said of itself, and the world around it. */
export interface FactsDocument extends Omit<CheckoutFacts, 'now' | 'payerId' | 'clientVersion'> {
  /** RFC 3339. */
  readonly at: string;
  readonly payer_id?: string;
  readonly client_version?: string;
}

/** A replay's report as JSON. */
export interface ReplayDocument extends Omit<ReplayReport, 'examples'> {
  readonly examples: readonly {
    readonly facts: FactsDocument;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
}

export function replayDocument({ examples, ...counts }: ReplayReport): ReplayDocument {
  return { ...counts, examples: examples.map(({ facts, ...seen }) => ({ facts: factsDocument(facts), ...seen })) };
}

function factsDocument({ payerId, clientVersion, now, ...facts }: CheckoutFacts): FactsDocument {
  return {
    at: now.toISOString(),
    ...facts,
    ...(payerId !== undefined && { payer_id: payerId }),
    ...(clientVersion !== undefined && { client_version: clientVersion }),
  };
}
