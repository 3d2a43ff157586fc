import {
  accountNamed,
  applySeed,
  askSigner,
  changeAccount,
  hashKey,
  keyPrefix,
  mintKey,
  newId,
  viewOf,
  type ApiKey,
  type ConfigStore,
} from '@hutong/payment-core';
import type { ProviderDefinition, ProviderTools } from '@hutong/payment-port';
import type { Configuration } from './configuration.js';
import type { OptionsConfiguration } from './options-configuration.js';
import type { ReconciliationsConfiguration } from './reconciliations-configuration.js';

/** Who writes straight into the store: the command line, while no gateway runs. */
export const BY = { actor: 'hutong' };

/** The configuration as a store holds it. */
export function overStore(
  config: ConfigStore,
  definitions: readonly ProviderDefinition[],
  production: boolean,
  tools: ProviderTools,
): Omit<Configuration, 'where' | 'close' | keyof OptionsConfiguration | keyof ReconciliationsConfiguration> {
  return {
    applySeed: (seed, { dryRun = false, prune = false, reason }) =>
      applySeed(config, definitions, seed, { dryRun, prune, by: { ...BY, ...(reason !== undefined && { reason }) } }),
    listApps: async () => (await config.listApps()).map(({ id }) => id),
    listKeys: (app) => config.listKeys(app),
    async createKey(app, role = app === null ? 'viewer' : 'merchant') {
      const key = mintKey(app === null ? 'ha_' : production ? 'hk_live_' : 'hk_test_');
      const kept: ApiKey = { id: newId('key'), app, role, prefix: keyPrefix(key), createdAt: new Date() };
      await config.addKey(kept, hashKey(key), BY);
      return { id: kept.id, key };
    },
    async revokeKey(app, id) {
      const owned = (await config.listKeys(app)).some((key) => key.id === id);
      return owned && (await config.revokeKey(id, BY));
    },
    async accepts(key, app) {
      const found = await config.findKeyByHash(hashKey(key));
      return found !== undefined && found.app === app && found.revokedAt === undefined;
    },
    listAccounts: async (app) => (await config.listAccounts(app)).map((account) => viewOf(definitions, account)),
    async changeAccount(app, id, settings, dryRun) {
      const { account, changed } = await changeAccount(config, definitions, { app, id, settings, dryRun, by: BY });
      return { account: viewOf(definitions, account), changed };
    },
    async askSigner(app, id) {
      const { provider, settings } = await accountNamed(config, app, id);
      const definition = definitions.find((it) => it.id === provider);
      if (definition === undefined) throw new Error(`Provider ${provider} is not part of this application.`);
      return askSigner(provider, definition.connect(settings, tools));
    },
  };
}
