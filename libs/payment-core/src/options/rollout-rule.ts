import type { CheckoutFacts } from './checkout-facts.js';
import type { PlannedMethod } from './policy-plan.js';
import { bucketOf, percentOf } from './rollout.js';

/** The payer's place in the rollout of a staged option; undefined where nothing is staged, or nobody is named. */
export function bucketFor({ id, app, option }: PlannedMethod, { payerId }: CheckoutFacts): number | undefined {
  return option?.status === 'staged' && payerId !== undefined ? bucketOf(app, id, payerId) : undefined;
}

/** A held rollout stays at the percentage that it had then: who is in stays in, and nobody follows. */
export function notInRollout(planned: PlannedMethod, facts: CheckoutFacts): string | undefined {
  const { id, option, steps } = planned;
  if (option?.status !== 'staged') return undefined;
  if (facts.payerId !== undefined && option.allow.includes(facts.payerId)) return undefined;
  const held = facts.holds?.[id];
  const now = facts.now.getTime();
  const percent = percentOf(steps, held === undefined ? now : Math.min(Date.parse(held), now));
  return isInside(percent, planned, facts)
    ? undefined
    : `${percent} % ${held === undefined ? 'today' : `held since ${held}`}`;
}

/** Below 0 % is nobody and below 100 % everybody: only between them the place is worth its hash. */
function isInside(percent: number, planned: PlannedMethod, facts: CheckoutFacts): boolean {
  if (percent <= 0 || percent >= 100) return percent >= 100;
  const bucket = bucketFor(planned, facts);
  return bucket !== undefined && bucket < percent;
}
