import type { ProviderDefinition } from '@hutong/payment-port';
import type { Account } from '../stores/config.store.js';

/** An account as people may see it: its secrets by name only. */
export interface AccountView extends Omit<Account, 'settings'> {
  /** Without the secret ones. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Names of the secret settings that it has. */
  readonly secrets: readonly string[];
}

/** Shows an account. Where its provider is not installed nobody knows which settings are secret, so none is shown. */
export function viewOf(definitions: readonly ProviderDefinition[], account: Account): AccountView {
  const { settings, ...rest } = account;
  const definition = definitions.find(({ id }) => id === account.provider);
  const isSecret = (name: string): boolean => definition === undefined || definition.secretFields.includes(name);
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return {
    ...rest,
    settings: Object.fromEntries(given.filter(([name]) => !isSecret(name))),
    secrets: given.map(([name]) => name).filter(isSecret),
  };
}
