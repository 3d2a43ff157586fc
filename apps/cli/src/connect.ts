import type { Installation } from '@hutong/payment-core';
import { readSettings, type Settings } from '@hutong/settings';
import type { Configuration } from './configuration.js';
import { gatewayAnswers, gatewayConfiguration } from './gateway-configuration.js';
import { keysPath, readKeys } from './keys-file.js';

/** Where the gateway is and what opens it, as every command takes it. */
export interface ConnectOptions {
  readonly url?: string;
  readonly key?: string;
}

/** What the gateway is composed of, loaded when a command needs it. */
export async function gatewayInstallation(): Promise<Installation> {
  const { providers, methods } = await import('@hutong/gateway');
  return { providers, methods };
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
  const [installation, { providerTools }] = await Promise.all([gatewayInstallation(), import('@hutong/gateway')]);
  return { settings, configuration: await offlineConfiguration(settings, installation, providerTools) };
}
