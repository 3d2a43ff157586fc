import { beginningOf, dayAt, daysAfter, type BeijingDay } from './beijing-day.js';
import type { ReconciliationRun } from './reconciliation.js';

const A_MINUTE_MS = 60_000;
export const AN_HOUR_MS = 60 * A_MINUTE_MS;

/** How long a run holds its day without a sign of life; every batch is one. */
export const LEASE_MS = 60_000;
/** Lines of a batch: what is in memory at once. */
export const BATCH = 1_000;
/** Both wallets have the day's statement by ten the next morning. */
const DUE_AFTER_MIDNIGHT_MS = 10.5 * AN_HOUR_MS;
/** How many days back a gateway that was away looks by itself, unless it is told another number. */
export const CATCH_UP_DAYS = 7;
/** WeChat Pay gives statements of three months; nobody asks further back. */
export const MAX_CATCH_UP_DAYS = 90;
/** A day that still has no result then is left to a person. */
const GIVE_UP_AFTER_DAYS = 14;
/** What was booked this long ago and is still under way here is a difference. */
export const GRACE_MS = AN_HOUR_MS;
/** Their clock and ours may disagree by so much about a moment near midnight. */
export const EDGE_MS = AN_HOUR_MS;

/** When the worker asks for a day's statement: half past ten of the next morning in Beijing. */
export function dueAtOf(date: BeijingDay): Date {
  return new Date(beginningOf(daysAfter(date, 1)).getTime() + DUE_AFTER_MIDNIGHT_MS);
}

/** The newest day whose statement should be there. */
export function newestDueDay(now: Date): BeijingDay {
  return daysAfter(dayAt(new Date(now.getTime() - DUE_AFTER_MIDNIGHT_MS)), -1);
}

type Due = { readonly dueAt?: Date };

/** After 10 minutes, then twice as long each time up to six hours; not at all once the day is too long ago. */
export function nextTry({ date, tries }: Pick<ReconciliationRun, 'date' | 'tries'>, now: Date): Due {
  const wait = Math.min(10 * A_MINUTE_MS * 2 ** Math.min(tries, 10), 6 * AN_HOUR_MS);
  return isGivenUp(date, now) ? {} : { dueAt: new Date(now.getTime() + wait) };
}

/** A result is looked at again while something in it may still change by itself. */
export function nextVisit(
  run: Pick<ReconciliationRun, 'date' | 'tries'>,
  now: Date,
  left: { readonly unanswered: number; readonly inFlight: number; readonly waiting: number },
): Due {
  if (isGivenUp(run.date, now)) return {};
  if (left.unanswered > 0) return nextTry(run, now);
  if (left.inFlight > 0) return { dueAt: new Date(now.getTime() + GRACE_MS) };
  return left.waiting > 0 ? { dueAt: new Date(now.getTime() + 24 * AN_HOUR_MS) } : {};
}

function isGivenUp(date: BeijingDay, now: Date): boolean {
  return now >= beginningOf(daysAfter(date, GIVE_UP_AFTER_DAYS));
}
