import type { Calendar } from './calendar.js';
import type { CheckoutFacts } from './checkout-facts.js';
import type { PlannedMethod } from './policy-plan.js';

/**
 * One thing by which a rule can tell two checkouts apart. Every rule says all of its own next to itself: checkouts of which
 * nothing that is told differs are one class to it, and are judged once (`payer-classes.ts`).
 */
export type Tell =
  | { readonly by: 'scene' }
  | { readonly by: 'currency'; readonly among: readonly string[] }
  /** Minor units: below it, just it, or above. */
  | { readonly by: 'amount'; readonly bound: number }
  | { readonly by: 'segment'; readonly named: string }
  | { readonly by: 'client_version'; readonly least: string }
  | { readonly by: 'payer'; readonly among: readonly string[] }
  /** In or out, as the rollout stands: by the payer, the time and what is held. */
  | { readonly by: 'rollout'; readonly of: PlannedMethod }
  /** Open or shut. */
  | { readonly by: 'calendar'; readonly calendar: Calendar }
  | { readonly by: 'unfit' }
  | { readonly by: 'accounts' }
  | { readonly by: 'unavailable' };

export type TellBy<By extends Tell['by']> = Extract<Tell, { readonly by: By }>;

/** What of the facts each of them looks at, and nothing else. */
export const LOOKS_AT = {
  scene: ['scene'],
  currency: ['currency'],
  amount: ['amount'],
  segment: ['segments'],
  client_version: ['clientVersion'],
  payer: ['payerId'],
  rollout: ['payerId', 'now', 'holds'],
  calendar: ['now'],
  unfit: ['unfit'],
  accounts: ['accounts'],
  unavailable: ['unavailable'],
} as const satisfies Record<Tell['by'], readonly (keyof CheckoutFacts)[]>;
