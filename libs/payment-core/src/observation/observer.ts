import type { About, Decision } from './decision.js';

/** Calls to a provider, in our words. */
export type ProviderOperation = 'prepare' | 'query' | 'close' | 'refund' | 'refund_query';

/** A piece of work with a beginning and an end, named from a closed list: names and providers may become labels. */
export type Step = { readonly about: About } & (
  | {
      readonly name:
        | 'create_payment'
        | 'open_attempt'
        | 'cancel_payment'
        | 'refund_payment'
        | 'check_attempt'
        | 'check_refund'
        | 'expire_payment'
        | 'settle'
        | 'webhook';
    }
  | { readonly name: 'notification'; readonly provider: string }
  | { readonly name: 'provider_call'; readonly provider: string; readonly operation: ProviderOperation }
);

/**
 * Who watches the core at work: logs, metrics and traces hang on it, and the core knows none of them. Neither method may
 * throw of its own, and `step` passes on exactly what the work answers or throws.
 */
export interface Observer {
  decided(decision: Decision): void;
  step<T>(step: Step, work: () => Promise<T>): Promise<T>;
}

/** Does the work as a step, where somebody watches. */
export function inStep<T>(
  { observer }: { readonly observer?: Observer },
  step: Step,
  work: () => Promise<T>,
): Promise<T> {
  return observer === undefined ? work() : observer.step(step, work);
}
