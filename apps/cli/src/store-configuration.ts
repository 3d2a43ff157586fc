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

const AUTHOR = 'hutong seed';

/** The configuration as a store holds it. */
export function overStore(
  config: ConfigStore,
  definitions: readonly ProviderDefinition[],
  production: boolean,
  tools: ProviderTools,
): Omit<Configuration, 'where' | 'close'> {
  return {
    applySeed: (seed, dryRun) => applySeed(config, definitions, seed, { dryRun, author: AUTHOR }),
    listApps: async () => (await config.listApps()).map(({ id }) => id),
    listKeys: (app) => config.listKeys(app),
    async createKey(app) {
      const key = mintKey(app === null ? 'ha_' : production ? 'hk_live_' : 'hk_test_');
      const kept: ApiKey = { id: newId('key'), app, prefix: keyPrefix(key), createdAt: new Date() };
      await config.addKey(kept, hashKey(key));
      return { id: kept.id, key };
    },
    async revokeKey(app, id) {
      const owned = (await config.listKeys(app)).some((key) => key.id === id);
      return owned && (await config.revokeKey(id));
    },
    async accepts(key, app) {
      const found = await config.findKeyByHash(hashKey(key));
      return found !== undefined && found.app === app && found.revokedAt === undefined;
    },
    listAccounts: async (app) => (await config.listAccounts(app)).map((account) => viewOf(definitions, account)),
    async changeAccount(app, id, settings, dryRun) {
      const { account, changed } = await changeAccount(config, definitions, { app, id, settings, dryRun });
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
