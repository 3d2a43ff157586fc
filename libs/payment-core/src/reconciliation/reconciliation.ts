import type { BilledRefund, Money } from '@hutong/payment-port';
import type { AttemptStatus, RefundStatus } from '../payment.js';
import type { BeijingDay } from './beijing-day.js';

export const RECONCILIATION_STATUSES = ['running', 'ready', 'not_ready', 'failed'] as const;

/** `not_ready`: the provider has no statement of the day yet. `failed`: there is one, or there may be, and it could not be read. */
export type ReconciliationStatus = (typeof RECONCILIATION_STATUSES)[number];

export const DIFFERENCE_KINDS = [
  'missing_here',
  'missing_there',
  'amount',
  'state',
  'duplicate',
  'refund_without_payment',
  'foreign',
] as const;

/**
 * How the statement and our books differ. `missing_here`: they list money of ours that we do not know. `missing_there`: we
 * hold proof of money that no statement lists. `duplicate`: listed twice, on one day or on two. `foreign`: of no attempt of
 * ours, which is no error where several systems share a merchant number.
 */
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What was done about it. */
export const RESOLUTIONS = ['settled', 'owed', 'confirmed', 'review', 'unanswered', 'none'] as const;

/**
 * `settled`: the provider proved it, and our books say it now. `owed`: proven, and owed back, since no open payment waited
 * for it. `confirmed`: asked again, the provider says what we say. `review`: a person has been told by an event.
 * `unanswered`: the provider did not answer; asked again by the next run. `none`: nothing to do.
 */
export type Resolution = (typeof RESOLUTIONS)[number];

/** A kind's lines: how many, and their sum in fen; BigInt, because a day of a large merchant need not fit a number. */
export interface LineSum {
  readonly count: number;
  readonly amount: bigint;
}

/** Where the lines of a statement ended up: `matched`, `differences` and `in_flight` together are the statement. */
export const BUCKETS = ['statement', 'matched', 'differences', 'in_flight'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Fen of lines in CNY; `fees` is what the provider kept less what it gave back. */
export interface Sums {
  readonly payments: LineSum;
  readonly refunds: LineSum;
  readonly fees: bigint;
}

export type Tally = Readonly<Record<Bucket, Sums>>;

/** One day of one account, as the newest run left it. */
export interface Reconciliation {
  readonly accountId: string;
  readonly date: BeijingDay;
  readonly app: string;
  readonly provider: string;
  readonly status: ReconciliationStatus;
  readonly run: number;
  readonly dueAt?: Date;
  readonly tries: number;
  /** Why it failed. */
  readonly code?: string;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  /** Of the last run that came to an end. */
  readonly tally?: Tally;
  /** Of ours: what is not listed so far, and what only the statement of another day can tell. */
  readonly waiting: number;
}

/** A run of one day, held by one worker: whatever it writes counts only while its number is the newest. */
export interface ReconciliationRun {
  readonly accountId: string;
  readonly date: BeijingDay;
  readonly app: string;
  readonly provider: string;
  readonly run: number;
  readonly tries: number;
  /** Its worker is being stopped: the run breaks off between two batches, and the day is free at once. */
  readonly signal?: AbortSignal;
}

/** A line as it is kept while a run lasts. */
export interface StagedLine {
  readonly position: number;
  /** Equal for lines about the same trade or the same refund. */
  readonly key: string;
  readonly type: 'payment' | 'refund';
  readonly reference: string;
  readonly providerReference: string;
  readonly refundReference?: string;
  readonly amount: number;
  readonly currency: string;
  /** Fen; negative where it came back. */
  readonly fee: number;
  readonly state?: BilledRefund['state'];
  readonly at: Date;
}

/** A line beside what our books hold under its numbers, for this account. */
export interface ComparedLine extends StagedLine {
  /** How many lines before it have its key. */
  readonly copy: number;
  /** The trade was reversed whole: a line gives back what another took. */
  readonly reversed: boolean;
  readonly attempt?: {
    readonly id: string;
    readonly paymentId: string;
    readonly status: AttemptStatus;
  };
  readonly capture?: {
    readonly id: string;
    readonly amount: Money;
    readonly paidAt: Date;
    readonly billedOn?: BeijingDay;
  };
  readonly refund?: {
    readonly id: string;
    readonly amount: Money;
    readonly status: RefundStatus;
    readonly createdAt: Date;
    readonly succeededAt?: Date;
    readonly billedOn?: BeijingDay;
  };
}

/** Money of ours that no statement read so far lists. */
export interface Unbilled {
  readonly type: 'payment' | 'refund';
  /** Of the capture or the refund. */
  readonly id: string;
  readonly paymentId: string;
  readonly attemptId: string;
  readonly reference: string;
  readonly providerReference: string;
  readonly refundReference?: string;
  readonly amount: Money;
  /** Between these two moments the provider must have booked it. */
  readonly from: Date;
  readonly until: Date;
}

/** One side's words about a trade or a refund. */
export interface Side {
  /** Fen. */
  readonly amount: number;
  readonly currency: string;
  readonly state?: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface Difference {
  readonly id: string;
  readonly accountId: string;
  readonly date: BeijingDay;
  readonly kind: DifferenceKind;
  /** Tells differences of one kind apart, the same in every run. */
  readonly key: string;
  readonly subject: 'payment' | 'refund';
  /** The run that found it last. */
  readonly run: number;
  readonly reference?: string;
  readonly providerReference?: string;
  readonly refundReference?: string;
  readonly paymentId?: string;
  readonly attemptId?: string;
  readonly refundId?: string;
  readonly ours?: Side;
  readonly theirs?: Side;
  readonly resolution?: Resolution;
  readonly foundAt: Date;
  readonly resolvedAt?: Date;
}

/** Nothing more has to happen to it. */
export function isDone({ kind, resolution }: Pick<Difference, 'kind' | 'resolution'>): boolean {
  return kind === 'foreign' || resolution === 'settled' || resolution === 'owed' || resolution === 'confirmed';
}
