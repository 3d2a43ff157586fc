import type { Environment, Product, Scene } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import type { KnownMethod } from './provider-directory.js';
import type { Account } from './stores/config.store.js';

/** Methods of a scene that stand or fall together: the same product at the same wallets. */
interface Trial {
  readonly product: Product;
  readonly providers: readonly string[];
  readonly methods: readonly string[];
}

/** Methods that none of their wallets can serve where the payer stands, with what is missing at the first; or undefined. */
export function unfitMethods(
  core: CoreContext,
  environment: Environment,
  scene: Scene,
  methods: readonly KnownMethod[],
  accounts: ReadonlyMap<string, Account>,
): Readonly<Record<string, string>> | undefined {
  let unfit: Record<string, string> | undefined;
  for (const trial of trialsOf(methods, scene)) {
    const missing = missingAtAll(core, trial, accounts, environment, scene);
    if (missing === undefined) continue;
    unfit ??= {};
    for (const id of trial.methods) unfit[id] = missing;
  }
  return unfit;
}

/** What is missing at the first of the providers, when something is at each of them that has an account. */
export function missingAtAll(
  core: CoreContext,
  { providers, product }: Pick<Trial, 'providers' | 'product'>,
  accounts: ReadonlyMap<string, Account>,
  environment: Environment,
  scene: Scene,
): string | undefined {
  const prospect = { ...environment, scene, product };
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

/** Of lists of methods that are in use: an installation's never change. */
const trials = new WeakMap<readonly KnownMethod[], Map<Scene, readonly Trial[]>>();

function trialsOf(methods: readonly KnownMethod[], scene: Scene): readonly Trial[] {
  let byScene = trials.get(methods);
  if (byScene === undefined) trials.set(methods, (byScene = new Map()));
  let known = byScene.get(scene);
  if (known === undefined) byScene.set(scene, (known = makeTrials(methods, scene)));
  return known;
}

/** What is told is where the chooser stands; who pays for another stands somewhere that nobody knows yet. */
function makeTrials(methods: readonly KnownMethod[], scene: Scene): readonly Trial[] {
  const tried = methods.filter(({ scenes, handsOver }) => handsOver === undefined && scenes[scene] !== undefined);
  const alike = Map.groupBy(tried, ({ scenes, providers }) => JSON.stringify([scenes[scene], providers]));
  return [...alike.values()].map((same) => {
    const { scenes, providers } = same[0]!;
    return { product: scenes[scene]!, providers, methods: same.map(({ id }) => id) };
  });
}
