import type { Prospect } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import type { Checkout, CheckoutFacts } from './options/checkout-facts.js';
import { oldestByName } from './account-lookup.js';
import type { KnownMethod } from './provider-directory.js';
import type { Account } from './stores/config.store.js';

/** What a checkout says of itself, completed by what we know of the world around it at this moment. */
export async function gatherFacts(
  core: CoreContext,
  app: string,
  { environment, ...checkout }: Checkout,
  methods: readonly KnownMethod[],
): Promise<CheckoutFacts> {
  const now = core.clock.now();
  const [accounts, holds] = await Promise.all([
    core.stores.config.listAccounts(app),
    core.stores.rollouts.listHolds(app),
  ]);
  const usedNow = oldestByName(accounts);
  const unavailable = [...usedNow.values()].filter((account) => !core.providers.answers(account, now));
  const unfit = environment === undefined ? [] : unfitMethods(core, { environment, ...checkout }, methods, usedNow);
  return {
    ...checkout,
    now,
    accounts: [...usedNow.keys()],
    ...(unavailable.length > 0 && { unavailable: unavailable.map(({ provider }) => provider) }),
    ...(holds.length > 0 && { holds: Object.fromEntries(holds.map((it) => [it.method, it.heldAt.toISOString()])) }),
    ...(unfit.length > 0 && { unfit: Object.fromEntries(unfit) }),
  };
}

/** Methods that none of their wallets can serve where the payer stands, with what is missing at the first. */
function unfitMethods(
  core: CoreContext,
  { environment = {}, scene }: Checkout,
  methods: readonly KnownMethod[],
  accounts: ReadonlyMap<string, Account>,
): (readonly [method: string, missing: string])[] {
  const unfit: (readonly [string, string])[] = [];
  for (const { id, scenes, providers, handsOver } of methods) {
    // What is told is where the chooser stands; who pays stands somewhere that nobody knows yet.
    const product = handsOver === undefined ? scenes[scene] : undefined;
    const missing = product && missingAtAll(core, providers, accounts, { ...environment, scene, product });
    if (missing !== undefined) unfit.push([id, missing]);
  }
  return unfit;
}

/** What is missing for a try by somebody who stands there, at an app's account; undefined when nothing is. */
export async function missingFor(
  core: CoreContext,
  app: string,
  provider: string,
  prospect: Prospect,
): Promise<string | undefined> {
  const accounts = oldestByName(await core.stores.config.listAccounts(app));
  return missingAtAll(core, [provider], accounts, prospect);
}

/** What is missing at the first of the providers, when something is at each of them that has an account. */
function missingAtAll(
  core: CoreContext,
  providers: readonly string[],
  accounts: ReadonlyMap<string, Account>,
  prospect: Prospect,
): string | undefined {
  let first: string | undefined;
  for (const provider of providers) {
    const account = accounts.get(provider);
    if (account === undefined) continue;
    const missing = core.providers.definition(provider)?.preflight?.(account.settings, prospect);
    if (missing === undefined) return undefined;
    first ??= missing;
  }
  return first;
}
