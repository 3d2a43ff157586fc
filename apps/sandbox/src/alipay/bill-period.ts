import { formatBeijing, parseBeijing } from './beijing-time.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Statements reach six years back. */
const YEARS_BACK = 6;
/** A month's statement is there about the 3rd of the next one. */
const MONTH_READY_DAYS = 2;
const READY_HOUR = 9;

/** What one statement covers: a day or a month in Beijing time. Moments in ms, `end` excluded. */
export interface BillPeriod {
  readonly kind: 'day' | 'month';
  readonly start: number;
  readonly end: number;
  /** When its statement can be asked for: 09:00 of the day after, of the 3rd for a month. */
  readonly readyAt: number;
  /** `2019-09-16`, `2019-09`. */
  readonly date: string;
  /** `20190916`, `201909`: as file names have it. */
  readonly digits: string;
}

/** Reads `bill_date`: `yyyy-MM-dd` or `yyyy-MM`; undefined for anything else and for days that do not exist. */
export function parseBillDate(text: string): BillPeriod | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return periodFrom('day', text, text);
  if (/^\d{4}-\d{2}$/.test(text)) return periodFrom('month', text, `${text}-01`);
  return undefined;
}

/** Back from `digits`. */
export function parseBillDigits(digits: string): BillPeriod | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})?$/.exec(digits) ?? [];
  return parseBillDate([year, month, day].filter((part) => part !== undefined).join('-'));
}

function periodFrom(kind: BillPeriod['kind'], text: string, firstDay: string): BillPeriod | undefined {
  const start = parseBeijing(`${firstDay} 00:00:00`);
  if (start === undefined) return undefined;
  const end = kind === 'day' ? start + DAY_MS : nextMonth(start);
  const readyAt = end + (kind === 'day' ? 0 : MONTH_READY_DAYS * DAY_MS) + READY_HOUR * HOUR_MS;
  return { kind, start, end, readyAt, date: text, digits: text.replaceAll('-', '') };
}

/** `start` is the first moment of a month: 31 days on lies in the next one, whatever its length. */
function nextMonth(start: number): number {
  const month = formatBeijing(start + 31 * DAY_MS).slice(0, 7);
  return parseBeijing(`${month}-01 00:00:00`) ?? start;
}

/** Whether it began more than six years before `now`. */
export function beyondArchive({ start }: BillPeriod, now: Date): boolean {
  const oldest = new Date(now);
  oldest.setUTCFullYear(oldest.getUTCFullYear() - YEARS_BACK);
  return start < oldest.getTime() - DAY_MS;
}
