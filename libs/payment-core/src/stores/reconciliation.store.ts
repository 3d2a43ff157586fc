import type { AppEvent, NewEvent } from '../event.js';
import type { BeijingDay } from '../reconciliation/beijing-day.js';
import type {
  ComparedLine,
  Difference,
  DifferenceKind,
  Reconciliation,
  ReconciliationRun,
  Resolution,
  StagedLine,
  Sums,
  Tally,
  Unbilled,
} from '../reconciliation/reconciliation.js';

/** An account as far as its statements go. */
export interface StatementAccount {
  readonly id: string;
  readonly app: string;
  readonly provider: string;
}

/** The same with its beginning: before that it has no statements. */
export interface ListedAccount extends StatementAccount {
  readonly createdAt: Date;
}

type Day = Pick<ReconciliationRun, 'accountId' | 'date'>;

/** How a run ended. */
export type RunEnd =
  | {
      readonly status: 'ready';
      readonly at: Date;
      readonly tally: Tally;
      readonly waiting: number;
      readonly dueAt?: Date;
    }
  | { readonly status: 'not_ready' | 'failed'; readonly at: Date; readonly code?: string; readonly dueAt?: Date };

/**
 * Days held against statements. A day is one row, unique on (account, date); a run has a number that only grows, and what
 * an older run writes is not read. Leases count by the database's clock, due times are business time.
 */
export interface ReconciliationStore {
  /** Accounts of an app at a provider, or all, that new attempts could be made with at some time after this. */
  listAccounts(wanted: {
    readonly app?: string;
    readonly provider?: string;
    readonly activeSince: Date;
  }): Promise<readonly ListedAccount[]>;

  /** Adds days that are not there yet, each due at its moment; answers how many were added. */
  schedule(days: readonly (StatementAccount & { readonly date: BeijingDay; readonly dueAt: Date })[]): Promise<number>;
  /** Adds the day or makes it due now: `running` as soon as a worker takes it. False while somebody works on it. */
  request(account: StatementAccount, date: BeijingDay, now: Date): Promise<boolean>;
  /** Begins the next run of one day; undefined while somebody works on it. */
  begin(
    account: StatementAccount,
    date: BeijingDay,
    now: Date,
    leaseMs: number,
  ): Promise<ReconciliationRun | undefined>;
  /** Begins a run of one day that is due, the oldest first (`FOR UPDATE SKIP LOCKED`). */
  claimDue(now: Date, leaseMs: number): Promise<ReconciliationRun | undefined>;
  /** Holds on to the day. @throws LostRun when a newer run has begun */
  renew(run: ReconciliationRun, leaseMs: number): Promise<void>;
  /** Gives the day back unfinished: due, and free for whoever comes next. @throws LostRun */
  letGo(run: ReconciliationRun): Promise<void>;
  /** Writes how it ended, takes the lines away, and wakes later days that waited for this one. @throws LostRun */
  finish(run: ReconciliationRun, end: RunEnd): Promise<void>;

  /** Keeps lines for as long as the run lasts. */
  stage(run: ReconciliationRun, lines: readonly StagedLine[]): Promise<void>;
  /** What the staged lines come to, added up by the database. Once, when all of them are there and before they are compared. */
  sumStaged(run: ReconciliationRun): Promise<Sums>;
  /** Lines after a position, in their order, each beside what our books hold. */
  compareAfter(run: ReconciliationRun, position: number, limit: number): Promise<readonly ComparedLine[]>;
  /** Forgets which of ours the day's statement lists. */
  unmark(day: Day): Promise<void>;
  /** Notes that the day's statement lists these captures and refunds. */
  mark(day: Day, subjectIds: readonly string[]): Promise<void>;
  /** Captures and succeeded refunds whose time lies in the window and that no statement lists; ordered, after `after`. */
  unbilled(
    accountId: string,
    window: { readonly from: Date; readonly until: Date },
    type: Unbilled['type'],
    after: string,
    limit: number,
  ): Promise<readonly Unbilled[]>;
  /** Which of these days have a result, and nobody is working on it. */
  readyDays(accountId: string, from: BeijingDay, until: BeijingDay): Promise<ReadonlySet<BeijingDay>>;

  /** Adds differences or, where an earlier run found them, hands them to this one, with what was done. */
  addDifferences(run: ReconciliationRun, differences: readonly Difference[]): Promise<void>;
  /** Those of this run with nothing done yet, or nothing answered; after an id, in order. */
  openDifferences(run: ReconciliationRun, after: string, limit: number): Promise<readonly Difference[]>;
  /** Writes what was done, once. */
  resolve(id: string, resolution: Resolution, at: Date): Promise<void>;
  /** Writes `review` with the event that tells a person; false, and no event, when something was done before. */
  review(id: string, event: NewEvent | AppEvent, at: Date): Promise<boolean>;

  find(app: string, provider: string, date: BeijingDay): Promise<readonly Reconciliation[]>;
  list(query: {
    readonly app: string;
    readonly provider?: string;
    readonly from: BeijingDay;
    readonly until: BeijingDay;
  }): Promise<readonly Reconciliation[]>;
  /** Of these accounts' day, by id; those that a newer run no longer found come too, with their older run. */
  listDifferences(query: {
    readonly accountIds: readonly string[];
    readonly date: BeijingDay;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly Difference[]>;
  /** How many each day's newest run found, by kind and by what was done. */
  countDifferences(
    accountIds: readonly string[],
    from: BeijingDay,
    until: BeijingDay,
  ): Promise<readonly DifferenceCount[]>;
}

export interface DifferenceCount {
  readonly accountId: string;
  readonly date: BeijingDay;
  readonly kind: DifferenceKind;
  readonly resolution?: Resolution;
  readonly count: number;
}

/** Somebody else has begun the day anew, because this run's lease had passed. */
export class LostRun extends Error {
  override readonly name = 'LostRun';

  constructor({ date, run }: ReconciliationRun) {
    super(`Run ${run} of ${date} was taken over.`);
  }
}
