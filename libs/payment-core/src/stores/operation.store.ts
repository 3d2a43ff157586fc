/** What waits in the database, as numbers for whoever operates it. Ages are seconds; zero where nothing waits. */
export interface Backlog {
  readonly unknownAttempts: number;
  readonly oldestUnknownAge: number;
  /** Rows whose time to be looked at has passed: how many (counted up to a bound), and how long the oldest has waited. */
  readonly due: Readonly<Record<DueWork, { readonly rows: number; readonly age: number }>>;
  /** Refunds that are not at their end. */
  readonly refunds: Readonly<Record<'processing' | 'unknown' | 'needs_review', number>>;
  /** What waits for a person. */
  readonly openReviews: number;
}

/** What the worker takes up: `events` wait in the outbox, `webhooks` are deliveries. */
export type DueWork = 'attempts' | 'refunds' | 'payments' | 'events' | 'webhooks';

/** A rule of what must never be, that a query can look for. */
export interface Invariant {
  /** As docs/operating.md lists it: `I-03`. */
  readonly id: string;
  readonly sentence: string;
}

/** One row that breaks it. */
export interface Violation {
  /** Of the row: `pay_…`, `att_…`, an event's id. */
  readonly id: string;
  /** What is wrong with it. */
  readonly detail: string;
}

export interface ViolationQuery {
  /** Business time. */
  readonly now: Date;
  /** How long something may be overdue before it counts as stuck, ms. */
  readonly horizonMs: number;
  /** The id of the last violation that is known; empty at first. */
  readonly after: string;
  readonly limit: number;
}

/** Everything about one number that a provider knows, for comparing with the provider's own books. Minor units. */
export interface LedgerLine {
  /** Ours at the provider, and what the pages are ordered by. */
  readonly reference: string;
  readonly provider: string;
  readonly paymentId: string;
  readonly status: string;
  readonly captured: number;
  readonly refunds: readonly {
    readonly reference: string;
    readonly amount: number;
    readonly status: string;
  }[];
}

/** What operators ask of the database. It writes nothing. */
export interface OperationStore {
  backlog(now: Date): Promise<Backlog>;
  /** Names of this release's migrations that the database lacks. */
  pendingMigrations(): Promise<readonly string[]>;
  readonly invariants: readonly Invariant[];
  /** Rows that break an invariant, by id, a page at a time, in a transaction that cannot write. @throws RangeError for an unknown id */
  violations(id: string, query: ViolationQuery): Promise<readonly Violation[]>;
  /** By reference, after one, a page at a time; attempts without a wallet are not in it. */
  ledger(query: { readonly after: string; readonly limit: number }): Promise<readonly LedgerLine[]>;
}
