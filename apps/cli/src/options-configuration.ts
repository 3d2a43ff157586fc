import type {
  AuditEntry,
  BrokenLink,
  ChangedOptions,
  ExportedApp,
  OptionVersion,
  ReplayDocument,
  SeedOptions,
} from '@hutong/payment-core';

/** A change to an app's options, made from the version that was read. */
export interface VersionedChange {
  readonly expected: number;
  readonly dryRun?: boolean;
  /** Kept with the change. */
  readonly reason?: string;
}

/** Checkouts to judge again: those that payers saw (RFC 3339, before `until`), or some that are brought as JSON. */
export type ReplayCheckouts =
  { readonly from: string; readonly until: string } | { readonly checkouts: readonly object[] };

/** Options as versions, and the log of who changed what. */
export interface OptionsConfiguration {
  exportApp(app: string): Promise<ExportedApp>;
  /** Newest first. */
  listVersions(app: string): Promise<readonly OptionVersion[]>;
  changeOptions(app: string, wanted: SeedOptions, change: VersionedChange): Promise<ChangedOptions>;
  rollBack(app: string, version: number, change: VersionedChange): Promise<ChangedOptions>;
  /** Writes nothing. */
  replay(app: string, against: SeedOptions, checkouts: ReplayCheckouts): Promise<ReplayDocument>;
  /** Entries after `after`, oldest first, at most `limit` (1 to 500). */
  listAudit(query: {
    readonly app?: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly AuditEntry[]>;
  verifyAudit(): Promise<{ readonly entries: number; readonly broken?: BrokenLink }>;
}
