import { readSettings, type Settings } from '@hutong/settings';
import type { Configuration } from './configuration.js';
import { gatewayAnswers, gatewayConfiguration } from './gateway-configuration.js';
import { keysPath, readKeys } from './keys-file.js';

/** Where the gateway is and what opens it, as every command takes it. */
export interface ConnectOptions {
  readonly url?: string;
  readonly key?: string;
}

/** The providers of the gateway, loaded when a command needs them. */
export async function installedProviders() {
  return (await import('@hutong/gateway')).providers;
}

/** A running gateway is asked; only when none answers is the store opened, which an embedded database allows once. */
export async function connect({
  url,
  key,
}: ConnectOptions): Promise<{ settings: Settings; configuration: Configuration }> {
  const settings = readSettings();
  const at = (url ?? settings.publicUrl).replace(/\/+$/, '');
  if (url !== undefined || (await gatewayAnswers(at))) {
    return { settings, configuration: gatewayConfiguration(at, key ?? readKeys(keysPath(settings.dataDir)).admin) };
  }
  const { offlineConfiguration } = await import('./offline-configuration.js');
  const { providers, providerTools } = await import('@hutong/gateway');
  return { settings, configuration: await offlineConfiguration(settings, providers, providerTools) };
}
