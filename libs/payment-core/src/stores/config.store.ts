import type { Authorship } from '../audit/audit-entry.js';
import type { KeyRole } from '../keys/key-role.js';
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
  readonly role: KeyRole;
  /** First characters, safe to show. */
  readonly prefix: string;
  readonly createdAt: Date;
  readonly revokedAt?: Date;
}

/** Somebody else changed it in the meantime: read it again before changing it. */
export class StaleVersion extends Error {
  override readonly name = 'StaleVersion';

  constructor(readonly newest: number) {
    super(`Version ${newest} is the newest.`);
  }
}

/** One version of an app's options, without what it says. */
export interface OptionVersion {
  readonly version: number;
  readonly author: string;
  readonly reason?: string;
  readonly createdAt: Date;
}

/** Apps, their option configs, accounts and keys. Configs and account versions are immutable: a change is a new version. Every write adds its audit entry in the same transaction. */
export interface ConfigStore {
  listApps(): Promise<readonly AppConfig[]>;
  findApp(id: string): Promise<AppConfig | undefined>;
  /** Inserts or updates name, branding and return origins. */
  saveApp(app: AppConfig, by: Authorship): Promise<void>;
  /** The newest version, or a named one. */
  findOptions(app: string, version?: number): Promise<OptionConfig | undefined>;
  /** Newest first. */
  listOptionVersions(app: string): Promise<readonly OptionVersion[]>;
  /** Stores the next version and answers its number. @throws StaleVersion when `expected` is given and not the newest */
  addOptions(config: Omit<OptionConfig, 'version' | 'createdAt'>, by: Authorship, expected?: number): Promise<number>;

  /** The newest version of each account of the app that is not retired. */
  listAccounts(app: string): Promise<readonly Account[]>;
  /** All versions of one account, newest first; empty when there is none. */
  findAccountVersions(id: string): Promise<readonly Account[]>;
  findAccount(id: string, version: number): Promise<Account | undefined>;
  /** Adds the next version of (app, provider, ref), sealing `secretFields`. @throws StaleVersion as above */
  addAccountVersion(
    account: Pick<Account, 'app' | 'provider' | 'ref' | 'settings'>,
    secretFields: readonly string[],
    by: Authorship,
    expected?: number,
  ): Promise<Account>;

  /** No new attempts with it; its versions stay, and a new one brings it back. False when it is retired already. */
  retireAccount(id: string, by: Authorship): Promise<boolean>;

  listKeys(app: string | null): Promise<readonly ApiKey[]>;
  /** `hash` is all that is kept of the secret. */
  addKey(key: ApiKey, hash: string, by: Authorship): Promise<void>;
  findKeyByHash(hash: string): Promise<ApiKey | undefined>;
  revokeKey(id: string, by: Authorship): Promise<boolean>;
}
