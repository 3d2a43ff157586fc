import type { Invariant, LedgerLine, Violation } from '@hutong/payment-core';

export interface Page {
  /** The last id or reference that is known; empty at first. */
  readonly after: string;
  readonly limit: number;
}

/** The database asked about what must never be. */
export interface CheckConfiguration {
  listInvariants(): Promise<readonly Invariant[]>;
  /** A page that is not full is the last. */
  findViolations(id: string, page: Page & { readonly horizonMs: number }): Promise<readonly Violation[]>;
  /** By reference. */
  ledger(page: Page): Promise<readonly LedgerLine[]>;
}
