import type { KnownMethod } from '../provider-directory.js';
import type { CheckoutFacts, Installed } from './judge-options.js';
import type { OptionConfig } from './option-config.js';

/** What can stand between a method and one provider behind it, in order of precedence. */
type ProviderReason = 'excluded_by_app' | 'pending_review' | 'account_missing';

interface Reach {
  readonly method: KnownMethod | undefined;
  readonly config: OptionConfig;
  readonly facts: CheckoutFacts;
  readonly installed: Installed;
}

/**
 * The providers that a reason keeps a method from, when no way is left: a method over several wallets stands as long as
 * one of them is open. Undefined when the reason is in nobody's way, or another wallet is open.
 */
export function obstacle(reason: ProviderReason, reach: Reach): string | undefined {
  const providers = (reach.method?.providers ?? []).map((id) => ({ id, reasons: reasonsAgainst(id, reach) }));
  if (providers.some(({ reasons }) => reasons.length === 0)) return undefined;
  const kept = providers.filter(({ reasons }) => reasons.includes(reason));
  return kept.length === 0 ? undefined : `provider ${kept.map(({ id }) => id).join(', ')}`;
}

function reasonsAgainst(provider: string, { config, facts, installed }: Reach): readonly ProviderReason[] {
  const rule = config.providers[provider];
  const holds: Readonly<Record<ProviderReason, boolean>> = {
    excluded_by_app: rule?.status === 'excluded',
    pending_review: rule?.status === 'pending_review' && !isTester(rule, facts.payerId),
    account_missing: !installed.providersWithAccount.has(provider),
  };
  return (Object.keys(holds) as ProviderReason[]).filter((reason) => holds[reason]);
}

export function isTester({ testers }: { readonly testers: readonly string[] }, payerId: string | undefined): boolean {
  return payerId !== undefined && testers.includes(payerId);
}
