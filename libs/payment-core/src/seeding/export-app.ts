import { findVersion } from '../change-options.js';
import type { CoreContext } from '../core-context.js';
import { notFound } from '../problem.js';
import type { Account } from '../stores/config.store.js';
import { optionsOf } from './plan-seed.js';
import { seedDocument } from './seed-document.js';

/** An app's configuration in force, in the words of a seed file. */
export interface ExportedApp {
  /** Of the options. */
  readonly version: number;
  /** What `PUT /admin/v1/apps/{app}` takes, but for what is withheld. */
  readonly document: Readonly<Record<string, unknown>>;
  /** JSON Pointers of the account settings that are secret: to be filled in by whoever has them. */
  readonly withheld: readonly string[];
}

/** Writes an app out; never a secret. @throws PaymentProblem not_found */
export async function exportApp(core: Pick<CoreContext, 'stores' | 'providers'>, id: string): Promise<ExportedApp> {
  const { config } = core.stores;
  const app = await config.findApp(id);
  if (app === undefined) throw notFound('app');
  const [newest, held] = await Promise.all([findVersion(core, id), config.listAccounts(id)]);
  const accounts = held.map((account) => withoutSecrets(account, secretsOf(core, account)));
  return {
    version: newest.version,
    document: seedDocument({ app, accounts, ...optionsOf(newest) }),
    withheld: held.flatMap((account, index) =>
      secretsOf(core, account).map((name) => `/accounts/${index}/settings/${name}`),
    ),
  };
}

/** Of an account whose provider is not installed nobody knows which settings are secret: all of them count as such. */
function secretsOf({ providers }: Pick<CoreContext, 'providers'>, { provider, settings }: Account): readonly string[] {
  const secret = providers.definition(provider)?.secretFields ?? Object.keys(settings);
  return secret.filter((name) => settings[name] !== undefined);
}

function withoutSecrets({ provider, ref, settings }: Account, secrets: readonly string[]) {
  const open = Object.entries(settings).filter(([name]) => !secrets.includes(name));
  return { provider, ref, settings: Object.fromEntries(open) };
}
