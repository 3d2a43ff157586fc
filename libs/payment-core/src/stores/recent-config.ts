import type { OptionConfig } from '../options/option-config.js';
import type { Account, ApiKey } from './config.store.js';
import type { RolloutHold } from './rollout.store.js';

/**
 * What `ConfigStore` and `RolloutStore` would answer from memory at this moment, for who cannot wait. Undefined says only
 * that they have to be asked; who asks them finds it here afterwards.
 */
export interface RecentConfig {
  /** The newest version. */
  options(app: string): OptionConfig | undefined;
  accounts(app: string): readonly Account[] | undefined;
  holds(app: string): readonly RolloutHold[] | undefined;
  keyByHash(hash: string): ApiKey | undefined;
}
