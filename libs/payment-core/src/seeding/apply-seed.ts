import { InvalidAccountConfig, type ProviderDefinition } from '@hutong/payment-port';
import { invalid, PaymentProblem } from '../problem.js';
import type { Authorship } from '../audit/audit-entry.js';
import { StaleVersion, type ConfigStore } from '../stores/config.store.js';
import type { AppSeed } from './app-seed.js';
import {
  accountOf,
  accountsToRetire,
  optionsOf,
  planSeed,
  sameSettings,
  type CurrentApp,
  type SeedChange,
} from './plan-seed.js';

export interface SeedRun {
  /** Plan only; nothing is written. */
  readonly dryRun?: boolean;
  readonly by: Authorship;
  /** Retire accounts that the seed does not name. */
  readonly prune?: boolean;
  /** The version of the options that the change was made from. */
  readonly expected?: number;
  /** Is shown what would be written before anything is; throws where the author may not. */
  readonly admit?: (changes: readonly SeedChange[]) => void;
}

/**
 * Brings one app's configuration to what the seed says and answers what changed; the second run answers an empty list.
 * Accounts and options are immutable: a change is a new version, and what the seed does not name stays as it is.
 * @throws PaymentProblem `invalid_request` pointing into the seed, StaleVersion; then nothing was written
 */
export async function applySeed(
  config: ConfigStore,
  definitions: readonly ProviderDefinition[],
  seed: AppSeed,
  { dryRun = false, prune = false, by, expected, admit }: SeedRun,
): Promise<readonly SeedChange[]> {
  const wanted = checkSeed(definitions, seed);
  const current = await readCurrent(config, seed.app.id);
  const newest = current.options?.version ?? 0;
  if (expected !== undefined && expected !== newest) throw new StaleVersion(newest);
  const changes = planSeed(current, wanted, prune);
  if (dryRun) return changes;
  admit?.(changes);
  await write(config, definitions, { current, wanted, changes, prune, by });
  return changes;
}

async function readCurrent(config: ConfigStore, id: string): Promise<CurrentApp> {
  const [app, accounts, options] = await Promise.all([
    config.findApp(id),
    config.listAccounts(id),
    config.findOptions(id),
  ]);
  return { app, accounts, options };
}

interface Writing {
  readonly current: CurrentApp;
  readonly wanted: AppSeed;
  readonly changes: readonly SeedChange[];
  readonly prune: boolean;
  readonly by: Authorship;
}

/** The app first, because accounts and options hang on it; the options last, because they rely on the accounts. */
async function write(config: ConfigStore, definitions: readonly ProviderDefinition[], writing: Writing): Promise<void> {
  const { current, wanted, changes, prune, by } = writing;
  const has = (kind: SeedChange['kind']): boolean => changes.some((change) => change.kind === kind);
  const app = wanted.app.id;
  if (has('app')) await config.saveApp(wanted.app, by);
  for (const account of wanted.accounts) {
    if (sameSettings(accountOf(current.accounts, account), account)) continue;
    const secrets = definitions.find(({ id }) => id === account.provider)?.secretFields ?? [];
    await config.addAccountVersion({ app, ...account }, secrets, by);
  }
  if (has('options')) await config.addOptions({ app, ...optionsOf(wanted) }, by, current.options?.version ?? 0);
  if (prune) for (const { id } of accountsToRetire(current, wanted)) await config.retireAccount(id, by);
}

/** The seed with its account settings as their providers read them: defaults filled in, so that equal means equal. */
function checkSeed(definitions: readonly ProviderDefinition[], seed: AppSeed): AppSeed {
  refuseRepeats(
    seed.accounts.map(({ provider, ref }) => `${provider}/${ref}`),
    '/accounts',
  );
  refuseRepeats(
    seed.options.map(({ method }) => method),
    '/options',
  );
  const accounts = seed.accounts.map((account, index) => {
    const definition = definitions.find(({ id }) => id === account.provider);
    const known = definitions.map(({ id }) => id).join(', ');
    if (definition === undefined) throw invalid(`/accounts/${index}/provider`, `must be one of ${known}.`);
    return { ...account, settings: readSettings(definition, account.settings, `/accounts/${index}/settings`) };
  });
  return { ...seed, accounts };
}

function refuseRepeats(names: readonly string[], pointer: string): void {
  const index = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (index >= 0) throw invalid(`${pointer}/${index}`, `repeats ${names[index]}; each may stand once.`);
}

function readSettings(
  definition: ProviderDefinition,
  settings: unknown,
  pointer: string,
): AppSeed['accounts'][number]['settings'] {
  try {
    return definition.readSettings(settings);
  } catch (error) {
    if (!(error instanceof InvalidAccountConfig)) throw error;
    const errors = error.errors.map((it) => ({ ...it, pointer: `${pointer}${it.pointer}` }));
    throw new PaymentProblem('invalid', { code: 'invalid_request', detail: error.message, errors });
  }
}
