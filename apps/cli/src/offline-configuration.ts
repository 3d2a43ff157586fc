import { pageLinks, ProviderDirectory, type CoreContext, type Installation, type Stores } from '@hutong/payment-core';
import type { ProviderTools } from '@hutong/payment-port';
import { openStores } from '@hutong/payment-store';
import { readMasterKey, type Settings } from '@hutong/settings';
import type { Configuration } from './configuration.js';
import { optionsOfCore } from './core-options.js';
import { reconciliationsOfCore } from './core-reconciliations.js';
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
  installation: Installation,
  tools: ProviderTools,
): Promise<Configuration> {
  const stores = await openDatabase(settings);
  const core = coreOver(stores, installation, settings, tools);
  return {
    where: settings.databaseUrl === undefined ? 'the embedded database' : 'the database',
    close: () => stores.close(),
    ...overStore(stores.config, installation.providers, settings.production, tools),
    ...optionsOfCore(core),
    ...reconciliationsOfCore(core),
  };
}

/** What the use cases of the commands need. Reconciling calls providers, the others do not. */
function coreOver(stores: Stores, installation: Installation, settings: Settings, tools: ProviderTools): CoreContext {
  return {
    stores,
    providers: new ProviderDirectory(installation, tools),
    clock: { now: () => new Date() },
    notifyUrl: (provider, accountId) => `${settings.publicUrl}/notifications/${provider}/${accountId}`,
    links: pageLinks(settings.publicUrl),
    report: (error) => console.error(error),
  };
}
