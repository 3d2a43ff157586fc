import { describe, expect, it } from 'vitest';
import { calendarShape } from './calendar-shape.js';
import { PointerSpot } from './spot.js';

const read = (value: unknown) => {
  const spot = new PointerSpot();
  return { calendar: calendarShape(value, spot), problems: spot.problems };
};
const zone = { time_zone: 'Asia/Shanghai' };

describe('a calendar in a seed file', () => {
  it('is read with its windows', () => {
    const open = [{ days: ['mon'], from: '09:00', to: '24:00' }];
    expect(read({ ...zone, open })).toEqual({ calendar: { timeZone: 'Asia/Shanghai', open }, problems: [] });
  });

  it.each([
    [{ time_zone: 'Shanghai' }, '/time_zone'],
    [{ open: [] }, '/time_zone'],
    [{ ...zone, open: [{}] }, '/open/0'],
    [{ ...zone, open: [{ days: [] }] }, '/open/0/days'],
    [{ ...zone, open: [{ days: ['monday'] }] }, '/open/0/days/0'],
    [{ ...zone, open: [{ from: '9:00' }] }, '/open/0/from'],
    [{ ...zone, open: [{ from: '24:00' }] }, '/open/0/from'],
    [{ ...zone, open: [{ from: '09:00', to: '09:00' }] }, '/open/0/to'],
    [{ ...zone, closed: [{ since: '2027-01-01' }] }, '/closed/0/since'],
    [{ ...zone, closed: [{ since: '2027-01-02T00:00:00Z', until: '2027-01-02T08:00:00+08:00' }] }, '/closed/0/until'],
  ])('%j is refused at %s', (value, pointer) => {
    const { calendar, problems } = read(value);
    expect(calendar).toBeUndefined();
    expect(problems.map((it) => it.pointer)).toEqual([pointer]);
  });
});
