const OFFSET_MS = 8 * 3_600_000;
const SHAPE = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** Every time on this wire is `yyyy-MM-dd HH:mm:ss` in GMT+8. */
export function formatBeijing(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `gmt_refund` alone carries milliseconds. */
export function formatBeijingMillis(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 23).replace('T', ' ');
}

export function beijingDay(ms: number): string {
  return formatBeijing(ms).slice(0, 10);
}

/** Undefined unless the text is that shape and a day that exists (2026-02-30 is not). */
export function parseBeijing(text: string): number | undefined {
  if (!SHAPE.test(text)) return undefined;
  const ms = Date.parse(`${text.replace(' ', 'T')}+08:00`);
  return Number.isFinite(ms) && formatBeijing(ms) === text ? ms : undefined;
}
