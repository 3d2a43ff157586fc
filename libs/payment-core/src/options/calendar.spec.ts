import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, WEEKDAYS, type Calendar } from './calendar.js';

const shanghai = (more: Omit<Calendar, 'timeZone'>): Calendar => ({ timeZone: 'Asia/Shanghai', ...more });
const at = (moment: string) => new Date(moment);

describe('a calendar', () => {
  it('without windows is always open', () => {
    expect(isOpen(shanghai({}), at('2027-01-01T00:00:00Z'))).toBe(true);
  });

  it.each([
    ['2026-11-23T08:59:59+08:00', false],
    ['2026-11-23T09:00:00+08:00', true],
    ['2026-11-23T21:59:59+08:00', true],
    ['2026-11-23T22:00:00+08:00', false],
    ['2026-11-28T12:00:00+08:00', false], // a Saturday
  ])('keeps shop hours on week days: %s %s', (moment, open) => {
    const calendar = shanghai({ open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '22:00' }] });
    expect(isOpen(calendar, at(moment))).toBe(open);
  });

  it.each([
    ['2026-11-27T23:30:00+08:00', true], // Friday night
    ['2026-11-28T01:59:00+08:00', true], // which ends on Saturday morning
    ['2026-11-28T02:00:00+08:00', false],
    ['2026-11-28T23:30:00+08:00', false], // not on Saturday night
    ['2026-11-27T01:00:00+08:00', false], // nor before Friday began
  ])('lets a night belong to the day it began: %s %s', (moment, open) => {
    expect(isOpen(shanghai({ open: [{ days: ['fri'], from: '22:00', to: '02:00' }] }), at(moment))).toBe(open);
  });

  it('reads the wall clock of its own zone, summer time included', () => {
    const calendar: Calendar = { timeZone: 'Europe/Berlin', open: [{ from: '09:00', to: '10:00' }] };
    expect(isOpen(calendar, at('2026-07-01T07:30:00Z'))).toBe(true);
    expect(isOpen(calendar, at('2026-12-01T07:30:00Z'))).toBe(false);
    expect(isOpen(calendar, at('2026-12-01T08:30:00Z'))).toBe(true);
  });

  it('closes for a maintenance night, however open it is', () => {
    const night = { since: '2026-12-01T01:00:00+08:00', until: '2026-12-01T03:00:00+08:00' };
    const calendar = shanghai({ open: [{ from: '00:00', to: '24:00' }], closed: [night] });
    expect(isOpen(calendar, at('2026-12-01T00:59:59+08:00'))).toBe(true);
    expect(isOpen(calendar, at('2026-12-01T01:00:00+08:00'))).toBe(false);
    expect(isOpen(calendar, at('2026-12-01T03:00:00+08:00'))).toBe(true);
  });

  const anyMoment = fc.date({ min: at('2000-01-01'), max: at('2100-01-01'), noInvalidDate: true });
  const time = fc.integer({ min: 0, max: 1_439 }).map((minute) => {
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  });

  it('is open exactly when its complement is closed', () => {
    fc.assert(
      fc.property(
        anyMoment,
        time,
        time,
        fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu'),
        (now, from, to, timeZone) => {
          fc.pre(from !== to);
          const open = isOpen({ timeZone, open: [{ from, to }] }, now);
          expect(isOpen({ timeZone, open: [{ from: to, to: from }] }, now)).toBe(!open);
          expect(isOpen({ timeZone, closed: [{ from, to }] }, now)).toBe(!open);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is on exactly one day of the week at a time', () => {
    fc.assert(
      fc.property(anyMoment, (now) => {
        const on = WEEKDAYS.filter((day) => isOpen(shanghai({ open: [{ days: [day] }] }), now));
        expect(on).toHaveLength(1);
      }),
      { numRuns: 1_000 },
    );
  });
});
