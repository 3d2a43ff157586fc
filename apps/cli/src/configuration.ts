import type { AccountView, ApiKey, AppSeed, KeyRole, SeedChange } from '@hutong/payment-core';
import type { Signer } from '@hutong/payment-port';
import type { OptionsConfiguration } from './options-configuration.js';
import type { ReconciliationsConfiguration } from './reconciliations-configuration.js';

/** A key just made; `key` is shown this once. */
export interface MadeKey {
  readonly id: string;
  readonly key: string;
}

/** How a seed is applied. */
export interface SeedRun {
  readonly dryRun?: boolean;
  /** Retire the app's accounts that the seed does not name. */
  readonly prune?: boolean;
  /** Kept with the change. */
  readonly reason?: string;
}

/** What the command line does to apps, keys and accounts: through a running gateway, or on the store itself when none runs. */
export interface Configuration extends OptionsConfiguration, ReconciliationsConfiguration {
  /** For people: where the changes go. */
  readonly where: string;
  applySeed(seed: AppSeed, run: SeedRun): Promise<readonly SeedChange[]>;
  listApps(): Promise<readonly string[]>;
  /** Keys of an app; of the admins for null. */
  listKeys(app: string | null): Promise<readonly ApiKey[]>;
  /** Without a role: a merchant's key for an app, a viewer's for the admin API. */
  createKey(app: string | null, role?: KeyRole): Promise<MadeKey>;
  /** @returns false when there is no such key */
  revokeKey(app: string | null, id: string): Promise<boolean>;
  /** True when this very key opens the app (the admin API for null). */
  accepts(key: string, app: string | null): Promise<boolean>;
  /** An app's accounts in their newest versions, without their secrets. */
  listAccounts(app: string): Promise<readonly AccountView[]>;
  /** Changes some settings of an account in a new version: null takes one away. `changed` names those that differ. */
  changeAccount(
    app: string,
    id: string,
    settings: Readonly<Record<string, unknown>>,
    dryRun: boolean,
  ): Promise<{ readonly account: AccountView; readonly changed: readonly string[] }>;
  /** Which key the provider signs with, asked by one call that changes nothing. */
  askSigner(app: string, id: string): Promise<Signer>;
  close(): Promise<void>;
}

/** Something that the person at the terminal can mend; printed as it is, without a stack. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
