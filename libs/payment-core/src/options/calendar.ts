export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** A stretch of time; what is not said does not limit it. */
export interface Window {
  /** Moments with their offset from UTC: from `since` on, before `until`. */
  readonly since?: string;
  readonly until?: string;
  readonly days?: readonly Weekday[];
  /** Local times, `09:00`, up to `24:00`. A `to` that is not after `from` is on the next day, which belongs to the day it began. */
  readonly from?: string;
  readonly to?: string;
}

/** When an option may be shown, on the clocks of one time zone. */
export interface Calendar {
  /** IANA name, `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Open while one of these holds; absent: always. */
  readonly open?: readonly Window[];
  /** Closed while one of these holds, whatever `open` says. */
  readonly closed?: readonly Window[];
}

/** Whether it is open at a moment. */
export type Opening = (now: Date) => boolean;

/** A calendar made ready to be asked many times. */
export function openingOf({ timeZone, open, closed = [] }: Calendar): Opening {
  const [opens, closes] = [open?.map((it) => insideOf(it, timeZone)), closed.map((it) => insideOf(it, timeZone))];
  return (now) => !closes.some((inside) => inside(now)) && (opens?.some((inside) => inside(now)) ?? true);
}

/** Whether the calendar is open at `now`. */
export function isOpen(calendar: Calendar, now: Date): boolean {
  return openingOf(calendar)(now);
}

function insideOf(window: Window, timeZone: string): Opening {
  const since = window.since === undefined ? -Infinity : Date.parse(window.since);
  const until = window.until === undefined ? Infinity : Date.parse(window.until);
  const week = weekOf(window);
  return (now) => {
    const ms = now.getTime();
    return ms >= since && ms < until && (week === undefined || week(wallClock(now, timeZone)));
  };
}

/** The part of a window that repeats: days, and hours that may pass midnight; undefined when it has none. */
function weekOf({ days, from, to }: Window): ((clock: WallClock) => boolean) | undefined {
  if (days === undefined && from === undefined && to === undefined) return undefined;
  const [begin, end] = [minutesOf(from ?? '00:00'), minutesOf(to ?? '24:00')];
  const on = WEEKDAYS.map((day) => days === undefined || days.includes(day));
  if (begin < end) return ({ weekday, minute }) => on[weekday]! && minute >= begin && minute < end;
  return ({ weekday, minute }) => (on[weekday]! && minute >= begin) || (on[(weekday + 6) % 7]! && minute < end);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** What a clock on the wall shows: the day as an index of WEEKDAYS, the minute of the day. */
interface WallClock {
  readonly weekday: number;
  readonly minute: number;
}

interface Reader {
  readonly format: Intl.DateTimeFormat;
  readAt: number;
  read: WallClock;
}

const readers = new Map<string, Reader>();

/** Read once a minute per zone: every offset in use is of whole minutes, so within one the answer stays. */
function wallClock(now: Date, timeZone: string): WallClock {
  const reader = readerOf(timeZone);
  const minute = Math.floor(now.getTime() / 60_000);
  if (reader.readAt !== minute) Object.assign(reader, { readAt: minute, read: readClock(reader.format, now) });
  return reader.read;
}

function readerOf(timeZone: string): Reader {
  const known = readers.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const reader = { format, readAt: Number.NaN, read: { weekday: 0, minute: 0 } };
  readers.set(timeZone, reader);
  return reader;
}

function readClock(format: Intl.DateTimeFormat, now: Date): WallClock {
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const weekday = WEEKDAYS.findIndex((day) => day === parts['weekday']?.slice(0, 3).toLowerCase());
  return { weekday, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
}
