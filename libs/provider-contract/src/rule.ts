import { Bench, type Subject } from './bench.js';

/** A capability that a rule is about; where a provider has none, the rule has nothing to hold. */
export type Capability =
  'calling_products' | 'close' | 'refunds' | 'notifications' | 'diagnostics' | 'upkeep' | 'bills' | 'identity';

/** One promise: a stable id, the sentence, and how to see that it is kept. */
export interface Rule {
  readonly id: string;
  readonly promise: string;
  readonly about?: Capability;
  readonly check: (subject: Subject) => void | Promise<void>;
}

/** Whether a provider has what the rule is about. */
export function concerns(rule: Rule, subject: Subject): boolean {
  const { provider, callingProducts } = new Bench(subject);
  if (rule.about === 'calling_products') return callingProducts.length > 0;
  if (rule.about === 'close') return provider.payments.close !== undefined;
  if (rule.about === 'refunds') return provider.refunds !== undefined;
  if (rule.about === 'notifications') return provider.notifications !== undefined;
  if (rule.about === 'diagnostics') return subject.definition.diagnostics !== undefined;
  if (rule.about === 'upkeep') return provider.upkeep !== undefined;
  if (rule.about === 'identity') return provider.identity !== undefined;
  if (rule.about === 'bills') return provider.bills !== undefined;
  return true;
}
