import type { CoreContext } from './core-context.js';
import { judgeOptions, type CheckoutFacts, type Judgement } from './options/judge-options.js';
import type { KnownMethod } from './provider-directory.js';
import { notFound } from './problem.js';

export interface MethodList extends Judgement {
  readonly configVersion: number;
}

/**
 * What this app's payer sees now, in the app's own order, with a verdict for every method. `methods` are those installed,
 * or the same with the wallet behind one of them known.
 * @throws PaymentProblem not_found
 */
export async function listMethods(
  core: CoreContext,
  app: string,
  facts: Omit<CheckoutFacts, 'now'>,
  methods: readonly KnownMethod[] = core.providers.methods(),
): Promise<MethodList> {
  const { config } = core.stores;
  const [options, accounts] = await Promise.all([config.findOptions(app), config.listAccounts(app)]);
  if (options === undefined) throw notFound('app');
  const installed = { methods, providersWithAccount: new Set(accounts.map((account) => account.provider)) };
  return { ...judgeOptions(options, { ...facts, now: core.clock.now() }, installed), configVersion: options.version };
}
