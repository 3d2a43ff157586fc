import type { AppConfig, OptionConfig } from '../options/option-config.js';

/** An app's credentials at a provider; `settings` are whole (unsealed) and never leave the process. */
export interface Account {
  readonly id: string;
  readonly app: string;
  readonly provider: string;
  /** The seed's name for it, unique per (app, provider). */
  readonly ref: string;
  readonly version: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

export interface ApiKey {
  readonly id: string;
  /** Null: an admin key. */
  readonly app: string | null;
  /** First characters, safe to show. */
  readonly prefix: string;
  readonly createdAt: Date;
  readonly revokedAt?: Date;
}

/** Apps, their option configs, accounts and keys. Configs and account versions are immutable: a change is a new version. */
export interface ConfigStore {
  listApps(): Promise<readonly AppConfig[]>;
  findApp(id: string): Promise<AppConfig | undefined>;
  /** Inserts or updates name, branding and return origins. */
  saveApp(app: AppConfig): Promise<void>;
  /** The newest version, or a named one. */
  findOptions(app: string, version?: number): Promise<OptionConfig | undefined>;
  /** Stores the next version and answers its number. */
  addOptions(config: Omit<OptionConfig, 'version' | 'createdAt'>, author: string): Promise<number>;

  /** The newest version of each account of the app. */
  listAccounts(app: string): Promise<readonly Account[]>;
  /** All versions of one account, newest first; empty when there is none. */
  findAccountVersions(id: string): Promise<readonly Account[]>;
  findAccount(id: string, version: number): Promise<Account | undefined>;
  /** Adds the next version of (app, provider, ref), sealing `secretFields`. */
  addAccountVersion(
    account: Pick<Account, 'app' | 'provider' | 'ref' | 'settings'>,
    secretFields: readonly string[],
  ): Promise<Account>;

  listKeys(app: string | null): Promise<readonly ApiKey[]>;
  /** `hash` is all that is kept of the secret. */
  addKey(key: ApiKey, hash: string): Promise<void>;
  findKeyByHash(hash: string): Promise<ApiKey | undefined>;
  revokeKey(id: string): Promise<boolean>;
}
