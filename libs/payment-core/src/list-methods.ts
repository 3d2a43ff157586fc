import { factsAmid, gatherFacts } from './checkout-surroundings.js';
import type { CoreContext } from './core-context.js';
import type { Checkout, CheckoutFacts } from './options/checkout-facts.js';
import { judgeOptions, type Judgement } from './options/judge-options.js';
import { shownOnce, type ShownList } from './options/payer-classes.js';
import { notFound } from './problem.js';
import type { KnownMethod } from './provider-directory.js';

export interface MethodList extends Judgement<KnownMethod> {
  readonly configVersion: number;
  /** What it was judged by. */
  readonly facts: CheckoutFacts;
}

export interface Listing {
  /** Those installed, or the same with the wallet behind one of them known. */
  readonly methods?: readonly KnownMethod[];
  /** Judge every rule of every method, for people. */
  readonly trace?: boolean;
}

/**
 * What this app's payer sees now, in the app's own order, with a verdict for every method.
 * @throws PaymentProblem not_found
 */
export async function listMethods(
  core: CoreContext,
  app: string,
  checkout: Checkout,
  { methods = core.providers.methods(), trace = false }: Listing = {},
): Promise<MethodList> {
  const [options, facts] = await Promise.all([
    core.stores.config.findOptions(app),
    gatherFacts(core, app, checkout, methods),
  ]);
  if (options === undefined) throw notFound('app');
  return Object.assign(judgeOptions(options, facts, methods, { trace }), { configVersion: options.version, facts });
}

/** What a payer sees. `shown` is the same array for all payers whom no rule of the app tells apart. */
export interface ShownMethods {
  readonly configVersion: number;
  readonly shown: ShownList<KnownMethod>;
}

/**
 * As `listMethods`, what payers read of it, without waiting for anything; undefined when something is not in memory, which
 * `listMethods` finds and puts there.
 */
export function listMethodsAtOnce(core: CoreContext, app: string, checkout: Checkout): ShownMethods | undefined {
  const { recent } = core.stores;
  const [options, accounts, holds] = [recent.options(app), recent.accounts(app), recent.holds(app)];
  if (options === undefined || accounts === undefined || holds === undefined) return undefined;
  const methods = core.providers.methods();
  const facts = factsAmid(core, { accounts, holds }, checkout, methods);
  return { configVersion: options.version, shown: shownOnce(options, facts, methods) };
}
