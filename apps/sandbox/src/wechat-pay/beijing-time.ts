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

const shifted = (date: Date): string => new Date(date.getTime() + 8 * 3_600_000).toISOString();
