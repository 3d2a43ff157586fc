import type { Scene } from '@hutong/payment-port';
import type { Option, OrderRule } from './option-config.js';
import type { Tell } from './tells.js';

/** What the order may depend on. */
export interface OrderFacts {
  /** Minor units. */
  readonly amount: number;
  readonly scene: Scene;
  readonly segments?: readonly string[];
}

/**
 * The options in the payer's order: the app's own list, with the favourites of the first rule that applies in front.
 * A pinned option keeps the place that the app's list gives it among those shown; the others fill the places around it.
 */
export function inPayersOrder(
  shown: readonly Option[],
  rules: readonly OrderRule[],
  facts: OrderFacts,
): readonly Option[] {
  const rule = rules.find(({ when }) => applies(when, facts));
  if (rule === undefined) return shown;
  const rank = (option: Option) => {
    const place = rule.putFirst.indexOf(option.method);
    return place < 0 ? rule.putFirst.length : place;
  };
  const movable = shown.filter((option) => option.pinned !== true).toSorted((a, b) => rank(a) - rank(b));
  return shown.map((option) => (option.pinned === true ? option : movable.shift()!));
}

/** Every condition that is given holds; a rule without any always applies. */
function applies({ scene, amount, segment }: OrderRule['when'], facts: OrderFacts): boolean {
  return (
    (scene === undefined || scene === facts.scene) &&
    facts.amount >= (amount?.min ?? 0) &&
    facts.amount <= (amount?.max ?? Infinity) &&
    (segment === undefined || facts.segments?.includes(segment) === true)
  );
}

/** All by which these rules tell checkouts apart. */
export function orderTells(rules: readonly OrderRule[]): readonly Tell[] {
  return rules.flatMap(({ when: { scene, amount, segment } }): Tell[] => [
    ...(scene === undefined ? [] : [{ by: 'scene' } as const]),
    { by: 'amount', bound: amount?.min ?? 0 },
    { by: 'amount', bound: amount?.max ?? Infinity },
    ...(segment === undefined ? [] : [{ by: 'segment', named: segment } as const]),
  ]);
}
