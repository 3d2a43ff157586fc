/** The day of the wallets: their statements and their own dates go by it. China has no summer time. */
const BEIJING = '+08:00';

const DATE = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;

/** RFC 3339 of a date (its beginning in Beijing) or of a time with its offset; undefined when it is neither. */
export function replayMoment(text: string): string | undefined {
  const moment = DATE.test(text) ? `${text}T00:00:00${BEIJING}` : text;
  if (!MOMENT.test(moment) || Number.isNaN(Date.parse(moment)) || !isDay(moment.slice(0, 10))) return undefined;
  return moment.replace(/(T\d\d:\d\d)(?!:\d\d[Z+-])/, '$1:00');
}

/** Date.parse moves 31 February into March. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
