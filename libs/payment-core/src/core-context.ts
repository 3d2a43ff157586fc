import type { Clock } from '@hutong/payment-port';
import type { AroundCall } from './around-calls.js';
import type { PageLinks } from './page-links.js';
import type { ProviderDirectory } from './provider-directory.js';
import type { Stores } from './stores/stores.js';

/** What every use case works with, handed in by the application. */
export interface CoreContext {
  readonly stores: Stores;
  readonly providers: ProviderDirectory;
  /** Business time: expiry, rollouts, polling. Message timestamps use the provider tools' real clock. */
  readonly clock: Clock;
  /** Absolute URL where a provider reports for one account. */
  readonly notifyUrl: (provider: string, accountId: string) => string;
  /** Absolute URLs of the pages that people are sent to. */
  readonly links: PageLinks;
  /** What happens around each call to a provider; a worker asks whether the row is still its own. */
  readonly aroundProviderCall?: AroundCall;
  /** Where something that a person should see goes; never throws. */
  readonly report: (error: unknown, details: Readonly<Record<string, unknown>>) => void;
}
