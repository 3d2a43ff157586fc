const OFFSET_MS = 8 * 60 * 60 * 1_000;

/** Both wires live in GMT+8, whatever the zone of this process: `2026-11-23 08:30:00`. */
export function beijingTime(at: Date): string {
  return shifted(at).replace('T', ' ');
}

/** RFC 3339 with Beijing's offset, in whole seconds: `2026-11-23T08:30:00+08:00`. */
export function beijingRfc3339(at: Date): string {
  return `${shifted(at)}+08:00`;
}

/** Reads `yyyy-MM-dd HH:mm:ss[.SSS]` as Beijing time. @throws RangeError when it is none */
export function readBeijingTime(text: string): Date {
  const at = new Date(`${text.replace(' ', 'T')}+08:00`);
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(text) || Number.isNaN(at.getTime())) {
    throw new RangeError(`"${text.slice(0, 32)}" is not a time such as "2026-11-23 08:30:00".`);
  }
  return at;
}

/** A calendar day, `2026-11-23`, and nothing that Date would bend into one (`2026-02-30`). */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function shifted(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19);
}
