import { applySeed, hashKey, keyPrefix, mintKey, newId, type ApiKey, type ConfigStore } from '@hutong/payment-core';
import type { ProviderDefinition } from '@hutong/payment-port';
import type { Configuration } from './configuration.js';

const AUTHOR = 'hutong seed';

/** The configuration as a store holds it. */
export function overStore(
  config: ConfigStore,
  definitions: readonly ProviderDefinition[],
  production: boolean,
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
  };
}
