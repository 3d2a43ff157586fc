import { findVersion } from './change-options.js';
import { gatherFacts } from './checkout-surroundings.js';
import type { CoreContext } from './core-context.js';
import type { Checkout, CheckoutFacts } from './options/checkout-facts.js';
import { judgeOptions } from './options/judge-options.js';
import type { OptionConfig } from './options/option-config.js';
import type { SeedOptions } from './seeding/plan-seed.js';

/** A checkout as it was, and what its payer saw then. */
interface Replayed {
  readonly facts: CheckoutFacts;
  readonly before: readonly string[];
}

/** A checkout whose payer would see something else. */
export interface ReplayExample extends Replayed {
  readonly after: readonly string[];
}

/** What a change would do to checkouts that have been. Counts are of checkouts. */
export interface ReplayReport {
  readonly checkouts: number;
  readonly changed: number;
  /** Per method: it would be shown where it was not, no longer where it was, or in another place among the same. */
  readonly appear: Readonly<Record<string, number>>;
  readonly vanish: Readonly<Record<string, number>>;
  readonly move: Readonly<Record<string, number>>;
  /** The first few that would change. */
  readonly examples: readonly ReplayExample[];
}

/** Where the checkouts come from: those that payers saw in a time, or those that the caller brings. */
export type ReplaySource =
  | { readonly from: Date; readonly until: Date }
  | { readonly checkouts: readonly (Checkout & { readonly now?: Date })[] };

const PAGE = 500;
const EXAMPLES = 10;

/**
 * Judges checkouts that have been by options that might be. Nothing is written.
 * @throws PaymentProblem not_found
 */
export async function replayOptions(
  core: CoreContext,
  app: string,
  wanted: SeedOptions,
  source: ReplaySource,
): Promise<ReplayReport> {
  const current = await findVersion(core, app);
  const against: OptionConfig = { ...current, ...wanted };
  const tally = new Tally();
  const checkouts = 'from' in source ? seenCheckouts(core, app, source) : broughtCheckouts(core, current, source);
  for await (const checkout of checkouts) tally.add(checkout, shownBy(core, against, checkout.facts));
  return tally.report();
}

async function* seenCheckouts(
  core: CoreContext,
  app: string,
  range: { readonly from: Date; readonly until: Date },
): AsyncGenerator<Replayed> {
  for (let after: string | undefined; ;) {
    const cursor = after === undefined ? {} : { after };
    const page = await core.stores.impressions.listImpressionsBetween({ app, ...range, ...cursor, limit: PAGE });
    for (const { facts, shown } of page) yield { facts, before: shown };
    if (page.length < PAGE) return;
    after = page.at(-1)?.id;
  }
}

/** What nobody was shown yet is judged by the newest version first. */
async function* broughtCheckouts(
  core: CoreContext,
  current: OptionConfig,
  { checkouts }: Extract<ReplaySource, { checkouts: unknown }>,
): AsyncGenerator<Replayed> {
  for (const { now, ...checkout } of checkouts) {
    const facts = await gatherFacts(core, current.app, checkout, core.providers.methods());
    const then = now === undefined ? facts : { ...facts, now };
    yield { facts: then, before: shownBy(core, current, then) };
  }
}

function shownBy(core: CoreContext, config: OptionConfig, facts: CheckoutFacts): readonly string[] {
  return judgeOptions(config, facts, core.providers.methods()).shown.map(({ method }) => method.id);
}

/** Counts while checkouts pass by. */
class Tally {
  #checkouts = 0;
  #changed = 0;
  readonly #appear = new Map<string, number>();
  readonly #vanish = new Map<string, number>();
  readonly #move = new Map<string, number>();
  readonly #examples: ReplayExample[] = [];

  add(checkout: Replayed, after: readonly string[]): void {
    const { before } = checkout;
    this.#checkouts += 1;
    if (before.join() === after.join()) return;
    this.#changed += 1;
    if (this.#examples.length < EXAMPLES) this.#examples.push({ ...checkout, after });
    const stay = before.filter((id) => after.includes(id));
    const stayAfter = after.filter((id) => before.includes(id));
    count(this.#vanish, without(before, after));
    count(this.#appear, without(after, before));
    count(
      this.#move,
      stay.filter((id, index) => stayAfter[index] !== id),
    );
  }

  report(): ReplayReport {
    return {
      checkouts: this.#checkouts,
      changed: this.#changed,
      appear: Object.fromEntries(this.#appear),
      vanish: Object.fromEntries(this.#vanish),
      move: Object.fromEntries(this.#move),
      examples: this.#examples,
    };
  }
}

function without(ids: readonly string[], others: readonly string[]): readonly string[] {
  return ids.filter((id) => !others.includes(id));
}

function count(counts: Map<string, number>, ids: readonly string[]): void {
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
}
