import { WEEKDAYS, type Calendar, type Window } from '../options/calendar.js';
import { checked, list, members, moment, oneOf, shape, text, type Shape } from './shape.js';
import type { Spot } from './spot.js';

const timeZone = shape({ type: 'string', description: 'a time zone such as Asia/Shanghai' }, (value, at) =>
  typeof value === 'string' && isTimeZone(value) ? value : at.refuse('must be a time zone such as Asia/Shanghai.'),
);

const startTime = text(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as 09:00');
const endTime = text(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a local time such as 22:00, up to 24:00');

const window: Shape<Window> = checked(
  members(
    {},
    { since: moment, until: moment, days: list(oneOf(WEEKDAYS), (day) => day), from: startTime, to: endTime },
  ),
  (read, at) => (isWindow(read, at) ? read : undefined),
);

/** Each sentence that does not hold is told at its place. */
function isWindow({ since, until, days, from, to }: Window, at: Spot): boolean {
  const wrong: (readonly [boolean, Spot, string])[] = [
    [(since ?? until ?? days ?? from ?? to) === undefined, at, 'must say since, until, days, from or to.'],
    [Date.parse(since ?? '') >= Date.parse(until ?? ''), at.at('until'), 'must be later than since.'],
    [days?.length === 0, at.at('days'), `must name a day: ${WEEKDAYS.join(', ')}.`],
    [from !== undefined && from === to, at.at('to'), 'must not be equal to from; without both it is all day.'],
  ];
  const found = wrong.filter(([holds]) => holds);
  for (const [, spot, message] of found) spot.refuse(message);
  return found.length === 0;
}

/** When an option is open: `{ time_zone: Asia/Shanghai, open: [{ days: [mon], from: '09:00', to: '22:00' }] }`. */
export const calendarShape: Shape<Calendar> = checked(
  members({ time_zone: timeZone }, { open: list(window), closed: list(window) }),
  ({ time_zone, ...windows }) => ({ timeZone: time_zone, ...windows }),
);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
