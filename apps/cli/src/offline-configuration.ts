import type { ProviderDefinition, ProviderTools } from '@hutong/payment-port';
import { openStores } from '@hutong/payment-store';
import { readMasterKey, type Settings } from '@hutong/settings';
import type { Configuration } from './configuration.js';
import { overStore } from './store-configuration.js';

/** Opens the database of these settings, its migrations applied. */
export function openDatabase(settings: Settings) {
  const { databaseUrl, dataDir } = settings;
  return openStores({
    ...(databaseUrl === undefined ? { dataDir } : { databaseUrl }),
    masterKey: readMasterKey(settings),
  });
}

/** The configuration as the store holds it, for when no gateway runs. */
export async function offlineConfiguration(
  settings: Settings,
  definitions: readonly ProviderDefinition[],
  tools: ProviderTools,
): Promise<Configuration> {
  const stores = await openDatabase(settings);
  return {
    where: settings.databaseUrl === undefined ? 'the embedded database' : 'the database',
    close: () => stores.close(),
    ...overStore(stores.config, definitions, settings.production, tools),
  };
}
