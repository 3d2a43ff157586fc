import type { AuditEntry } from '../audit/audit-entry.js';

/** The log of configuration changes. It has no way to write: a change writes its own entry, in its own transaction. */
export interface AuditStore {
  /** Entries after `after`, oldest first; of one app, or of all. */
  listEntries(query: {
    readonly app?: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly AuditEntry[]>;
}
