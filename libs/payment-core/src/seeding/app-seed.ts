import type { LinkPolicy } from '../links/link-policy.js';
import type { AppConfig, Option, OrderRule, ProviderRule } from '../options/option-config.js';

/** One app as a seed file or the admin API describes it, its account settings already resolved. */
export interface AppSeed {
  readonly app: AppConfig;
  readonly accounts: readonly {
    readonly provider: string;
    /** The seed's name for the account, unique per provider within the app. */
    readonly ref: string;
    readonly settings: Readonly<Record<string, unknown>>;
  }[];
  readonly providers: Readonly<Record<string, ProviderRule>>;
  readonly options: readonly Option[];
  readonly order: readonly OrderRule[];
  readonly links?: LinkPolicy;
}
