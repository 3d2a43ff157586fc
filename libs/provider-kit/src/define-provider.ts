import 'reflect-metadata';
import type { PaymentProvider, Prospect, ProviderDefinition, ProviderTools } from '@hutong/payment-port';
import { readSettings, type SettingsClass } from './account-settings.js';
import { secretFieldsOf } from './secret.js';

interface ProviderDeclaration<Settings extends object> extends Pick<
  ProviderDefinition,
  'id' | 'title' | 'methods' | 'pace'
> {
  /** The class whose decorators say what an account needs: validation, defaults and `@Secret()` fields. */
  readonly settings: SettingsClass<Settings>;
  readonly connect: (settings: Settings, tools: ProviderTools) => PaymentProvider;
  /** Whether a product can work where the payer stands; of settings that were read before. */
  readonly preflight?: (settings: Settings, prospect: Prospect) => string | undefined;
  /** How an account as the sandbox lists it reads as this provider's settings. */
  readonly fromSandbox: ProviderDefinition['fromSandbox'];
  readonly diagnostics?: ProviderDefinition['diagnostics'];
}

/** Makes a provider definition whose validation, sealing and redaction all follow from one settings class. */
export function defineProvider<Settings extends object>(
  declaration: ProviderDeclaration<Settings>,
): ProviderDefinition {
  const { id, title, methods, settings: Settings, connect, preflight, fromSandbox, pace, diagnostics } = declaration;
  const read = (settings: unknown) => readSettings(id, Settings, settings);
  return {
    id,
    title,
    methods,
    secretFields: secretFieldsOf(Settings),
    readSettings: (settings) => ({ ...(read(settings) as Record<string, unknown>) }),
    connect: (settings, tools) => connect(read(settings), tools),
    ...(preflight && { preflight: (settings, prospect) => preflight(settings as Settings, prospect) }),
    fromSandbox,
    ...(pace && { pace }),
    ...(diagnostics && { diagnostics }),
  };
}
