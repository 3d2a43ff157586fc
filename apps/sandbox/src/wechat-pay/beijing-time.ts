/** RFC 3339 with the offset that this wire writes: `2018-06-08T10:34:56+08:00`. */
export function beijingTime(date: Date): string {
  return `${shifted(date).slice(0, 19)}+08:00`;
}

/** `20180608`, the day in Beijing. */
export function beijingDay(date: Date): string {
  return shifted(date).slice(0, 10).replaceAll('-', '');
}

/** `20180608103456` */
export function beijingDigits(date: Date): string {
  return shifted(date).slice(0, 19).replaceAll(/\D/g, '');
}

/** `2018-06-08`, the day as statements are asked for. */
export function beijingDate(date: Date): string {
  return shifted(date).slice(0, 10);
}

/** `2018-06-08 10:34:56`, as statements write it. */
export function beijingClock(date: Date): string {
  return shifted(date).slice(0, 19).replace('T', ' ');
}

/** The first moment of a day in Beijing; NaN for what is no `yyyy-MM-dd` of the calendar. */
export function beijingMidnight(day: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN;
  return !Number.isNaN(at) && beijingDate(new Date(at)) === day ? at : Number.NaN;
}

const shifted = (date: Date): string => new Date(date.getTime() + 8 * 3_600_000).toISOString();
