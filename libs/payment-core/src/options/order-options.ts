import type { OptionConfig } from './option-config.js';
import type { CheckoutFacts } from './judge-options.js';

/** The allowed methods in the payer's order: the app's list, with the first matching rule's favourites in front. */
export function orderFor(
  config: OptionConfig,
  facts: Pick<CheckoutFacts, 'scene'>,
  allowed: readonly string[],
): readonly string[] {
  const rule = config.order.find(({ when }) => when.scene === undefined || when.scene === facts.scene);
  const first = (rule?.putFirst ?? []).filter((id) => allowed.includes(id));
  return [...first, ...allowed.filter((id) => !first.includes(id))];
}
