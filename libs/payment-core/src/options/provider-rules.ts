import type { CheckoutFacts } from './checkout-facts.js';
import type { OptionConfig } from './option-config.js';
import type { Tell } from './tells.js';

/** What can stand between a method and one provider behind it; a bit each, so that one look at a provider tells all. */
export const OBSTACLES = {
  excluded_by_app: 1,
  pending_review: 2,
  account_missing: 4,
  provider_unavailable: 8,
} as const;

export type ProviderReason = keyof typeof OBSTACLES;

/** What stands before one provider, as bits. */
export function obstaclesAt(provider: string, config: OptionConfig, facts: CheckoutFacts): number {
  const rule = config.providers[provider];
  let bits = 0;
  if (rule?.status === 'excluded') bits |= OBSTACLES.excluded_by_app;
  if (rule?.status === 'pending_review' && !isTester(rule, facts.payerId)) bits |= OBSTACLES.pending_review;
  if (!facts.accounts.includes(provider)) bits |= OBSTACLES.account_missing;
  if (facts.unavailable?.includes(provider) === true) bits |= OBSTACLES.provider_unavailable;
  return bits;
}

/**
 * What stands before a method, when no way is left: a method over several wallets stands as long as one of them is open.
 * No bits when nothing does, or another wallet is open.
 */
export function obstaclesBefore(providers: readonly string[], config: OptionConfig, facts: CheckoutFacts): number {
  let bits = 0;
  for (const provider of providers) {
    const here = obstaclesAt(provider, config, facts);
    if (here === 0) return 0;
    bits |= here;
  }
  return bits;
}

/** All by which checkouts are told apart at these providers. */
export function providerTells(providers: readonly string[], config: OptionConfig): readonly Tell[] {
  const reviews = providers.flatMap((id): Tell[] => {
    const rule = config.providers[id];
    return rule?.status === 'pending_review' ? [{ by: 'payer', among: rule.testers }] : [];
  });
  return [{ by: 'accounts' }, { by: 'unavailable' }, ...reviews];
}

export function isTester({ testers }: { readonly testers: readonly string[] }, payerId: string | undefined): boolean {
  return payerId !== undefined && testers.includes(payerId);
}
