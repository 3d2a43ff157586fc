const OFFSET_MS = 8 * 3_600_000;
const A_DAY_MS = 86_400_000;

/**
 * A provider's calendar day, `2026-11-22`, from midnight to midnight in Beijing. Both wires keep their books by it, and it
 * has no daylight saving, so a day is arithmetic: no time zone of this process or of the database comes in.
 */
export type BeijingDay = string;

/** The day in Beijing at this moment. */
export function dayAt(at: Date): BeijingDay {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** Its midnight, where it begins. */
export function beginningOf(day: BeijingDay): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`));
}

/** So many days later; earlier where `days` is negative. */
export function daysAfter(day: BeijingDay, days: number): BeijingDay {
  return dayAt(new Date(beginningOf(day).getTime() + days * A_DAY_MS));
}

/** A day that is in the calendar, and nothing that Date would bend into one (`2026-02-30`). */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** From one to the other, both in it; none where they stand the other way round. */
export function daysFrom(first: BeijingDay, last: BeijingDay): readonly BeijingDay[] {
  const days: BeijingDay[] = [];
  for (let day = first; day <= last; day = daysAfter(day, 1)) days.push(day);
  return days;
}
