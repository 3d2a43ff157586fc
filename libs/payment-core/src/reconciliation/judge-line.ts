import type { AttemptStatus, RefundStatus } from '../payment.js';
import { beginningOf, daysAfter, type BeijingDay } from './beijing-day.js';
import type { ComparedLine, DifferenceKind } from './reconciliation.js';

export interface Moment {
  readonly date: BeijingDay;
  /** Business time. */
  readonly now: Date;
  /** How long what is under way is left to settle by itself before it counts as a difference. */
  readonly graceMs: number;
}

export type Verdict = 'matched' | 'in_flight' | DifferenceKind;

/** Attempts that somebody still asks about. */
const WATCHED: readonly AttemptStatus[] = ['starting', 'awaiting_payer', 'unknown', 'superseded'];
const UNSETTLED: readonly RefundStatus[] = ['processing', 'unknown'];

/**
 * What a line of a statement is, beside what our books hold under its numbers. Pure and total: every line has exactly one
 * verdict, so the verdicts of a statement add up to it.
 */
export function judgeLine(line: ComparedLine, moment: Moment): Verdict {
  if (line.copy > 0) return 'duplicate';
  if (line.attempt === undefined) return 'foreign';
  return line.type === 'payment' ? judgePayment(line, moment) : judgeRefund(line, moment);
}

function judgePayment(line: ComparedLine, moment: Moment): Verdict {
  const { capture } = line;
  if (capture === undefined) return unknownCapture(line, moment, 'missing_here');
  if (isOfAnotherDay(capture, moment)) return 'duplicate';
  return isSameMoney(line, capture.amount) ? 'matched' : 'amount';
}

/** Taken and given back whole before we knew of it: what our close asked for, and nothing is missing. */
function unknownCapture(line: ComparedLine, moment: Moment, otherwise: DifferenceKind): Verdict {
  const { attempt, reversed } = line;
  if (reversed && attempt!.status !== 'paid') return 'matched';
  return WATCHED.includes(attempt!.status) && isFresh(line.at, moment) ? 'in_flight' : otherwise;
}

function judgeRefund(line: ComparedLine, moment: Moment): Verdict {
  const { capture, refund } = line;
  if (capture === undefined) return unknownCapture(line, moment, 'refund_without_payment');
  if (refund === undefined) return 'missing_here';
  if (isOfAnotherDay(refund, moment)) return 'duplicate';
  if (!isSameMoney(line, refund.amount)) return 'amount';
  if (agrees(line, refund, moment)) return 'matched';
  return UNSETTLED.includes(refund.status) && isFresh(line.at, moment) ? 'in_flight' : 'state';
}

/**
 * A statement is written in the night: what was under way then may have ended since. What had ended before midnight may
 * not stand there as under way.
 */
function agrees({ state }: ComparedLine, refund: NonNullable<ComparedLine['refund']>, { date }: Moment): boolean {
  const { status, succeededAt } = refund;
  if (state === 'succeeded') return status === 'succeeded';
  if (state === 'failed') return status === 'failed' || status === 'needs_review';
  if (status === 'succeeded') return succeededAt !== undefined && succeededAt >= beginningOf(daysAfter(date, 1));
  return status !== 'failed';
}

function isOfAnotherDay({ billedOn }: { readonly billedOn?: BeijingDay }, { date }: Moment): boolean {
  return billedOn !== undefined && billedOn !== date;
}

function isSameMoney(line: ComparedLine, ours: { readonly amount: number; readonly currency: string }): boolean {
  return line.amount === ours.amount && line.currency === ours.currency;
}

function isFresh(at: Date, { now, graceMs }: Moment): boolean {
  return at.getTime() > now.getTime() - graceMs;
}
