import type { Prospect } from '@hutong/payment-port';
import { accountsInUse, oldestByName } from './account-lookup.js';
import type { CoreContext } from './core-context.js';
import { missingAtAll, unfitMethods } from './environment-trials.js';
import type { Checkout, CheckoutFacts } from './options/checkout-facts.js';
import type { KnownMethod } from './provider-directory.js';
import type { Account } from './stores/config.store.js';
import type { RolloutHold } from './stores/rollout.store.js';

/** What is kept about an app that its checkouts depend on beside its options. */
export interface Surroundings {
  readonly accounts: readonly Account[];
  readonly holds: readonly RolloutHold[];
}

/** What a checkout says of itself, completed by what we know of the world around it at this moment. */
export async function gatherFacts(
  core: CoreContext,
  app: string,
  checkout: Checkout,
  methods: readonly KnownMethod[],
): Promise<CheckoutFacts> {
  const [accounts, holds] = await Promise.all([
    core.stores.config.listAccounts(app),
    core.stores.rollouts.listHolds(app),
  ]);
  return factsAmid(core, { accounts, holds }, checkout, methods);
}

/** The same, with what is kept at hand: of the same lists the `accounts` are the same array. */
export function factsAmid(
  core: CoreContext,
  { accounts, holds }: Surroundings,
  checkout: Checkout,
  methods: readonly KnownMethod[],
): CheckoutFacts {
  const now = core.clock.now();
  const inUse = accountsInUse(accounts);
  const { amount, currency, scene, payerId, segments, clientVersion, environment } = checkout;
  const unavailable = silentProviders(core, inUse.byProvider, now);
  const unfit = environment && unfitMethods(core, environment, scene, methods, inUse.byProvider);
  return {
    amount,
    currency,
    scene,
    ...(payerId !== undefined && { payerId }),
    ...(segments !== undefined && { segments }),
    ...(clientVersion !== undefined && { clientVersion }),
    now,
    accounts: inUse.providers,
    ...(unavailable && { unavailable }),
    ...(holds.length > 0 && { holds: Object.fromEntries(holds.map((it) => [it.method, it.heldAt.toISOString()])) }),
    ...(unfit && { unfit }),
  };
}

/** Providers that do not answer; undefined when all do. */
function silentProviders(
  core: CoreContext,
  accounts: ReadonlyMap<string, Account>,
  now: Date,
): readonly string[] | undefined {
  let silent: string[] | undefined;
  for (const [provider, account] of accounts) if (!core.providers.answers(account, now)) (silent ??= []).push(provider);
  return silent;
}

/** What is missing for a try by somebody who stands there, at an app's account; undefined when nothing is. */
export async function missingFor(
  core: CoreContext,
  app: string,
  provider: string,
  prospect: Prospect,
): Promise<string | undefined> {
  const accounts = oldestByName(await core.stores.config.listAccounts(app));
  const { scene, product, ...environment } = prospect;
  return missingAtAll(core, { providers: [provider], product }, accounts, environment, scene);
}
