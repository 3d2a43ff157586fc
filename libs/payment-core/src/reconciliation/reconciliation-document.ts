import type { DifferenceCount } from '../stores/reconciliation.store.js';
import {
  BUCKETS,
  isDone,
  type Bucket,
  type Difference,
  type Reconciliation,
  type ReconciliationStatus,
  type Side,
  type Sums,
  type Tally,
} from './reconciliation.js';
import { tallyOf } from './tally.js';

/** Lines of one sort: how many, and fen. */
export interface LineSumDocument {
  readonly count: number;
  readonly amount: number;
}

export interface SumsDocument {
  readonly payments: LineSumDocument;
  readonly refunds: LineSumDocument;
  readonly fees: { readonly amount: number };
}

export interface DifferenceDocument {
  readonly id: string;
  readonly kind: string;
  readonly subject: 'payment' | 'refund';
  /** False: an earlier run found it, the newest did not. */
  readonly current: boolean;
  readonly resolution: string | null;
  readonly reference: string | null;
  readonly provider_reference: string | null;
  readonly refund_reference: string | null;
  readonly payment_id: string | null;
  readonly attempt_id: string | null;
  readonly refund_id: string | null;
  readonly ours: SideDocument | null;
  readonly theirs: SideDocument | null;
  readonly found_at: string;
  readonly resolved_at: string | null;
}

export interface SideDocument {
  readonly amount: number;
  readonly currency: string;
  readonly state: string | null;
  readonly at: string;
}

export interface AccountDayDocument {
  readonly account_id: string;
  readonly status: ReconciliationStatus;
  readonly code: string | null;
  readonly runs: number;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly next_run_at: string | null;
}

/** An app's day at a provider as JSON: all its accounts there together. What is not `ready` has no figures. */
export interface ReconciliationDocument {
  readonly object: 'reconciliation';
  readonly app: string;
  readonly provider: string;
  readonly date: string;
  readonly status: ReconciliationStatus;
  /** Lines of the statement that agree with us; null until it is ready. */
  readonly matched: number | null;
  /** Differences by kind, those that the newest run found. */
  readonly found: Readonly<Record<string, number>>;
  /** Of those, what is not settled: for people. */
  readonly remaining: number | null;
  readonly in_flight: number | null;
  readonly waiting: number | null;
  readonly sums: Readonly<Record<Bucket, SumsDocument>> | null;
  readonly accounts: readonly AccountDayDocument[];
}

/** The same with its differences, a page of them. */
export interface ReconciliationReport extends ReconciliationDocument {
  readonly differences: readonly DifferenceDocument[];
  /** There are more: ask with `after`, the id of the last one. */
  readonly has_more: boolean;
}

/** The worst of them: a day is ready when every account's is. */
const WORST: readonly ReconciliationStatus[] = ['failed', 'running', 'not_ready', 'ready'];

/** @throws Error when there is none; RangeError when a sum is past what JSON's numbers hold exactly */
export function reconciliationDocument(
  accounts: readonly Reconciliation[],
  counts: readonly DifferenceCount[],
): ReconciliationDocument {
  const [first] = accounts;
  if (first === undefined) throw new Error('A day has at least one account.');
  const { app, provider, date } = first;
  const status = WORST.find((it) => accounts.some((account) => account.status === it))!;
  const figures = status === 'ready' ? figuresOf(accounts, counts) : NO_FIGURES;
  return { object: 'reconciliation', app, provider, date, status, ...figures, accounts: accounts.map(accountDay) };
}

const NO_FIGURES = { matched: null, found: {}, remaining: null, in_flight: null, waiting: null, sums: null };

function figuresOf(accounts: readonly Reconciliation[], counts: readonly DifferenceCount[]) {
  const tally = tallyOf(accounts.map((it) => it.tally!));
  const found: Record<string, number> = {};
  for (const { kind, count } of counts) found[kind] = (found[kind] ?? 0) + count;
  const lines = (bucket: Bucket) => tally[bucket].payments.count + tally[bucket].refunds.count;
  const open = counts.filter((it) => !isDone(it)).map(({ count }) => count);
  return {
    matched: lines('matched'),
    found,
    remaining: open.reduce((sum, count) => sum + count, 0),
    in_flight: lines('in_flight'),
    waiting: accounts.reduce((sum, { waiting }) => sum + waiting, 0),
    sums: sumsDocument(tally),
  };
}

function sumsDocument(tally: Tally): Readonly<Record<Bucket, SumsDocument>> {
  const of = ({ payments, refunds, fees }: Sums): SumsDocument => ({
    payments: { count: payments.count, amount: exact(payments.amount) },
    refunds: { count: refunds.count, amount: exact(refunds.amount) },
    fees: { amount: exact(fees) },
  });
  return Object.fromEntries(BUCKETS.map((bucket) => [bucket, of(tally[bucket])])) as Record<Bucket, SumsDocument>;
}

function exact(fen: bigint): number {
  const number = Number(fen);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`A sum of ${fen} fen is more than a JSON number says exactly.`);
}

function accountDay(it: Reconciliation): AccountDayDocument {
  return {
    account_id: it.accountId,
    status: it.status,
    code: it.code ?? null,
    runs: it.run,
    started_at: it.startedAt?.toISOString() ?? null,
    finished_at: it.finishedAt?.toISOString() ?? null,
    next_run_at: it.dueAt?.toISOString() ?? null,
  };
}

export function differenceDocument(it: Difference, newestRun: number | undefined): DifferenceDocument {
  return {
    id: it.id,
    kind: it.kind,
    subject: it.subject,
    current: it.run === newestRun,
    resolution: it.resolution ?? null,
    reference: it.reference ?? null,
    provider_reference: it.providerReference ?? null,
    refund_reference: it.refundReference ?? null,
    payment_id: it.paymentId ?? null,
    attempt_id: it.attemptId ?? null,
    refund_id: it.refundId ?? null,
    ours: sideDocument(it.ours),
    theirs: sideDocument(it.theirs),
    found_at: it.foundAt.toISOString(),
    resolved_at: it.resolvedAt?.toISOString() ?? null,
  };
}

function sideDocument(side: Side | undefined): SideDocument | null {
  return side === undefined ? null : { ...side, state: side.state ?? null };
}
